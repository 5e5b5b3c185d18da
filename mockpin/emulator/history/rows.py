"""A delivery as the rows of the history, masked on the way."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson

from mockpin.emulator.accounts import AD_ACCOUNT_ID
from mockpin.emulator.history.records import EventRow, ExchangeRow
from mockpin.emulator.masking.credentials import mask_header, mask_path, mask_query
from mockpin.emulator.masking.events import POLICIES, MaskingPolicy, mask_dumped, mask_event, mask_payload
from mockpin.emulator.masking.texts import mask_secrets
from mockpin.emulator.tag.hits import mask_hit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockpin.emulator.logs import Entry
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.delivery import Delivery
    from mockpin_validator.judging.finding import Finding

LARGEST = 2**63
NO_FINDINGS = "[]"


def make_event_rows(delivery: Delivery) -> list[EventRow]:
    """One row an event, numbered on from the delivery's first."""
    number, test = str(delivery.number), int(delivery.test)
    policy = POLICIES[delivery.source]
    show = policy.show
    along = zip(
        delivery.events, delivery.texts, delivery.names, delivery.verdicts, delivery.findings,
        delivery.duplicates, delivery.limited, delivery.reported, strict=True,
    )  # fmt: skip
    return [
        EventRow(
            delivery.first_seq + index, delivery.now, delivery.ad_account_id, delivery.source, test,
            mask_secrets(name), mask_secrets(event["event_name"]), mask_secrets(event.get("event_id", "")),
            mask_secrets(event["action_source"]), fit(event["event_time"]),
            verdict.status, show(verdict.error_message), show(verdict.warning_message), duplicate_of,
            int(limited.applies), limited.reason, reported,
            dump_findings(findings, policy) if findings else NO_FINDINGS,
            mask_event(text, event, hashed=not findings and index < delivery.judged, policy=policy), number,
        )
        for index, (event, text, name, verdict, findings, duplicate_of, limited, reported) in enumerate(along)
    ]  # fmt: skip


def make_exchange_row(delivery: Delivery, answer: Answer, entry: Entry) -> ExchangeRow:
    """The row of the request and its answer, of which the log's entry knows what was measured and masked."""
    request, stored = delivery.request, bool(delivery.rows)
    return ExchangeRow(
        id=delivery.number,
        received_at=delivery.now,
        ad_account_id=entry.ad_account_id,
        method=request.method,
        path=entry.path,
        query=orjson.dumps(mask_query(request.query)) if request.query else b"{}",
        headers=orjson.dumps({name: mask_header(name, text) for name, text in request.headers.items()}),
        body=None if stored and delivery.source == "api" else mask_body(delivery),
        status=answer.status,
        answer_headers=orjson.dumps(dict(answer.headers)),
        answer=mask_answer(delivery, answer),
        milliseconds=entry.milliseconds,
        first_seq=delivery.first_seq if stored else None,
        last_seq=delivery.first_seq + len(delivery.events) - 1 if stored else None,
        fault=delivery.fault.kind if delivery.fault else None,
    )


def dump_findings(findings: Iterable[Finding], policy: MaskingPolicy) -> str:
    """What was found, as it may be stored: a message may repeat what it complains of."""
    return mask_dumped(orjson.dumps([each.to_dict() for each in findings]), policy).decode()


def mask_body(delivery: Delivery) -> bytes:
    """A body as it may be kept: masked where it could be parsed, else only its length and digest."""
    body, payload = delivery.request.body, delivery.payload
    if payload is None:
        return orjson.dumps({"bytes": len(body), "digest": digest(body)}) if body else b""
    if delivery.source == "tag":
        return orjson.dumps(mask_hit(payload))
    return orjson.dumps(mask_payload(payload, POLICIES[delivery.source].show))


def mask_answer(delivery: Delivery, answer: Answer) -> bytes:
    """An answer's body as it may be kept; one that repeats a strange ad account hides it as the path does."""
    body = answer.body if delivery.shown is None else delivery.shown
    known = not delivery.ad_account_id or AD_ACCOUNT_ID.fullmatch(delivery.ad_account_id)
    return mask_dumped(body, POLICIES[delivery.source] if known else MaskingPolicy(mask_path))


def digest(body: bytes) -> str:
    """Enough to recognize a body that cannot be read."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def fit(event_time: float) -> float:
    """A time that a column can hold: whole numbers beyond 64 bits become floating."""
    return event_time if -LARGEST <= event_time < LARGEST else float(event_time)
