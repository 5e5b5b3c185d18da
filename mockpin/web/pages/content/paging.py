"""Turning the pages of a long history, newest first, as a search asks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockpin.emulator.history.records import EventRow
    from mockpin.emulator.history.store import Store
    from mockpin.web.pages.content.search import Query

    Record = Mapping[str, Any]

ROWS = 200
#: So many events are looked through for one page: a rare word makes no page slow.
MOST_LOOKED_THROUGH = 20_000
_CHUNK = 250


@dataclass(frozen=True)
class Page:
    """Event records, newest first.

    `next_before` is the number before which the next page begins, None at the end of the history;
    `looked_through` says how many events were looked at, and `full` whether the page has all its rows.
    """

    records: tuple[Record, ...]
    next_before: int | None
    looked_through: int

    @property
    def full(self) -> bool:
        """Whether there was no room for more."""
        return len(self.records) == ROWS


def turn_page(store: Store, query: Query, *, before: int | None = None, after: int = 0) -> Page:
    """The newest events that answer the query, of those numbered below `before` and above `after`."""
    found: list[Record] = []
    looked_through = 0
    for row in read_latest(store, before=before, after=after, **query.filters):
        looked_through += 1
        record = row.to_dict()
        if query.matches(record):
            found.append(record)
        if len(found) == ROWS or looked_through == MOST_LOOKED_THROUGH:
            return Page(tuple(found), row.seq, looked_through)
    return Page(tuple(found), None, looked_through)


def find_older(store: Store, query: Query, seq: int) -> int | None:
    """The next older event that answers the query."""
    rows = islice(read_latest(store, before=seq, **query.filters), MOST_LOOKED_THROUGH)
    return next((row.seq for row in rows if query.matches(row.to_dict())), None)


def find_newer(store: Store, query: Query, seq: int) -> int | None:
    """The next newer event that answers the query."""
    rows = islice(_read_oldest_first(store, query, after=seq), MOST_LOOKED_THROUGH)
    return next((row.seq for row in rows if query.matches(row.to_dict())), None)


def read_latest(
    store: Store, *, before: int | None = None, after: int = 0, **conditions: Any
) -> Iterator[EventRow]:
    """The rows of the history, newest first, chunk by chunk, so that nobody waits for all of it."""
    while rows := store.latest_events(before=before, after=after, limit=_CHUNK, **conditions):
        yield from rows
        before = rows[-1].seq


def _read_oldest_first(store: Store, query: Query, *, after: int) -> Iterator[EventRow]:
    while rows := store.events(after=after, limit=_CHUNK, **query.filters):
        yield from rows
        after = rows[-1].seq
