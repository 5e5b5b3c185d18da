"""The verdict and its reasons: a table of questions to a report, each of which may have something to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockpin.wording import count
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES
from mockpin_validator.contract.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mockpin.reports.go_live.figures import NameFigures
    from mockpin.reports.go_live.report import Report

#: What a report ends in, by its worst reason.
VERDICTS = {"error": "not ready", "warning": "ready, with warnings", "info": "ready"}
REFUSALS = {
    400: "did not satisfy the schema",
    401: "had no valid conversion token",
    403: "named an ad account that the token has no access to",
    413: "were too large",
    429: "came faster than the rate limit",
}
#: So many rules are named in one reason.
MOST_RULES = 4
#: The rule about web and app events that came late: an offline event has days.
LATE = "event-time-late"
#: The percentage of events with an e-mail address below which the report speaks of it: ours.
LOW_COVERAGE = 50


@dataclass(frozen=True)
class Reason:
    """Why the verdict is what it is."""

    severity: str
    sentence: str

    def to_dict(self) -> dict[str, str]:
        """`{severity, sentence}`."""
        return dict(vars(self))


def _ask_for_events(report: Report) -> Iterator[Reason]:
    if not report.events:
        what = "only test requests came" if report.test_events else "nothing came"
        yield Reason("error", f"No real event was received: {what}, so nothing can be said.")


def _ask_for_failures(report: Report) -> Iterator[Reason]:
    if report.failed:
        yield Reason("error", f"{report.failed:,} of {count(report.events, 'event')} failed.")


def _ask_for_refusals(report: Report) -> Iterator[Reason]:
    for status, number in report.earned.items():
        if status in REFUSALS:
            yield Reason("error", f"{count(number, 'request')} {REFUSALS[status]} ({status}).")


def _ask_for_expected(report: Report) -> Iterator[Reason]:
    for each in report.names:
        if each.expected is not None and each.counted != each.expected:
            severity = "error" if each.counted < each.expected else "warning"
            failed = f", of which {each.failed:,} failed" if each.failed else ""
            numbers = f"{each.expected:,} expected, {each.seen:,} seen{failed}."
            yield Reason(severity, f"{each.event_name}: {numbers}{_guess_name(each, report)}")


def _guess_name(missing: NameFigures, report: Report) -> str:
    """A question after the name that was meant, where nothing came under this one."""
    known = [*STANDARD_EVENT_NAMES, *(each.event_name for each in report.names if each.seen)]
    near = None if missing.seen else nearest(missing.event_name, known)
    return f" Did you mean {near}?" if near and near != missing.event_name else ""


def _ask_for_misconduct(report: Report) -> Iterator[Reason]:
    for each in report.conduct:
        yield Reason(each["severity"], f"{each['message']} {each['fix']}")


def _ask_for_double_counting(report: Report) -> Iterator[Reason]:
    twice = ", ".join(each.event_name for each in report.names if each.never_matched)
    if twice:
        yield Reason("error", f"The tag and the API never share an event id, so these count twice: {twice}.")
    classes = report.deduplication["classes"]
    for name in ("same_id_different_names", "id_missing", "arrived_after_window"):
        if classes[name]["events"]:
            yield Reason("warning", f"{count(classes[name]['events'], 'event')}: {classes[name]['meaning']}.")


def _ask_for_warnings(report: Report) -> Iterator[Reason]:
    warned = [each for each in report.findings if each.severity == "warning"]
    if warned:
        rules = ", ".join(f"{each.rule} ({each.events:,})" for each in warned[:MOST_RULES])
        more = f" and {len(warned) - MOST_RULES} more" if len(warned) > MOST_RULES else ""
        yield Reason("warning", f"Events with warnings, by rule: {rules}{more}.")


def _ask_for_late_events(report: Report) -> Iterator[Reason]:
    for each in report.findings:
        if each.rule == LATE:
            yield Reason("warning", f"{count(each.events, 'event')} came late, so reported as offline.")


def _ask_for_privacy(report: Report) -> Iterator[Reason]:
    ignored = report.privacy["limited_data_processing_ignored"]
    if ignored:
        yield Reason("error", f"{count(ignored, 'event')} asked for limited data processing in vain.")
    if report.events and report.privacy["opt_out"] == report.events:
        yield Reason("warning", "Every event says that its user opted out.")


def _ask_for_test_requests(report: Report) -> Iterator[Reason]:
    if report.events and report.test_events:
        yield Reason(
            "warning",
            f"{count(report.test_events, 'event')} came in test requests, which are never recorded.",
        )


def _ask_for_coverage(report: Report) -> Iterator[Reason]:
    share = report.quality["match_keys"]["em"]
    if report.events and share < LOW_COVERAGE:
        yield Reason(
            "warning",
            f"Only {share:g} % of the events have a usable e-mail address, the strongest match key.",
        )


QUESTIONS: tuple[Callable[[Report], Iterator[Reason]], ...] = (
    _ask_for_events,
    _ask_for_failures,
    _ask_for_refusals,
    _ask_for_expected,
    _ask_for_misconduct,
    _ask_for_double_counting,
    _ask_for_privacy,
    _ask_for_warnings,
    _ask_for_late_events,
    _ask_for_test_requests,
    _ask_for_coverage,
)
