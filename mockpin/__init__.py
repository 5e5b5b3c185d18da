"""Test what you send to Pinterest's Conversions API without sending it to Pinterest.

Everything public is here and loaded when it is first asked for.

An order to read the modules in:

    emulator/       judges and stores requests, without HTTP
    segment/        Segment's calls in front of the emulator
    expectations/   whether the expected events came, and what came closest
    observations/   rules over many events, as queries over one relation
    reports/        conduct, deduplication, quality, and the go-live report
    web/            Pinterest's routes, the admin API and the pages: the only package that imports Flask
    serving/        sockets, and the gateway behind granian
    client/         MockPin and what a failing test is told; pytest_plugin uses it
    calibration/    asks a real service what it does; shadow mode
    interception/   catches what a sender sends to Pinterest and Segment, for mockpin run
    spark/          the same audit of an archive on a Spark cluster
    strategies/     Hypothesis strategies, and mutations of good payloads
    demo, pytest_plugin, rules, cli/
                    the shipped demonstration, the fixtures, every rule's name, the command line
    schemas/        JSON Schemas of mockpin.toml, destination files and journeys
    addresses, fixtures, moments, replacing, version
                    small modules that several packages use
"""

from importlib import import_module

TYPE_CHECKING = (
    False  # type checkers take it for true; importing typing would take ten times as long as mockpin
)
if TYPE_CHECKING:
    from mockpin.client.client import MockPin
    from mockpin.emulator.settings.settings import Settings
    from mockpin.expectations.unmet import Unmet
    from mockpin.version import __version__
    from mockpin.web.app import create_app
    from mockpin_transformer import Destination, Sender, convert
    from mockpin_validator import validate

_HOMES = {
    "MockPin": "mockpin.client.client",
    "create_app": "mockpin.web.app",
    "Settings": "mockpin.emulator.settings.settings",
    "Unmet": "mockpin.expectations.unmet",
    "validate": "mockpin_validator",
    "convert": "mockpin_transformer",
    "Destination": "mockpin_transformer",
    "Sender": "mockpin_transformer",
    "__version__": "mockpin.version",
}

__all__ = [
    "Destination",
    "MockPin",
    "Sender",
    "Settings",
    "Unmet",
    "__version__",
    "convert",
    "create_app",
    "validate",
]


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
