"""A delivery as the rows of the history, masked on the way."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson

from mockpin.emulator.accounts import AD_ACCOUNT_ID
from mockpin.emulator.history.records import EventRow, ExchangeRow
from mockpin.emulator.masking.credentials import mask_header, mask_path, mask_query, mask_secrets
from mockpin.emulator.masking.events import (
    Show,
    mask_dumped,
    mask_emails,
    mask_event,
    mask_payload,
    mask_text,
)
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
    show = choose_mask(delivery)
    along = zip(
        delivery.events, delivery.texts, delivery.names, delivery.verdicts, delivery.findings,
        delivery.duplicates, delivery.limited, delivery.reported, strict=True,
    )  # fmt: skip
    return [
        EventRow(
            delivery.first_seq + index, delivery.now, delivery.ad_account_id, delivery.source, test,
            mask_emails(name), mask_emails(event["event_name"]), mask_emails(event.get("event_id", "")),
            mask_emails(event["action_source"]), fit(event["event_time"]),
            verdict.status, show(verdict.error_message), show(verdict.warning_message), duplicate_of,
            int(limited.applies), limited.reason, reported,
            dump_findings(findings, show) if findings else NO_FINDINGS,
            mask_event(text, event, hashed=not findings and index < delivery.judged, show=show), number,
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


def dump_findings(findings: Iterable[Finding], show: Show) -> str:
    """What was found, as it may be stored: a message may repeat what it complains of."""
    return mask_dumped(orjson.dumps([each.to_dict() for each in findings]), show).decode()


def choose_mask(delivery: Delivery) -> Show:
    """What is hidden where no name says what a text is: of a Segment event telephone numbers, too.

    Any other than `mask_emails` has all of an event looked at, which a tag may give names of its own.
    """
    return {"segment": mask_text, "tag": mask_secrets}.get(delivery.source, mask_emails)


def mask_body(delivery: Delivery) -> bytes:
    """A body as it may be kept: masked where it could be parsed, else only its length and digest."""
    body, payload = delivery.request.body, delivery.payload
    if payload is None:
        return orjson.dumps({"bytes": len(body), "digest": digest(body)}) if body else b""
    if delivery.source == "tag":
        return orjson.dumps(mask_hit(payload))
    return orjson.dumps(mask_payload(payload, choose_mask(delivery)))


def mask_answer(delivery: Delivery, answer: Answer) -> bytes:
    """An answer's body as it may be kept; one that repeats a strange ad account hides it as the path does."""
    body = answer.body if delivery.shown is None else delivery.shown
    known = not delivery.ad_account_id or AD_ACCOUNT_ID.fullmatch(delivery.ad_account_id)
    return mask_dumped(body, choose_mask(delivery) if known else mask_path)


def digest(body: bytes) -> str:
    """Enough to recognize a body that cannot be read."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def fit(event_time: float) -> float:
    """A time that a column can hold: whole numbers beyond 64 bits become floating."""
    return event_time if -LARGEST <= event_time < LARGEST else float(event_time)
