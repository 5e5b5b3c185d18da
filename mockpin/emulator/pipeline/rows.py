"""The rows of the history for one request and its events, masked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import orjson

from mockpin.emulator.accounts import AD_ACCOUNT_ID
from mockpin.emulator.history.clean_requests import CleanRequest
from mockpin.emulator.history.event_fields import EventRow, fit_column
from mockpin.emulator.history.first_reports import join_records
from mockpin.emulator.history.records import ExchangeRow
from mockpin.emulator.masking.credentials import dump_headers, mask_path, mask_query
from mockpin.emulator.masking.events import (
    POLICIES,
    MaskingPolicy,
    are_signless,
    mask_dumped,
    mask_event,
    mask_payload,
    may_show,
)
from mockpin.emulator.masking.texts import mask_secrets
from mockpin.emulator.pipeline.answers import PROCESSED
from mockpin.emulator.pipeline.context import StoredTexts
from mockpin.emulator.tag.hits import mask_hit
from mockpin_validator.judging.limited_data_processing import NOT_REQUESTED

if TYPE_CHECKING:
    from mockpin.emulator.logs import LogEntry
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import JudgedEvent, RequestContext
    from mockpin_validator.judging.finding import Finding

NO_FINDINGS = "[]"


def mask_judged_events(events: Sequence[JudgedEvent], policy: MaskingPolicy) -> None:
    """Mask the texts of each event, unless all of them may be stored as they were sent."""
    signless = policy.is_quick and are_signless([event.text for event in events])
    for event in events:
        is_hashed = event.is_judged and not event.findings
        is_shown = may_show(event.text, event.sent, hashed=is_hashed, signless=signless, policy=policy)
        event.is_plain = is_shown and not event.findings and event.verdict is PROCESSED
        if not event.is_plain:
            event.stored = make_texts(event, policy, is_shown=is_shown)


def make_texts(event: JudgedEvent, policy: MaskingPolicy, *, is_shown: bool) -> StoredTexts:
    """The texts of an event as they may be stored. `is_shown` says that what was sent needs no mask."""
    sent, verdict = event.sent, event.verdict
    show = str if is_shown else mask_secrets
    return StoredTexts(
        show(event.name),
        show(sent["event_name"]),
        show(sent.get("event_id", "")),
        show(sent["action_source"]),
        policy.show(verdict.error_message),
        policy.show(verdict.warning_message),
        dump_findings(event.findings, policy) if event.findings else NO_FINDINGS,
        event.text.decode() if is_shown else mask_event(sent, policy),
    )


def is_clean(context: RequestContext) -> bool:
    """Whether one row may keep a request: nothing is to say about its events but what was sent."""
    for event in context.events:
        if (
            not event.is_plain
            or event.duplicate_of is not None
            or event.limited is not NOT_REQUESTED
            or event.reported_as != context.events[0].reported_as
        ):
            return False
    return bool(context.events) and not context.test


def make_clean_request(context: RequestContext, answer: Answer, entry: LogEntry) -> CleanRequest:
    """The row of a clean request and all that it leaves behind."""
    texts = [event.text for event in context.events]
    return CleanRequest(
        make_exchange_row(context, answer, entry),
        context.events[0].reported_as,
        join_records(context.first_seqs.items()),
        orjson.dumps([*map(len, texts)]),
        b"[%s]" % b",".join(texts),
    )


def make_event_rows(context: RequestContext) -> list[EventRow]:
    """One row an event, in the order of the events."""
    number, test = str(context.number), int(context.test)
    now, account, source = context.now, context.ad_account_id, context.source
    fault = context.fault.kind if context.fault else None
    for event in context.events:
        if event.is_plain:
            event.stored = make_texts(event, POLICIES[source], is_shown=True)
    return [
        EventRow(
            seq=seq,
            received_at=now,
            ad_account_id=account,
            source=source,
            test=test,
            event_name=event.stored.event_name,
            sent_name=event.stored.sent_name,
            event_id=event.stored.event_id,
            action_source=event.stored.action_source,
            event_time=fit_column(event.sent["event_time"]),
            status=event.verdict.status,
            error_message=event.stored.error_message,
            warning_message=event.stored.warning_message,
            duplicate_of=event.duplicate_of,
            limited=int(event.limited.applies),
            limited_reason=event.limited.reason,
            reported_as=event.reported_as,
            findings=event.stored.findings,
            payload=event.stored.payload,
            request_id=number,
            fault=fault if event.is_faulted else None,
        )
        for seq, event in enumerate(context.events, context.first_seq)
    ]


def make_exchange_row(context: RequestContext, answer: Answer, entry: LogEntry) -> ExchangeRow:
    """The row of one request and its answer. The log entry has the masked path and the time it took."""
    request, seqs = context.request, context.seqs
    return ExchangeRow(
        id=context.number,
        received_at=context.now,
        ad_account_id=entry.ad_account_id,
        method=request.method,
        path=entry.path,
        query=orjson.dumps(mask_query(request.query)) if request.query else b"{}",
        headers=dump_headers(*chain.from_iterable(request.headers.items())),
        body=None if seqs and context.source != "tag" else (context.stored_body or mask_body(context)),
        status=answer.status,
        answer_headers=orjson.dumps(dict(answer.headers)),
        answer=answer.body if context.is_clean else mask_answer(context, answer),
        milliseconds=entry.milliseconds,
        first_seq=seqs[0] if seqs else None,
        last_seq=seqs[-1] if seqs else None,
        fault=context.fault.kind if context.fault else None,
        source=context.source,
        reason=context.reason,
        cause_path=context.cause.path if context.cause else None,
        cause=context.cause.sentence if context.cause else None,
    )


def dump_findings(findings: Iterable[Finding], policy: MaskingPolicy) -> str:
    """The findings as JSON, masked: a message may repeat the value that it is about."""
    return mask_dumped(orjson.dumps([finding.to_dict() for finding in findings]), policy).decode()


def mask_body(context: RequestContext) -> bytes:
    """The body to store: masked when it is JSON, otherwise only its length and digest."""
    body, payload = context.request.body, context.payload
    if payload is None:
        return orjson.dumps({"bytes": len(body), "digest": digest(body)}) if body else b""
    if context.source == "tag":
        return orjson.dumps(mask_hit(payload))
    return orjson.dumps(mask_payload(payload, POLICIES[context.source].show))


def mask_answer(context: RequestContext, answer: Answer) -> bytes:
    """The answer's body to store. An ad account that is not a number is masked, as it is in the path."""
    body = answer.body if answer.stored is None else answer.stored
    known = not context.ad_account_id or AD_ACCOUNT_ID.fullmatch(context.ad_account_id)
    return mask_dumped(body, POLICIES[context.source] if known else MaskingPolicy(mask_path))


def digest(body: bytes) -> str:
    """A digest by which an unreadable body can be recognized."""
    return "sha256:" + hashlib.sha256(body).hexdigest()
