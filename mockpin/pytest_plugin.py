"""The pytest plugin: `def test_it(mockpin)`, and nothing to configure.

Fixtures:
    mockpin_server   the emulator of the session, one for each xdist worker, on a free port of this machine
    mockpin          an ad account of its own on it for one test, named by the environment
    mockpin_clock    the server's clock, back to real time after the test
    mockpin_app      the emulator as a WSGI application, for `httpx.WSGITransport(app=mockpin_app)`

Nothing but pytest is imported until a fixture is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from flask import Flask

    from mockpin.client.client import MockPin
    from mockpin.client.controls import ClockControl

MARKER = (
    "mockpin(profile='faithful', allow_bad_events=False): by which profile of the validator the mockpin "
    "fixture judges the test's events, and whether it lets bad ones pass"
)
# What is known of a test: the emulator that it has, and whether it failed.
MOCK = pytest.StashKey["MockPin"]()
FAILED = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("mockpin", "an emulator of Pinterest's Conversions API")
    group.addoption("--mockpin-url", metavar="URL", help="use the server that runs here, do not start one")
    group.addoption("--mockpin-admin-token", metavar="TOKEN", help="what that server's admin API asks for")
    group.addoption(
        "--mockpin-allow-bad-events",
        action="store_true",
        help="do not fail a test at its end for events that Pinterest would refuse",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture(scope="session")
def mockpin_server(pytestconfig: pytest.Config) -> Iterator[MockPin]:
    """The emulator of the session, or the running one that --mockpin-url names."""
    from mockpin.client.client import MockPin  # noqa: PLC0415 - a run without the fixture pays nothing
    from mockpin.client.terms import fail_in_words  # noqa: PLC0415 - as above

    url, admin_token = pytestconfig.option.mockpin_url, pytestconfig.option.mockpin_admin_token
    with fail_in_words(), MockPin(url=url, admin_token=admin_token) as server:
        yield server


@pytest.fixture
def mockpin(mockpin_server: MockPin, request: pytest.FixtureRequest) -> Iterator[MockPin]:
    """An ad account of its own, named by PINTEREST_API_URI and its kin; bad events fail the test at last."""
    from mockpin.client.terms import fail_in_words, open_account, read_terms  # noqa: PLC0415 - as above

    terms, token = read_terms(request.node, request.config), request.config.option.mockpin_admin_token
    with fail_in_words(), open_account(mockpin_server, admin_token=token) as (mock, guard):
        request.node.stash[MOCK] = mock
        request.node.stash[FAILED] = False  # an earlier run of the same test may have failed
        yield mock
        if not request.node.stash[FAILED]:
            terms.hold(mock, guard)


@pytest.fixture
def mockpin_clock(mockpin: MockPin) -> Iterator[ClockControl]:
    """The server's clock: `.freeze()`, `.advance("25h")`; real time again after the test."""
    yield mockpin.clock
    mockpin.clock.real()


@pytest.fixture(scope="session")
def mockpin_app(mockpin_server: MockPin) -> Flask:
    """The emulator as a WSGI application: the door without a socket."""
    if not hasattr(mockpin_server, "app"):
        message = f"mockpin_app: the server at {mockpin_server.url} runs elsewhere; leave out --mockpin-url."
        pytest.fail(message, pytrace=False)
    return mockpin_server.app


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """Attach the journal to the report of a test that failed, or a fixture of it, while it had ours."""
    report = yield
    mock = item.stash.get(MOCK, None)
    if call.when in ("setup", "call") and report.failed and mock is not None:
        from mockpin.client.journal import read_journal  # noqa: PLC0415 - a run without the fixture pays nothing

        item.stash[FAILED] = True
        report.sections.append(("mockpin", read_journal(mock)))
    return report
