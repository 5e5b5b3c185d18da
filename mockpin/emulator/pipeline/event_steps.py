"""The steps that decide about each event of a request, and its answer.

A step takes what it needs, then the request's context. The last one returns the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.history.first_reports import make_digest
from mockpin.emulator.masking.events import POLICIES
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import Answer, Verdict
from mockpin.emulator.pipeline.request_steps import apply_fault
from mockpin.emulator.pipeline.rows import is_clean, make_event_rows, mask_judged_events
from mockpin_validator.contract.names import APP_SOURCES
from mockpin_validator.judging.limited_data_processing import limit_data_processing

if TYPE_CHECKING:
    from mockpin.emulator.history.event_fields import ReportingClass
    from mockpin.emulator.pipeline.context import JudgedEvent, RequestContext
    from mockpin.emulator.pipeline.deduplication import Deduplication
    from mockpin.emulator.pipeline.faults import Faults
    from mockpin_validator.judging.finding import Finding


FAULTY = "The event could not be processed."


def decide_verdicts(test_batch: int, context: RequestContext) -> None:
    """Give each event its verdict and canonical name. Only `test_batch` events of a test are judged."""
    if context.test:
        for event in context.events[test_batch:]:
            event.findings, event.is_judged = (), False
    for event in context.events:
        event.name = canonical_name(event.sent["event_name"])
        if event.findings:
            event.verdict = reach_verdict(event.findings)


def reach_verdict(findings: tuple[Finding, ...]) -> Verdict:
    """The verdict on an event. The first error fails it; the replies of its warnings are joined."""
    error = next((finding for finding in findings if finding.severity == "error"), None)
    warnings = "; ".join(f.reply for f in findings if f.severity == "warning" and f.reply)
    if error is None:
        return Verdict(warning_message=warnings)
    return Verdict("failed", error.reply or error.message, warnings)


def fault_on_events(faults: Faults, context: RequestContext) -> None:
    """Apply a fault that concerns these events."""
    if not faults:
        return
    apply_fault(context, faults.on_events(context.ad_account_id, {event.name for event in context.events}))
    fault = context.fault
    for index in fault.value if fault and fault.kind == "fail_events" else ():
        if index < len(context.events):
            event = context.events[index]
            event.verdict, event.is_faulted = Verdict("failed", FAULTY), True


def find_duplicates(deduplication: Deduplication, context: RequestContext) -> None:
    """Mark events that repeat a first report. Failed, offline and test events take no part."""
    if context.test:
        return
    for seq, event in enumerate(context.events, context.first_seq):
        if event.verdict.status != "failed" and event.sent["action_source"] != "offline":
            event.duplicate_of = find_first_report(deduplication, context, event, seq=seq)


def find_first_report(
    deduplication: Deduplication, context: RequestContext, event: JudgedEvent, *, seq: int
) -> int | None:
    """The number of the event's first report, None when event `seq` is it."""
    digest = make_digest(event.sent["event_name"], event.sent.get("event_id", ""))
    if digest is None:
        return None
    first = context.first_seqs.get(digest) or deduplication.find(context.ad_account_id, digest, context.now)
    if first is None:
        context.first_seqs[digest] = seq
    return first


def classify_events(ldp_states: tuple[str, ...], late_after: float, context: RequestContext) -> None:
    """Decide how each event is reported, and whether limited data processing applies to it."""
    now = context.now
    for event in context.events:
        sent = event.sent
        event.limited = limit_data_processing(sent, ldp_states)
        event.reported_as = classify(
            sent["action_source"], age=now - sent["event_time"], late_after=late_after
        )


def mask_events(context: RequestContext) -> None:
    """Mask what the history stores about each event."""
    mask_judged_events(context.events, POLICIES[context.source])


def build_rows(context: RequestContext) -> None:
    """Build the rows of the history, which one row of a clean request stands for.

    They are committed before the answer goes out.
    """
    context.is_clean = is_clean(context)
    if not context.is_clean:
        context.rows = make_event_rows(context)


def answer_events(mixed_batch_status: int, context: RequestContext) -> Answer:
    """200, or 422 when events failed."""
    return answers.judged([event.verdict for event in context.events], mixed_batch_status)


def classify(action_source: str, *, age: float, late_after: float) -> ReportingClass:
    """The reporting class of an event that arrived `age` seconds after it happened.

    Pinterest's help centre: received within an hour it is a web or app event, later an offline one.
    """
    if action_source == "offline" or age > late_after:
        return "offline"
    return "app" if action_source in APP_SOURCES else "web"
