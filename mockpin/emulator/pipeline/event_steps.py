"""The steps that decide about each event of a request, and its answer.

A step takes what it needs, then the request's context. The last one returns the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.history.first_reports import FirstReport, make_key
from mockpin.emulator.masking.events import POLICIES
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import Answer, Verdict
from mockpin.emulator.pipeline.reporting_class import classify
from mockpin.emulator.pipeline.request_steps import apply_fault
from mockpin.emulator.pipeline.rows import make_event_rows, mask_judged_event
from mockpin_validator.judging.limited_data_processing import limit_data_processing

if TYPE_CHECKING:
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
    key = make_key(context.ad_account_id, event.sent["event_name"], event.sent.get("event_id", ""))
    if key is None:
        return None
    first = context.first_reports.get(key) or deduplication.find(key, context.now)
    if first is None:
        context.first_reports[key] = FirstReport(seq, context.now)
        return None
    return first.seq


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
    for event in context.events:
        event.stored = mask_judged_event(event, POLICIES[context.source])


def build_rows(context: RequestContext) -> None:
    """Build the rows of the history. They are committed before the answer goes out."""
    context.rows = make_event_rows(context)


def answer_events(mixed_batch_status: int, context: RequestContext) -> Answer:
    """200, or 422 when events failed."""
    return answers.judged([event.verdict for event in context.events], mixed_batch_status)
