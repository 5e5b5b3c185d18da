"""The readiness and its reasons: a table of checks of a report, each of which may give reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.observations.tables import ONCE
from mockpin.reports.go_live.evidence import BY_SOURCE, describe_injected
from mockpin.reports.go_live.expected import split_key
from mockpin.reports.go_live.folding import fold_event_names
from mockpin.reports.go_live.rule_lists import list_fixes, list_rules
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES
from mockpin_validator.contract.spelling import nearest
from mockpin_validator.judging.finding import SEVERITIES
from mockpin_validator.judging.rule import is_recommendation
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.observations.rule import ExamplePlace, Observation
    from mockpin.reports.go_live.figures import NameFigures
    from mockpin.reports.go_live.report import GoLiveReport

#: What a report concludes, by its gravest reason.
READINESS = {"error": "not ready", "warning": "ready with warnings", "info": "ready"}
#: The rule about web and app events that came late: an offline event has days.
LATE = "event-time-late"
#: The rule about limited data processing that is asked for without saying where.
LDP_INCOMPLETE = "limited-data-processing-incomplete"
#: What ends the names of the rules about findings on nearly all events of a name.
SYSTEMATIC = "-on-nearly-all"
#: Rules about the events of one request that an observation asks about all requests: a request may well
#: hold nothing but the page visits of one person who opted out.
OBSERVED = ("opt-out-on-everything",)
#: The percentage of events with an e-mail address below which the report speaks of it: ours.
LOW_COVERAGE = 50
#: The match keys of which one on most events is enough.
PEOPLE = ("em", "hashed_maids")
#: The share of events in test requests, to real ones, up to which they may be a try before everything else.
TESTED = 0.1
#: The share of the expected events that the server's side must report where the tag reports them, too.
LEAST_SERVER_SHARE = 0.8


@dataclass(frozen=True)
class Reason:
    """Why the readiness is what it is.

    `events` are those that are lost, doubled or wrong, of `total`; `rule` names an observation or a conduct
    rule, and is empty for other reasons.
    """

    severity: str
    sentence: str
    fix: str = ""
    rule: str = ""
    effect: str = "none"
    events: int = 0
    total: int = 0
    examples: tuple[ExamplePlace, ...] = field(default=())

    @property
    def rank(self) -> tuple[int, int, int]:
        """What reasons are sorted by: the gravest first, and then the most lost or doubled conversions."""
        costs = self.effect in ("lost", "doubled")
        return SEVERITIES.index(self.severity), -self.events if costs else 0, self.effect == "none"

    def to_dict(self) -> dict[str, Any]:
        """The reason as JSON."""
        return {**vars(self), "examples": [example.to_dict() for example in self.examples]}


def _check_events(report: GoLiveReport) -> Iterator[Reason]:
    if not report.events:
        what = "only test requests came" if report.test_events else "no request brought one that was accepted"
        yield Reason("error", f"No real event was received: {what}.")


def _check_silence(report: GoLiveReport) -> Iterator[Reason]:
    """A tag alone says nothing about the Conversions API, unless only the tag was asked for."""
    asked = {split_key(key)[0] for key in report.expected}
    tagged = sum(name.by_source.tag for name in report.names)
    if tagged and not any(name.by_source.server for name in report.names) and asked != {"tag"}:
        yield Reason(
            "error",
            f"The API sent nothing that counts: all {count(tagged, 'event')} came from the tag alone.",
            "Check that your server posts to PINTEREST_API_URI; to test only the tag, expect tag:NAME=COUNT.",
            effect="lost",
            events=tagged,
        )


def _check_expected(report: GoLiveReport) -> Iterator[Reason]:
    names = {name.event_name: name for name in report.names}
    for key, expected in report.expected.items():
        source, name = split_key(key)
        compare = _compare_source if source else _compare_total
        yield from compare(names[name], source, expected, report)


def _compare_total(name: NameFigures, _source: str, expected: int, report: GoLiveReport) -> Iterator[Reason]:
    sources = name.by_source
    counted = name.counted + min(sources.excused, max(0, expected - name.counted))
    if counted != expected:
        failed = f", of which {name.failed:,} failed" if name.failed else ""
        sentence = f"{name.event_name}: {expected:,} expected, {name.seen:,} seen{failed}."
        yield _shortfall(expected - counted, expected, f"{sentence}{_guess_name(name, report)}")
    elif sources.tag and sources.server < LEAST_SERVER_SHARE * expected:
        others = f"the API reported {sources.server:,} of them" if sources.server else "the API reported none"
        sentence = f"{name.event_name}: {expected:,} expected, {sources.tag:,} came by the tag; {others}."
        yield _shortfall(expected - sources.server, expected, sentence)


def _compare_source(name: NameFigures, source: str, expected: int, report: GoLiveReport) -> Iterator[Reason]:
    came = getattr(name.by_source, source)
    excused = name.by_source.excused_by_source[source] if source != "tag" else 0
    counted = came + min(excused, max(0, expected - came))
    if counted != expected:
        number = name.failed_by_source.get(source, 0)
        failed = f", {number:,} failed" if number else ""
        silent = not any(
            getattr(name.by_source, source) or name.failed_by_source.get(source) for name in report.names
        )
        why = f" Nothing at all came {BY_SOURCE[source]}." if silent else _guess_name(name, report)
        wanted = f"{name.event_name}: {expected:,} expected {BY_SOURCE[source]}"
        yield _shortfall(expected - counted, expected, f"{wanted}, {came:,} came{failed}.{why}")


def _shortfall(missing: int, expected: int, sentence: str) -> Reason:
    """Fewer than expected are lost; more are a warning."""
    if missing > 0:
        return Reason("error", sentence, effect="lost", events=missing, total=expected)
    return Reason("warning", sentence)


def _guess_name(missing: NameFigures, report: GoLiveReport) -> str:
    """A question after the name that was meant, where nothing came under this one."""
    known = [*STANDARD_EVENT_NAMES, *(name.event_name for name in report.names if name.seen)]
    near = None if missing.seen else nearest(missing.event_name, known)
    return f" Did you mean {near}?" if near and near != missing.event_name else ""


def _check_observations(report: GoLiveReport) -> Iterator[Reason]:
    messages = {finding.rule: f"{finding.message} {finding.fix}" for finding in report.findings}
    for seen in fold_event_names(report.observations):
        yield _describe_observation(seen, messages)


def _describe_observation(seen: Observation, messages: Mapping[str, str]) -> Reason:
    """The reason; one about a finding does what the finding says."""
    fix = messages.get(seen.detail, seen.fix) if seen.rule.endswith(SYSTEMATIC) else seen.fix
    return Reason(
        seen.severity, seen.sentence, fix, seen.rule, seen.effect, seen.events, seen.total, seen.examples
    )


def _check_conduct(report: GoLiveReport) -> Iterator[Reason]:
    for mistake in report.conduct:
        yield Reason(mistake["severity"], str(mistake["message"]), str(mistake["fix"]), str(mistake["rule"]))


def _check_refused_hosts(report: GoLiveReport) -> Iterator[Reason]:
    """Conversions may have gone there, but just as well a page's images or a Save button."""
    for host, number in report.refused_hosts.items():
        yield Reason(
            "warning",
            f"{count(number, 'request')} to {host} refused: mockpin does not answer for this host.",
            f"If conversions go there, add --intercept {host}; otherwise ignore this.",
            "host-refused",
        )


