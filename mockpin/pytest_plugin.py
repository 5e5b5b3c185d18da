"""The pytest plugin. Ask for the `mockpin` fixture; nothing needs to be configured.

Fixtures:
    mockpin_server   an emulator on a free port of this machine: one per test session and xdist worker
    mockpin          a new ad account on that server for one test; environment variables name it
    mockpin_clock    the server's clock, set back to real time after the test
    mockpin_app      the emulator as a WSGI application, for `httpx.WSGITransport(app=mockpin_app)`

Only pytest is imported until a test uses a fixture.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from mockpin.client.client import MockPin
    from mockpin.client.controls import ClockControl

MARKER_HELP = (
    "mockpin(profile='faithful', allow_bad_events=False): the validator's profile that the mockpin fixture "
    "applies to the test's events, and whether a test with bad events passes"
)
# The plugin's state of one test: its emulator, its guard, and whether it failed.
MOCK = pytest.StashKey["MockPin"]()
GUARD = pytest.StashKey[Any]()
FAILED = pytest.StashKey[bool]()
# The warnings of a test that passed, by rule. Its last report carries them to the end of the run.
WARNINGS = pytest.StashKey[dict[str, int]]()
CARRIED = "mockpin_warnings"
# The most rules that the summary at the end of a run names.
MAX_SUMMARY_RULES = 5


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of mockpin."""
    group = parser.getgroup("mockpin", "an emulator of Pinterest's Conversions API")
    group.addoption("--mockpin-url", metavar="URL", help="use the server at this URL instead of starting one")
    group.addoption("--mockpin-admin-token", metavar="TOKEN", help="the admin token of that server")
    group.addoption("--mockpin-calibration", metavar="F", help="behave as this calibration observed")
    group.addoption(
        "--mockpin-allow-bad-events",
        action="store_true",
        help="do not fail a test at its end for events that Pinterest would refuse",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker `mockpin`."""
    config.addinivalue_line("markers", MARKER_HELP)


@pytest.fixture(scope="session")
def mockpin_server(pytestconfig: pytest.Config) -> Iterator[MockPin]:
    """Start the emulator of the session, or use the running one that --mockpin-url names."""
    from mockpin.client.client import MockPin  # noqa: PLC0415 - a run without the fixture pays nothing
    from mockpin.client.terms import fail_without_traceback  # noqa: PLC0415 - as above

    url, admin_token = pytestconfig.option.mockpin_url, pytestconfig.option.mockpin_admin_token
    calibration = pytestconfig.option.mockpin_calibration
    with (
        fail_without_traceback(),
        MockPin(url=url, admin_token=admin_token, calibration=calibration) as server,
    ):
        yield server


@pytest.fixture
def mockpin(mockpin_server: MockPin, request: pytest.FixtureRequest) -> Iterator[MockPin]:
    """Open an ad account for one test and name it in PINTEREST_*; bad events fail the test at its end."""
    from mockpin.client.terms import fail_without_traceback, open_account, read_marker_options  # noqa: PLC0415 - as above

    options = read_marker_options(request.node, request.config)
    token = request.config.option.mockpin_admin_token
    with fail_without_traceback(), open_account(mockpin_server, admin_token=token) as (mock, guard):
        request.node.stash[MOCK], request.node.stash[GUARD] = mock, guard
        request.node.stash[FAILED] = False  # an earlier run of the same test may have failed
        yield mock
        if not request.node.stash[FAILED]:
            request.node.stash[WARNINGS] = dict(options.check_test(mock, guard))


@pytest.fixture
def mockpin_clock(mockpin: MockPin) -> Iterator[ClockControl]:
    """Give the server's clock: `.freeze()`, `.advance("25h")`. Real time returns after the test."""
    yield mockpin.clock
    mockpin.clock.real()


@pytest.fixture(scope="session")
def mockpin_app(mockpin_server: MockPin) -> Flask:
    """Give the emulator as a WSGI application, to call it without a socket."""
    if not hasattr(mockpin_server, "app"):
        message = f"mockpin_app: the server at {mockpin_server.url} runs elsewhere; leave out --mockpin-url."
        pytest.fail(message, pytrace=False)
    return mockpin_server.app


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """Attach the journal to the report when a test that uses `mockpin` fails in its setup or body."""
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
    """Print one line that sums up the warnings of the tests that passed."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    carried = [getattr(report, CARRIED) for report in reports if hasattr(report, CARRIED)]
    if carried:
        terminalreporter.write_line(sum_up_warnings(carried))


def sum_up_warnings(tests: Sequence[Mapping[str, int]]) -> str:
    """Return `mockpin: 3 tests that passed sent events with warnings: click-id-missing (4). ...`."""
    counts: dict[str, int] = {}
    for warnings in tests:
        for rule, events in warnings.items():
            counts[rule] = counts.get(rule, 0) + events
    rules = sorted(counts, key=lambda rule: (-counts[rule], rule))
    named = ", ".join(f"{rule} ({counts[rule]})" for rule in rules[:MAX_SUMMARY_RULES])
    more = f" and {len(rules) - MAX_SUMMARY_RULES} more" if len(rules) > MAX_SUMMARY_RULES else ""
    passed = "1 test that passed" if len(tests) == 1 else f"{len(tests)} tests that passed"
    return f"mockpin: {passed} sent events with warnings: {named}{more}. Run `mockpin explain RULE` for more."
