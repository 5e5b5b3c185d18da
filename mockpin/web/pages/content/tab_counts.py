"""Counts the rows of each tab of the history under a search."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from mockpin.web.pages.content.paging import (
    MAX_SEARCHED_ROWS,
    NEWEST_FIRST,
    HistoryPosition,
    find_end,
    name_fault,
    read_refused_requests,
)
from mockpin.web.pages.content.search_words import list_tabs

if TYPE_CHECKING:
    from mockpin.emulator.history.store import Store
    from mockpin.web.pages.content.paging import Record
    from mockpin.web.pages.content.refusals import Accounts
    from mockpin.web.pages.content.search import Query

MAX_REMEMBERED_SEARCHES = 32
#: A count may still include this many evicted events.
MAX_EVICTED_BETWEEN_COUNTS = 1_000
#: With fewer stored events than this, every eviction starts a new count.
SMALL_HISTORY = 5_000

Tabs = Counter[str | None]


@dataclass(frozen=True)
class SearchCount:
    """The counts of one search up to `end`; `generation` identifies the state of the store."""

    tabs: Tabs
    end: HistoryPosition
    generation: tuple[int, int]


@dataclass
class TabCounts:
    """Counts the rows of each tab, and remembers what it has counted, so that only new rows are read.

    Of a long history it counts the newest 20,000 events and the newest 20,000 requests without events.
    """

    store: Store
    _counts: OrderedDict[str, SearchCount] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock)

    def count(self, query: Query, *, accounts: Accounts, resets: int) -> Mapping[str | None, int]:
        """Count the rows of each tab that match the query's other words; `resets` is the number of resets."""
        words = query.switch(None)
        with self._lock:
            count = self._find(str(words), (resets, self._count_evicted()))
            end = find_end(self.store)
            new_tabs = Counter(self._list_tabs(words, count.end, end, accounts))
            count = replace(count, tabs=count.tabs + new_tabs, end=end)
            self._remember(str(words), count)
        return count.tabs + self._tally() if words.is_empty else count.tabs

    def _find(self, words: str, generation: tuple[int, int]) -> SearchCount:
        count = self._counts.get(words)
        if count and count.generation == generation and "since:" not in words:
            return count
        return SearchCount(Counter(), HistoryPosition(1, 1), generation)

    def _remember(self, words: str, count: SearchCount) -> None:
        self._counts[words] = count
        self._counts.move_to_end(words)
        while len(self._counts) > MAX_REMEMBERED_SEARCHES:
            self._counts.popitem(last=False)

    def _count_evicted(self) -> int:
        """Count what is evicted: an exchange may be a refused request, which has a tab of its own."""
        evicted = self.store.evicted + self.store.evicted_exchanges
        return evicted if len(self.store) <= SMALL_HISTORY else evicted // MAX_EVICTED_BETWEEN_COUNTS

    def _list_tabs(
        self, words: Query, start: HistoryPosition, end: HistoryPosition, accounts: Accounts
    ) -> Iterator[str | None]:
        """Yield the tabs of each new row that matches."""
        for record in self._read_new(words, start, end, accounts):
            if words.matches_words(record):
                yield from list_tabs(record)

    def _read_new(
        self, words: Query, start: HistoryPosition, end: HistoryPosition, accounts: Accounts
    ) -> Iterator[Record]:
        after = HistoryPosition(start.event - 1, start.request - 1)
        if not words.is_empty:  # the store itself counts all events
            filters = {name: value for name, value in words.filters.items() if name != "test"}
            rows = self.store.each_event(after=after.event, until=end.event - 1, **NEWEST_FIRST, **filters)
            faults = self.store.faulted_exchanges()
            newest = islice(rows, MAX_SEARCHED_ROWS)
            yield from (name_fault(row.to_dict(), faults) for row in newest if words.may_match(row))
        if words.may_be_refused:
            refused = read_refused_requests(
                self.store, before=end.request, after=after.request, accounts=accounts
            )
            yield from islice(refused, MAX_SEARCHED_ROWS)

    def _tally(self) -> Tabs:
        """Count the events of each tab without a search."""
        tabs: Tabs = Counter()
        for kind in self.store.tally():
            state = {"status": kind.status, "test": kind.test, "duplicate_of": kind.duplicate or None}
            for tab in list_tabs(state):
                tabs[tab] += kind.events
        return tabs