def _check_divided_accounts(report: GoLiveReport) -> Iterator[Reason]:
    """A server finds duplicates among the events that it received itself."""
    for account, servers in report.divided.items():
        which = ", ".join(servers)
        yield Reason(
            "error",
            f"Several servers ({which}) received events of the ad account {account}: none of them"
            " knows the duplicates of the others.",
            "Let the proxy choose the server by the ad account in the path, and start with empty histories.",
            "ad-account-divided",
        )


def _check_shadow(report: GoLiveReport) -> Iterator[Reason]:
    """What shadow mode found: an event that only the real service fails would be lost."""
    figures = report.shadow
    if figures.failed_there:
        sentence = f"The real service fails {count(figures.failed_there, 'event')} that mockpin processes."
        fix = "Look at `shadow` of the request or event, and calibrate: mockpin calibrate."
        yield Reason("error", sentence, fix, "shadow-failed", "lost", figures.failed_there)
    others = figures.processed_there + figures.statuses
    if others:
        sentence = f"The real service judges requests or events otherwise than mockpin, {others:,} in all."
        yield Reason("warning", sentence, "Calibrate: mockpin calibrate.", "shadow-differs")


def _check_shared_ids(report: GoLiveReport) -> Iterator[Reason]:
    shared = report.deduplication["classes"]["same_id_different_names"]
    if shared["events"]:
        yield Reason("info", f"{count(shared['events'], 'event')}: {shared['meaning']}.")


