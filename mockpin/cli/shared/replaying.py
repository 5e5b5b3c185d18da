"""Payloads to send again: read out of what was recorded, and moved to the present."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from mockpin.emulator.masking.texts import mask_text
from mockpin_validator.contract.kinds import SEGMENT_KINDS, Kind, list_events, tell_kind, unpack_export

Payload = Mapping[str, Any]

BATCH = 1000


@dataclass(eq=False)
class SegmentEventMet(ValueError):
    """A document is a Segment event: nothing that was ever sent to Pinterest."""

    def __str__(self) -> str:
        return "These are Segment events, not payloads: mockpin send converts and sends them."


def read_payloads(documents: Iterable[Any]) -> Iterator[Payload]:
    """The payloads of JSON documents, requests as they were, bare events gathered into batches.

    A document is a payload, a conversion event or a list of them, or a page of `GET /__mockpin/requests`
    or `GET /__mockpin/events`; any other object is a payload that is bad. Raises SegmentEventMet.
    """
    loose: list[Any] = []
    for document in documents:
        payloads, events = _take_apart(document)
        yield from payloads
        if any(tell_kind(part) in SEGMENT_KINDS for part in (*payloads, *events)):
            raise SegmentEventMet
        loose += events
        while len(loose) >= BATCH:
            yield {"data": loose[:BATCH]}
            loose = loose[BATCH:]
    if loose:
        yield {"data": loose}


def _take_apart(document: Any) -> tuple[Sequence[Payload], Sequence[Any]]:
    """The payloads and the bare events of one document."""
    kind = tell_kind(document)
    if kind is Kind.EXPORT:
        parts = [_take_apart(value) for _, value in unpack_export(document)]
        return [payload for payloads, _ in parts for payload in payloads], [
            event for _, events in parts for event in events
        ]
    if kind in (Kind.LIST, Kind.CONVERSION_EVENT) or not isinstance(document, dict):
        return (), [event for _, event in list_events(document)]
    return [document], ()


def rebase(payloads: Iterable[Payload], *, now: float) -> list[Payload]:
    """The payloads with their newest event at the present, and all others as long before it as they were."""
    known = list(payloads)
    times = [event["event_time"] for payload in known for event in _find_timed(payload)]
    shift = int(now) - max(times, default=int(now))
    return [_shift(payload, shift) for payload in known]


def _find_timed(payload: Payload) -> Iterator[Mapping[str, Any]]:
    data = payload.get("data")
    for event in data if isinstance(data, list) else ():
        if isinstance(event, dict) and type(event.get("event_time")) is int:
            yield event


def _shift(payload: Payload, seconds: int) -> Payload:
    timed = {id(event) for event in _find_timed(payload)}
    if not timed:
        return payload
    moved = [
        {**event, "event_time": event["event_time"] + seconds} if id(event) in timed else event
        for event in payload["data"]
    ]
    return {**payload, "data": moved}


@dataclass(frozen=True)
class ReplayResult:
    """What became of one payload: the HTTP status, the numbers of its events, and the messages about them."""

    status: int
    received: int
    processed: int
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{self.status}, {self.processed} of {self.received} processed"
        return told if self.ok or not self.reasons else f"{told}: {'; '.join(self.reasons)}"

    @property
    def ok(self) -> bool:
        """Whether the request was taken and every event processed."""
        return self.status < HTTPStatus.BAD_REQUEST and self.processed == self.received


def read_answer(status: int, body: Any, *, sent: int) -> ReplayResult:
    """The numbers of an answer; a refusal of the whole request processes nothing."""
    said: dict[str, Any] = body if isinstance(body, dict) else {}
    details = said["details"] if isinstance(said.get("details"), dict) else said
    processed = details.get("num_events_processed")
    number = processed if isinstance(processed, int) else 0
    return ReplayResult(status, sent, number, tuple(_list_reasons(said, details)))


def _list_reasons(said: Mapping[str, Any], details: Mapping[str, Any]) -> Iterable[str]:
    """What the answer says is wrong, each once and without plain text: of its events, else of the request."""
    events = details.get("events")
    verdicts = events if isinstance(events, list) else ()
    told = [verdict.get("error_message") for verdict in verdicts if isinstance(verdict, dict)]
    told = [message for message in told if message] or [said.get("message")]
    return dict.fromkeys(mask_text(message) for message in told if isinstance(message, str))
