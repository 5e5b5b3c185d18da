"""Sends a pasted document to the emulator through the same steps as a sender's request."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson

from mockpin.addresses import API
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.web.pages.content.documents import (
    DocumentUnreadable,
    find_payload,
    find_segment_events,
    parse_document,
)

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator


@dataclass(frozen=True)
class SentDocument:
    """The status of the answer and the numbers of request and events; `problem` says why nothing was sent."""

    status: int = 0
    request: int = 0
    events: tuple[int, ...] = ()
    problem: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the answer is not an error."""
        return 0 < self.status < HTTPStatus.BAD_REQUEST


def send_document(emulator: Emulator, text: bytes | str, *, ad_account_id: str, token: str) -> SentDocument:
    """Send a payload or conversion events. Raises `DocumentUnreadable` for anything else."""
    document = parse_document(text)
    if find_segment_events(document):
        raise DocumentUnreadable(
            "A Segment event is judged here, but not sent: post it to /v1/track to send it."
        )
    body = orjson.dumps(find_payload(document))
    path = f"{API}/ad_accounts/{ad_account_id}/events"
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    context = RequestContext(HttpRequest("POST", path, headers=headers, body=body), ad_account_id)
    answer = emulator.receive(context)
    seqs = context.seqs
    return SentDocument(answer.status, context.number, tuple(seqs))
