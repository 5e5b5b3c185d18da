"""Test what you send to Pinterest's Conversions API without sending it to Pinterest.

Everything public is here and loaded when it is first asked for.

An order to read the modules in:

    addresses, moments, wording, suggestions, fixtures, version
                    what several parts share
    core/           the emulator without HTTP: what a server must know, judge and keep
    expecting/, reports/
                    whether what must come came, and what it amounts to
    siblings, segment/
                    Pinterest's endpoints beside the events, and Segment's calls in front of them
    views/          what a page shows of it
    web/, server    all of it over HTTP
    testing/, pytest_plugin
                    the emulator in somebody's test
    edits, mutations, strategies/
                    events to test with, good and bad
    demo, received, replaying, rules, rule_manual, cli/
                    the command line, and what its commands stand on
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockpin.core.settings import Settings
    from mockpin.expecting.unmet import Unmet
    from mockpin.testing.client import MockPin
    from mockpin.version import __version__
    from mockpin.web.app import create_app
    from transformer import convert
    from validator import validate

_HOMES = {
    "MockPin": "mockpin.testing.client",
    "create_app": "mockpin.web.app",
    "Settings": "mockpin.core.settings",
    "Unmet": "mockpin.expecting.unmet",
    "validate": "validator",
    "convert": "transformer",
    "__version__": "mockpin.version",
}

__all__ = ["MockPin", "Settings", "Unmet", "__version__", "convert", "create_app", "validate"]


def __getattr__(name: str) -> object:
    """Load a public name's module when the name is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
