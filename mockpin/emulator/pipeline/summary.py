"""The log entry of a request that has been answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mockpin.emulator.logs import LogEntry
from mockpin.emulator.masking.credentials import mask_path
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import JudgedEvent, RequestContext


def summarize(context: RequestContext, answer: Answer, *, milliseconds: float) -> LogEntry:
    """The entry of a request that has been answered."""
    received = len(context.events)
    # A clean request has neither failed events nor duplicates nor findings.
    events = [] if context.is_clean else context.events
    failed = sum([event.verdict.status == "failed" for event in events])
    return LogEntry(
        time=context.now,
        request_id=str(context.number),
        ad_account_id=mask_path(context.ad_account_id) or None,
        method=context.request.method,
        path=mask_path(context.request.path),
        status=answer.status,
        source=context.source,
        test=context.test,
        received=received,
        processed=received - failed,
        failed=failed,
        duplicates=sum([event.duplicate_of is not None for event in events]),
        reason=name_reason(context),
        rule=find_gravest_rule(events),
        milliseconds=milliseconds,
    )


def name_reason(context: RequestContext) -> str | None:
    """Why no event was judged, or the injected fault."""
    return context.reason or (f"fault={context.fault.kind}" if context.fault else None)


def find_gravest_rule(events: Iterable[JudgedEvent]) -> str | None:
    """The rule of the most severe finding, the first of them; None without findings."""
    findings = [finding for event in events for finding in event.findings]
    return min(findings, key=lambda finding: SEVERITIES.index(finding.severity)).rule if findings else None
