"""The pages of the history: events, and requests that gave no event, newest first, that match a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from mockpin.web.pages.content.exchanges import read_exchange
from mockpin.web.pages.content.refusals import read_refused

if TYPE_CHECKING:
    from mockpin.emulator.history.event_fields import EventRow
    from mockpin.emulator.history.store import Store
    from mockpin.web.pages.content.refusals import Accounts
    from mockpin.web.pages.content.search import Query

    Record = Mapping[str, Any]

ROWS = 200
#: Rows that are searched for one page at most, so that a rare word does not make a page slow.
MAX_SEARCHED_ROWS = 20_000
CHUNK = 250
#: How pages read the history: in chunks so that senders do not wait for a long read.
NEWEST_FIRST: Mapping[str, Any] = {"newest_first": True, "limit": CHUNK}


@dataclass(frozen=True)
class HistoryPosition:
    """A position in the history: the number of an event and the number of a request."""

    event: int
    request: int


@dataclass(frozen=True)
class Page:
    """Records of events and of requests that gave no event, newest first.

    `next_before` is where the next page begins, None at the end of the history. `looked_through` is the
    number of rows read, and `is_full` says whether there was no room for more.
    """

    records: tuple[Record, ...]
    next_before: HistoryPosition | None
    looked_through: int

    @property
    def is_full(self) -> bool:
        """Whether the page has all its rows."""
        return len(self.records) == ROWS


def find_end(store: Store) -> HistoryPosition:
    """Return the position after everything that is stored."""
    return HistoryPosition(store.last_seq + 1, store.last_exchange + 1)


def turn_page(
    store: Store,
    query: Query,
    *,
    before: HistoryPosition | None = None,
    after: HistoryPosition = HistoryPosition(0, 0),
    accounts: Accounts | None = None,
) -> Page:
    """Return the newest records that match the query, between two positions."""
    matching: list[Record] = []
    looked_through = 0
    at = before or find_end(store)
    for record in read_records(store, query, before=at, after=after, accounts=accounts or {}):
        looked_through += 1
        at = _step(at, record)
        if "payload" in record and query.matches(record):
            matching.append(record)
        if len(matching) == ROWS or looked_through == MAX_SEARCHED_ROWS:
            return Page(tuple(matching), at, looked_through)
    return Page(tuple(matching), None, looked_through)


def read_records(
    store: Store, query: Query, *, before: HistoryPosition, after: HistoryPosition, accounts: Accounts
) -> Iterator[Record]:
    """Yield events that pass the query's filters, and requests that gave no event, newest first."""
    rows = store.each_event(after=after.event, until=before.event - 1, **NEWEST_FIRST, **query.filters)
    faults = store.faulted_exchanges()
    events = (name_fault(row.to_dict(), faults) if query.may_match(row) else skip_row(row) for row in rows)
    refused = read_refused_requests(store, before=before.request, after=after.request, accounts=accounts)
    return merge(events, refused if query.may_be_refused else (), key=_order, reverse=True)


def skip_row(row: EventRow) -> Record:
    """Return a record with only the numbers of an event that cannot match."""
    return {"seq": row.seq, "request_id": row.request_id}


def name_fault(record: dict[str, Any], faults: Mapping[int, str]) -> Record:
    """Add the fault of its request to a record, even if the fault did not fail the event."""
    return record if record["fault"] else {**record, "fault": faults.get(int(record["request_id"]))}


def find_older(store: Store, query: Query, seq: int) -> int | None:
    """Find the next older event that matches the query."""
    rows = islice(store.each_event(until=seq - 1, **NEWEST_FIRST, **query.filters), MAX_SEARCHED_ROWS)
    return _find_match(store, query, rows)


def find_newer(store: Store, query: Query, seq: int) -> int | None:
    """Find the next newer event that matches the query."""
    rows = islice(store.each_event(after=seq, limit=CHUNK, **query.filters), MAX_SEARCHED_ROWS)
    return _find_match(store, query, rows)


def read_refused_requests(store: Store, *, before: int, after: int, accounts: Accounts) -> Iterator[Record]:
    """Yield the records of requests that gave no event, newest first."""
    for row in store.each_exchange(after=after, until=before - 1, **NEWEST_FIRST, eventless=True):
        exchange = read_exchange(row.to_dict())
        if exchange.gave_no_event:
            yield read_refused(exchange, accounts)


def _find_match(store: Store, query: Query, rows: Iterable[EventRow]) -> int | None:
    faults = store.faulted_exchanges()
    return next((row.seq for row in rows if query.matches(name_fault(row.to_dict(), faults))), None)


def _order(record: Record) -> tuple[int, int]:
    return int(record["request_id"]), record["seq"] or 0


def _step(at: HistoryPosition, record: Record) -> HistoryPosition:
    """Return the position before a record."""
    if record["seq"] is None:
        return replace(at, request=int(record["request_id"]))
    return replace(at, event=record["seq"])