def _check_warnings(report: GoLiveReport) -> Iterator[Reason]:
    told = {*OBSERVED, *(seen.detail for seen in report.observations if seen.rule.endswith(SYSTEMATIC))}
    warnings = [finding for finding in report.findings if finding.severity == "warning"]
    warned = [finding for finding in warnings if finding.rule not in told]
    recommended = [finding for finding in warned if is_recommendation(finding.rule)]
    mistakes = [finding for finding in warned if not is_recommendation(finding.rule)]
    if mistakes:
        sentence = f"Events with warnings, by rule: {list_rules(mistakes)}."
        yield Reason("warning", sentence, list_fixes(mistakes))
    if recommended:
        yield Reason("info", f"Pinterest recommends what some events lack: {list_rules(recommended)}.")


def _check_late_events(report: GoLiveReport) -> Iterator[Reason]:
    for finding in report.findings:
        if finding.rule == LATE:
            yield Reason(
                "warning", f"{count(finding.events, 'event')} came late, so reported as offline.", finding.fix
            )


def _check_privacy(report: GoLiveReport) -> Iterator[Reason]:
    """Without a state, limited data processing is ignored; that it is in other states is only inferred."""
    ignored = report.privacy["limited_data_processing_ignored"]
    incomplete = sum(finding.events for finding in report.findings if finding.rule == LDP_INCOMPLETE)
    if incomplete:
        sentence = (
            f"{count(incomplete, 'event')} asked for limited data processing incompletely, without effect."
        )
        yield Reason("error", sentence)
    if ignored > incomplete:
        elsewhere = count(ignored - incomplete, "event")
        yield Reason("info", f"{elsewhere} asked for limited data processing in states without it.")


def _check_test_requests(report: GoLiveReport) -> Iterator[Reason]:
    """A few tests before all real requests only try out the token."""
    if report.events and report.test_events:
        first = not any(mistake["rule"] == "mixed-test-requests" for mistake in report.conduct)
        yield Reason(
            "info" if first and report.test_events < TESTED * report.events else "warning",
            f"{count(report.test_events, 'event')} came in test requests, which are never recorded.",
        )


def _check_coverage(report: GoLiveReport) -> Iterator[Reason]:
    """Who buys or signs up is known to the sender; who only looks around need not be."""
    names = report.quality["by_event_name"]
    known = [names[name] for name in ONCE if name in names and names[name]["events"]]
    events = sum(figures["events"] for figures in known)
    keys = {key: sum(figures["events"] * figures["match_keys"][key] for figures in known) for key in PEOPLE}
    if events and max(keys.values()) < LOW_COVERAGE * events:
        share = f"Only {keys['em'] / events:.3g} % of the events of customers have"
        yield Reason(
            "warning",
            f"{share if keys['em'] else 'No event of a customer has'} a usable e-mail address, "
            "the strongest match key.",
            "Send the SHA-256 of the trimmed address in lower case as em with each order and sign-up.",
        )


def _check_faults(report: GoLiveReport) -> Iterator[Reason]:
    if report.injected:
        yield Reason("info", describe_injected(report.injected))


CHECKS: tuple[Callable[[GoLiveReport], Iterator[Reason]], ...] = (
    _check_events,
    _check_silence,
    _check_expected,
    _check_observations,
    _check_conduct,
    _check_refused_hosts,
    _check_divided_accounts,
    _check_shadow,
    _check_privacy,
    _check_warnings,
    _check_late_events,
    _check_test_requests,
    _check_coverage,
    _check_shared_ids,
    _check_faults,
)
