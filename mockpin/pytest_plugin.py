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
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from flask import Flask

    from mockpin.client.client import MockPin
    from mockpin.client.controls import ClockControl

MARKER = (
    "mockpin(profile='faithful', allow_bad_events=False): by which profile of the validator the mockpin "
    "fixture judges the test's events, and whether it lets bad ones pass"
)
# What is known of a test: the emulator that it has, and whether it failed.
MOCK = pytest.StashKey["MockPin"]()
GUARD = pytest.StashKey[Any]()
FAILED = pytest.StashKey[bool]()
# Of a test that passed: its warnings by rule, which its last report carries to the end of the run.
WARNINGS = pytest.StashKey[dict[str, int]]()
CARRIED = "mockpin_warnings"
# So many rules are named at the end of a run.
MAX_RULES = 5


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("mockpin", "an emulator of Pinterest's Conversions API")
    group.addoption("--mockpin-url", metavar="URL", help="use the server that runs here, do not start one")
    group.addoption("--mockpin-admin-token", metavar="TOKEN", help="what that server's admin API asks for")
    group.addoption("--mockpin-calibration", metavar="F", help="do what a file of mockpin calibrate observed")
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
    calibration = pytestconfig.option.mockpin_calibration
    with fail_in_words(), MockPin(url=url, admin_token=admin_token, calibration=calibration) as server:
        yield server


@pytest.fixture
def mockpin(mockpin_server: MockPin, request: pytest.FixtureRequest) -> Iterator[MockPin]:
    """An ad account of its own, named by PINTEREST_API_URI and its kin; bad events fail the test at last."""
    from mockpin.client.terms import fail_in_words, open_account, read_terms  # noqa: PLC0415 - as above

    terms, token = read_terms(request.node, request.config), request.config.option.mockpin_admin_token
    with fail_in_words(), open_account(mockpin_server, admin_token=token) as (mock, guard):
        request.node.stash[MOCK], request.node.stash[GUARD] = mock, guard
        request.node.stash[FAILED] = False  # an earlier run of the same test may have failed
        yield mock
        if not request.node.stash[FAILED]:
            request.node.stash[WARNINGS] = dict(terms.hold(mock, guard))


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
        report.sections.append(("mockpin", read_journal(mock, item.stash[GUARD])))
    if call.when == "teardown" and report.passed and item.stash.get(WARNINGS, None):
        setattr(report, CARRIED, item.stash[WARNINGS])  # xdist carries a report's attributes along
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Sum up the warnings of the tests that passed in one line."""
    reports = [report for listed in terminalreporter.stats.values() for report in listed]
    carried = [getattr(report, CARRIED) for report in reports if hasattr(report, CARRIED)]
    if carried:
        terminalreporter.write_line(sum_up_warnings(carried))


def sum_up_warnings(tests: Sequence[Mapping[str, int]]) -> str:
    """`mockpin: 3 tests that passed sent events with warnings: click-id-missing (4). ...`."""
    counts: dict[str, int] = {}
    for warnings in tests:
        for rule, events in warnings.items():
            counts[rule] = counts.get(rule, 0) + events
    rules = sorted(counts, key=lambda rule: (-counts[rule], rule))
    named = ", ".join(f"{rule} ({counts[rule]})" for rule in rules[:MAX_RULES])
    more = f" and {len(rules) - MAX_RULES} more" if len(rules) > MAX_RULES else ""
    which = "1 test that passed" if len(tests) == 1 else f"{len(tests)} tests that passed"
    return f"mockpin: {which} sent events with warnings: {named}{more}. mockpin explain RULE tells more."
