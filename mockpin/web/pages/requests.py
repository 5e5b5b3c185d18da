"""The pages of requests: all that was received, also what was refused before it was an event."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson

from mockpin.addresses import SEGMENT
from mockpin.expectations.refusals import find_faults
from mockpin.web.pages.content.annotation import Line, annotate
from mockpin.web.pages.content.inspection import note_finding
from mockpin.web.pages.content.search import parse_query
from mockpin.web.pages.frame import Site, read_number, render, render_missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from mockpin.web.pages.content.annotation import Note

    Record = Mapping[str, Any]

ROWS = 200
#: A batch of a thousand events is shown by its beginning.
MOST_LINES = 400


@dataclass(frozen=True)
class Exchange:
    """A request and its answer as they are shown."""

    id: str
    received_at: float
    ad_account_id: str | None
    method: str
    target: str
    status: int
    milliseconds: float
    fault: str | None
    event_seqs: tuple[int, ...]
    headers: tuple[tuple[str, str], ...]
    answer_headers: tuple[tuple[str, str], ...]
    body: Any
    answer: Any

    @property
    def kind(self) -> str:
        """What colours it: refused or failed, or taken."""
        return "processed" if self.status < HTTPStatus.BAD_REQUEST else "failed"

    @property
    def message(self) -> str:
        """What came of it, in a line: why events failed, the answer's message, or which mappings took it."""
        if self.segment:
            taken = [
                result["subscription"]
                for each in self.segment
                for result in each["results"]
                if result["event_seqs"]
            ]
            return f"sent by {', '.join(taken)}" if taken else "no mapping took it: nothing was sent"
        if not isinstance(self.answer, dict):
            return ""
        return _tell_failed(self.answer) or str(self.answer.get("message", ""))

    @property
    def body_lines(self) -> tuple[Line, ...]:
        """The body line by line, with what the schema has against it when it was refused."""
        if self.segment:
            return annotate([each["event"] for each in self.segment], most=MOST_LINES)
        return annotate(self.body, self._faults, most=MOST_LINES)

    @property
    def _faults(self) -> tuple[Note, ...]:
        return tuple(note_finding(each, whole=True) for each in find_faults(self.status, self.body))

    @property
    def answer_lines(self) -> tuple[Line, ...]:
        """The answer line by line."""
        return annotate(self.answer, most=MOST_LINES)

    @property
    def segment(self) -> tuple[Record, ...]:
        """Of a Segment call, each event and what each subscription made of it."""
        found = self.body.get("segment") if isinstance(self.body, dict) else None
        return tuple(found) if isinstance(found, list) and self.target.startswith(f"{SEGMENT}/") else ()


def show_requests(site: Site) -> Response:
    """The newest 200 requests, or those before `?before=`."""
    store = site.emulator.store
    before = read_number("before") or store.last_exchange + 1
    rows = store.exchanges(after=max(0, before - ROWS - 1), limit=ROWS)
    shown = [_read(row.to_dict()) for row in reversed(rows) if row.id < before]
    older = shown[-1].id if shown and int(shown[-1].id) > 1 else None
    return render(
        "requests.html", exchanges=shown, older=older, now=site.emulator.clock(), accounts=site.accounts
    )


def show_request(site: Site, number: int) -> Response:
    """One request with its answer; 404 when it is not, or no longer, kept."""
    exchange = find_exchange(site, number)
    if exchange is None:
        return render_missing(f"There is no request {number}", "It was reset, or made room for newer ones.")
    first = site.emulator.store.event(exchange.event_seqs[0]) if exchange.event_seqs else None
    query = parse_query(f"{'is:test ' if first and first.test else ''}request:{exchange.id}")
    return render("request.html", exchange=exchange, query=str(query))


def find_exchange(site: Site, number: int) -> Exchange | None:
    """A request by its number."""
    row = site.emulator.store.exchange(number)
    return _read(site.emulator.store.describe(row)) if row else None


def _read(exchange: Record) -> Exchange:
    query = urlencode(exchange["query"])
    same = {name: exchange[name] for name in ("id", "received_at", "ad_account_id", "method", "status")}
    return Exchange(
        **same,
        target=exchange["path"] + (f"?{query}" if query else ""),
        milliseconds=exchange["milliseconds"],
        fault=exchange["fault"],
        event_seqs=tuple(exchange["event_seqs"]),
        headers=tuple(exchange["headers"].items()),
        answer_headers=tuple(exchange["answer_headers"].items()),
        body=exchange["body"],
        answer=_parse(exchange["answer"]),
    )


def _parse(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _tell_failed(answer: Record) -> str:
    """How many events failed, and why the first did; an error holds the ordinary body as its details."""
    events = answer.get("details", answer).get("events", ())
    failed = [each["error_message"] for each in events if each["status"] == "failed"]
    return f"{len(failed)} of {len(events)} failed: {failed[0]}" if failed else ""
