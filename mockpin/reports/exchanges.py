"""Exchanges as the conduct rules read them: the request, the answer and the time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson

from mockpin.emulator.history.records import read_json
from mockpin.emulator.pipeline.faults import TRANSIENT_FAULTS
from mockpin.emulator.pipeline.requests import INTERNAL

_MASK_PREFIX = b"<masked "
MASK_PATTERN = re.compile(r"<masked \d+>")
#: Statuses after which a sender may retry; 0 means that there was no answer.
RETRYABLE_STATUSES = (0, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class Exchange(NamedTuple):
    """One request to an ad account's events endpoint with its answer; `at` is in seconds since 1970.

    `events` are the conversion events of the body; empty when the body is not a payload. `internal` says
    whether mockpin itself sent the request, for a Segment event.
    """

    id: str
    ad_account_id: str
    at: float
    status: int
    test: bool
    internal: bool
    headers: Mapping[str, str]
    answer_headers: Mapping[str, str]
    body: Any
    events: tuple[Mapping[str, Any], ...]
    answer: Any
    fault: str | None = None

    @property
    def content(self) -> bytes:
        """The body and credentials as bytes. Two requests with equal content are the same request."""
        return dump_canonical([self.body, find_header(self.headers, "authorization"), self.test])

    @property
    def injected(self) -> bool:
        """Whether a fault set the status, so that the sender did not cause it."""
        return self.fault == "status"

    @property
    def refused_for_now(self) -> bool:
        """Whether the sender may retry: there was no answer, or the service was busy or failed."""
        return self.status in RETRYABLE_STATUSES or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def ambiguous(self) -> bool:
        """Whether the sender cannot know if its events were processed."""
        if self.fault in TRANSIENT_FAULTS:
            return True
        return self.refused_for_now and self.status != HTTPStatus.TOO_MANY_REQUESTS  # then none was processed

    @property
    def processed(self) -> tuple[Mapping[str, Any], ...]:
        """The processed events of a request in which other events failed."""
        if isinstance(self.answer, str) and "failed" not in self.answer:
            return ()
        verdicts = _read_verdicts(_parse(self.answer))
        if "failed" not in verdicts:
            return ()
        pairs = zip(self.events, verdicts, strict=False)
        return tuple(event for event, verdict in pairs if verdict == "processed")

    @property
    def closes_connection(self) -> bool:
        """Whether the sender asked to close the connection after this request."""
        return find_header(self.headers, "connection").lower() == "close"

    @property
    def connection(self) -> str:
        """The id of the connection; empty when the server did not know it."""
        return find_header(self.answer_headers, "x-mockpin-connection")

    def began_after(self, other: Exchange) -> bool:
        """Whether this request began after an earlier one was answered, so that its sender knew the answer.

        True without the header, which a server sets only for requests that overlapped with others.
        """
        latest = find_header(self.answer_headers, "x-mockpin-began-after")
        return not latest or int(other.id) <= int(latest)

    @property
    def masked(self) -> bool:
        """Whether the body had plain text where a hash belongs, which the stored body shows as a mask."""
        people = [event.get("user_data") for event in self.events]
        return may_hold_mask(people) and any(map(is_masked, iterate_leaves(people)))

    def read_retry_after(self, default: float) -> float:
        """Return the seconds that the answer's Retry-After header asks to wait, or the default."""
        asked = find_header(self.answer_headers, "retry-after")
        return float(asked) if asked.isdecimal() else default


def read_exchanges(records: Iterable[Mapping[str, Any]]) -> Iterator[Exchange]:
    """Read the exchanges with an ad account's events endpoint from records of `GET /__mockpin/requests`."""
    return (_read_exchange(record) for record in records if _sends_events(record))


def _sends_events(record: Mapping[str, Any]) -> bool:
    """Whether a request was sent to an events endpoint. Pinterest accepts a slash at the end, too."""
    return record["method"] == "POST" and str(record["path"]).removesuffix("/").endswith("/events")


def _read_exchange(exchange: Mapping[str, Any]) -> Exchange:
    headers, body = exchange["headers"], _parse(exchange["body"])
    return Exchange(
        str(exchange["id"]),
        str(exchange["ad_account_id"]),
        float(exchange["received_at"]),
        int(exchange["status"] or 0),
        str(exchange["query"].get("test", "")).lower() == "true",
        find_header(headers, "via") == INTERNAL,
        headers,
        exchange["answer_headers"],
        body,
        _read_events(body),
        exchange["answer"],
        exchange.get("fault"),
    )


def _read_events(body: object) -> tuple[Mapping[str, Any], ...]:
    data = body.get("data") if isinstance(body, dict) else None
    return tuple([event for event in data if isinstance(event, dict)]) if isinstance(data, list) else ()


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


def may_hold_mask(value: object) -> bool:
    """Whether a JSON value may hold a mask. Searching for one byte first takes a third of the time."""
    text = orjson.dumps(value)
    return b"<" in text and _MASK_PREFIX in text


def is_masked(value: object) -> bool:
    """Whether a value is a mask that `masking.mask_value` wrote in place of plain text."""
    return isinstance(value, str) and bool(MASK_PATTERN.fullmatch(value))


def find_header(headers: Mapping[str, str], name: str) -> str:
    """The value of a header, whose name is given in lower case; empty without it."""
    spelling = _find_spellings(tuple(headers)).get(name)
    return "" if spelling is None else headers[spelling]


@lru_cache(maxsize=64)
def _find_spellings(names: tuple[str, ...]) -> dict[str, str]:
    """The names by themselves in lower case. Cached: most requests of a sender have the same headers."""
    return {name.lower(): name for name in names}


def _parse(body: object) -> object:
    return read_json(body, default=body) if isinstance(body, str | bytes) else body
