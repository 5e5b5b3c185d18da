"""A recorded exchange as the conduct rules read it: what was sent, what came of it, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: What every mask has, as a quick look finds it.
MASK = b"<masked "
MASKED = re.compile(r"<masked \d+>")
#: Not answered, or not yet.
FOR_NOW = (0, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
AMBIGUOUS_FAULTS = ("drop", "truncate", "garbage", "empty")
# The Via header of what mockpin sends to itself for Segment: no doing of the sender's.
INTERNAL = "mockpin"


@dataclass(frozen=True)
class Exchange:
    """One request to an ad account's events with its answer; `at` is in seconds since 1970."""

    id: str
    ad_account_id: str
    at: float
    status: int
    test: bool
    headers: Mapping[str, str] = field(repr=False)
    answer_headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    answer: Any = field(repr=False)
    fault: str | None = None

    @cached_property
    def events(self) -> tuple[Mapping[str, Any], ...]:
        """The conversion events of the body; none when it is no payload."""
        data = self.body.get("data") if isinstance(self.body, dict) else None
        return tuple(each for each in data if isinstance(each, dict)) if isinstance(data, list) else ()

    @cached_property
    def content(self) -> bytes:
        """What makes two requests the same: body and credentials."""
        return dump([self.body, self.headers.get("authorization"), self.test])

    @property
    def injected(self) -> bool:
        """Whether the status is a fault's, so that the sender did nothing to earn it."""
        return self.fault == "status"

    @property
    def internal(self) -> bool:
        """Whether mockpin sent it itself, for Segment."""
        return self.headers.get("via") == INTERNAL

    @property
    def refused_for_now(self) -> bool:
        """Whether the sender may rightly try again: nothing was answered, or not yet."""
        return self.status in FOR_NOW or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def ambiguous(self) -> bool:
        """Whether the sender cannot know if its events were taken."""
        limited = self.status == HTTPStatus.TOO_MANY_REQUESTS  # which takes nothing
        return (self.refused_for_now and not limited) or self.fault in AMBIGUOUS_FAULTS

    @property
    def processed(self) -> tuple[Mapping[str, Any], ...]:
        """The events that were processed although others of the same request failed."""
        verdicts = _verdicts(self.answer)
        if "failed" not in verdicts:
            return ()
        pairs = zip(self.events, verdicts, strict=False)
        return tuple(event for event, verdict in pairs if verdict == "processed")

    @property
    def closes_connection(self) -> bool:
        """Whether the sender asked for the connection to be closed after this one request."""
        return self.headers.get("connection", "").lower() == "close"

    @property
    def connection(self) -> str:
        """What tells the connection from others; empty where the server did not know."""
        return self.answer_headers.get("x-mockpin-connection", "")

    def began_after(self, other: Exchange) -> bool:
        """Whether it began once another, received before it, had been answered: its sender could know.

        Where nothing is said it did: a server only tells of requests that were under way already.
        """
        latest = self.answer_headers.get("x-mockpin-began-after")
        return latest is None or int(other.id) <= int(latest)

    @property
    def masked(self) -> bool:
        """Whether the body held plain text where a hash belongs: its record shows it masked."""
        if MASK not in orjson.dumps([event.get("user_data") for event in self.events]):
            return False
        return any(is_masked(value) for event in self.events for value in leaves(event.get("user_data")))

    def waits(self, default: float) -> float:
        """Seconds the answer asks the sender to wait, or the default where it says nothing."""
        asked = self.answer_headers.get("retry-after", "")
        return float(asked) if asked.isdecimal() else default


def read_exchanges(records: Iterable[Mapping[str, Any]]) -> Iterator[Exchange]:
    """Those of the records of `GET /__mockpin/requests` that were sent to an ad account's events."""
    return (_read_exchange(each) for each in records if _sends_events(each))


def _sends_events(record: Mapping[str, Any]) -> bool:
    """Whether a request was sent to an ad account's events; the service takes a slash at the end, too."""
    return record["method"] == "POST" and str(record["path"]).removesuffix("/").endswith("/events")


def _read_exchange(exchange: Mapping[str, Any]) -> Exchange:
    return Exchange(
        id=str(exchange["id"]),
        ad_account_id=str(exchange["ad_account_id"]),
        at=float(exchange["received_at"]),
        status=int(exchange["status"] or 0),
        test=str(exchange["query"].get("test", "")).lower() == "true",
        headers=_lower(exchange["headers"]),
        answer_headers=_lower(exchange["answer_headers"]),
        body=_parse(exchange["body"]),
        answer=_parse(exchange["answer"]),
        fault=exchange.get("fault"),
    )


def _verdicts(answer: object) -> list[object]:
    details = answer.get("details", answer) if isinstance(answer, dict) else None
    events = details.get("events") if isinstance(details, dict) else None
    return (
        [each.get("status") for each in events if isinstance(each, dict)] if isinstance(events, list) else []
    )


def dump(value: object) -> bytes:
    """The one spelling of a JSON value, whatever the order of its keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def leaves(value: object) -> Iterator[object]:
    """Every value of a JSON value that holds no other."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    else:
        yield value


def is_masked(value: object) -> bool:
    """Whether `masking.mask_value` wrote this in place of a plain text."""
    return isinstance(value, str) and bool(MASKED.fullmatch(value))


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _parse(body: object) -> object:
    if not isinstance(body, str | bytes):
        return body
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return body
