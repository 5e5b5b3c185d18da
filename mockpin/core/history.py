"""A delivery as the rows of the history, masked on the way."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from mockpin.core.accounts import fingerprint
from mockpin.core.masking import dump_masked, mask_emails, mask_json, mask_query, mask_text
from mockpin.core.records import EventRow, ExchangeRow

if TYPE_CHECKING:
    from mockpin.core.delivery import Delivery, Request
    from mockpin.core.logs import Entry
    from mockpin.core.replies import Answer

LARGEST = 2**63
NO_FINDINGS = b"[]"
SECRETS = ("authorization", "cookie", "proxy-authorization", "x-api-key")


def make_event_rows(delivery: Delivery) -> list[EventRow]:
    """One row an event, numbered on from the delivery's first."""
    number, test = str(delivery.number), delivery.request.test and delivery.source != "tag"
    along = zip(
        delivery.events, delivery.names, delivery.verdicts, delivery.findings,
        delivery.duplicates, delivery.limited, delivery.reported, strict=True,
    )  # fmt: skip
    return [
        EventRow(
            delivery.first_seq + index, delivery.now, delivery.ad_account_id, delivery.source, test,
            mask_emails(name), mask_emails(event["event_name"]), mask_emails(event["event_id"]),
            mask_emails(event["action_source"]), fit(event["event_time"]),
            verdict.status, verdict.error_message, verdict.warning_message, duplicate_of,
            limited.applies, limited.reason, reported,
            orjson.dumps([each.to_dict() for each in findings]) if findings else NO_FINDINGS,
            dump_masked(event, hashed=not findings and index < delivery.judged), number,
        )
        for index, (event, name, verdict, findings, duplicate_of, limited, reported) in enumerate(along)
    ]  # fmt: skip


def make_exchange_row(delivery: Delivery, answer: Answer, entry: Entry) -> ExchangeRow:
    """The row of the request and its answer, of which the log's entry knows what was measured and masked."""
    request, stored = delivery.request, delivery.stored and bool(delivery.events)
    return ExchangeRow(
        id=delivery.number,
        received_at=delivery.now,
        ad_account_id=mask_text(delivery.ad_account_id) or None,
        method=request.method,
        path=entry.path,
        query=orjson.dumps(mask_query(request.query)) if request.query else b"{}",
        headers=orjson.dumps({name: mask_header(name, text) for name, text in request.headers.items()}),
        body=None if stored and delivery.source == "api" else mask_body(request, delivery.payload),
        status=answer.status,
        answer_headers=orjson.dumps(dict(answer.headers)),
        answer=answer.body if delivery.shown is None else delivery.shown,
        milliseconds=entry.milliseconds,
        first_seq=delivery.first_seq if stored else None,
        last_seq=delivery.first_seq + len(delivery.events) - 1 if stored else None,
        fault=delivery.fault.kind if delivery.fault else None,
    )


def mask_header(name: str, text: str) -> str:
    """A header's value: of a credential only its scheme and fingerprint."""
    if name not in SECRETS:
        return mask_emails(text)
    scheme, _, secret = text.rpartition(" ")
    return f"{scheme} {fingerprint(secret)}".strip()


def mask_body(request: Request, payload: Any) -> bytes:
    """A body as it may be kept: masked where it could be parsed, else only its length and digest."""
    if payload is not None:
        return orjson.dumps(mask_json(payload))
    if not request.body:
        return b""
    return orjson.dumps({"bytes": len(request.body), "digest": digest(request.body)})


def digest(body: bytes) -> str:
    """Enough to recognise a body that cannot be read."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def fit(event_time: float) -> float:
    """A time that a column can hold: whole numbers beyond 64 bits become floating."""
    return event_time if -LARGEST <= event_time < LARGEST else float(event_time)
