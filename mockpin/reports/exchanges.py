"""Exchanges as the conduct rules read them: the request, the answer and the time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any

import orjson

from mockpin.emulator.history.records import read_json
from mockpin.emulator.pipeline.faults import TRANSIENT_FAULTS
from mockpin.emulator.pipeline.requests import INTERNAL

#: The beginning of every mask. Searching for it is faster than matching the pattern.
MASK_PREFIX = b"<masked "
MASK_PATTERN = re.compile(r"<masked \d+>")
#: Statuses after which a sender may retry; 0 means that there was no answer.
RETRYABLE_STATUSES = (0, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


@dataclass(frozen=True)
class Exchange:
    """One request to an ad account's events endpoint with its answer; `at` is in seconds since 1970."""

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
        """The conversion events of the body; empty when the body is not a payload."""
        data = self.body.get("data") if isinstance(self.body, dict) else None
        return tuple(event for event in data if isinstance(event, dict)) if isinstance(data, list) else ()

    @cached_property
    def content(self) -> bytes:
        """The body and credentials as bytes. Two requests with equal content are the same request."""
        return dump_canonical([self.body, self.headers.get("authorization"), self.test])

    @property
    def injected(self) -> bool:
        """Whether a fault set the status, so that the sender did not cause it."""
        return self.fault == "status"

    @property
    def internal(self) -> bool:
        """Whether mockpin itself sent the request, for a Segment event."""
        return self.headers.get("via") == INTERNAL

    @property
    def refused_for_now(self) -> bool:
        """Whether the sender may retry: there was no answer, or the service was busy or failed."""
        return self.status in RETRYABLE_STATUSES or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def ambiguous(self) -> bool:
        """Whether the sender cannot know if its events were processed."""
        limited = self.status == HTTPStatus.TOO_MANY_REQUESTS  # then no event was processed
        return (self.refused_for_now and not limited) or self.fault in TRANSIENT_FAULTS

    @property
    def processed(self) -> tuple[Mapping[str, Any], ...]:
        """The processed events of a request in which other events failed."""
        verdicts = _read_verdicts(self.answer)
        if "failed" not in verdicts:
            return ()
        pairs = zip(self.events, verdicts, strict=False)
        return tuple(event for event, verdict in pairs if verdict == "processed")

    @property
    def closes_connection(self) -> bool:
        """Whether the sender asked to close the connection after this request."""
        return self.headers.get("connection", "").lower() == "close"

    @property
    def connection(self) -> str:
        """The id of the connection; empty when the server did not know it."""
        return self.answer_headers.get("x-mockpin-connection", "")

    def began_after(self, other: Exchange) -> bool:
        """Whether this request began after an earlier one was answered, so that its sender knew the answer.

        True without the header, which a server sets only for requests that overlapped with others.
        """
        latest = self.answer_headers.get("x-mockpin-began-after")
        return latest is None or int(other.id) <= int(latest)

    @property
    def masked(self) -> bool:
        """Whether the body had plain text where a hash belongs, which the stored body shows as a mask."""
        if MASK_PREFIX not in orjson.dumps([event.get("user_data") for event in self.events]):
            return False
        return any(
            is_masked(value) for event in self.events for value in iterate_leaves(event.get("user_data"))
        )

    def read_retry_after(self, default: float) -> float:
        """Return the seconds that the answer's Retry-After header asks to wait, or the default."""
        asked = self.answer_headers.get("retry-after", "")
        return float(asked) if asked.isdecimal() else default


def read_exchanges(records: Iterable[Mapping[str, Any]]) -> Iterator[Exchange]:
    """Read the exchanges with an ad account's events endpoint from records of `GET /__mockpin/requests`."""
    return (_read_exchange(record) for record in records if _sends_events(record))


def _sends_events(record: Mapping[str, Any]) -> bool:
    """Whether a request was sent to an events endpoint. Pinterest accepts a slash at the end, too."""
    return record["method"] == "POST" and str(record["path"]).removesuffix("/").endswith("/events")


def _read_exchange(exchange: Mapping[str, Any]) -> Exchange:
    return Exchange(
        id=str(exchange["id"]),
        ad_account_id=str(exchange["ad_account_id"]),
        at=float(exchange["received_at"]),
        status=int(exchange["status"] or 0),
        test=str(exchange["query"].get("test", "")).lower() == "true",
        headers=_lower_names(exchange["headers"]),
        answer_headers=_lower_names(exchange["answer_headers"]),
        body=_parse(exchange["body"]),
        answer=_parse(exchange["answer"]),
        fault=exchange.get("fault"),
    )


def _read_verdicts(answer: object) -> list[object]:
    details = answer.get("details", answer) if isinstance(answer, dict) else None
    events = details.get("events") if isinstance(details, dict) else None
    return (
        [event.get("status") for event in events if isinstance(event, dict)]
        if isinstance(events, list)
        else []
    )


def dump_canonical(value: object) -> bytes:
    """Write a JSON value as bytes with sorted keys, so that equal values give equal bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def iterate_leaves(value: object) -> Iterator[object]:
    """Yield every value inside a JSON value that is neither an object nor a list."""
    if isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from iterate_leaves(child)
    else:
        yield value


def is_masked(value: object) -> bool:
    """Whether a value is a mask that `masking.mask_value` wrote in place of plain text."""
    return isinstance(value, str) and bool(MASK_PATTERN.fullmatch(value))


def _lower_names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _parse(body: object) -> object:
    return read_json(body, default=body) if isinstance(body, str | bytes) else body
