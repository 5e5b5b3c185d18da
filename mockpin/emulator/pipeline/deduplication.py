"""Duplicates: the same ad account, event name and event id again, within the window of the first report."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mockpin.emulator.pipeline.key_table import KeyTable

if TYPE_CHECKING:
    from mockpin.emulator.history.first_reports import FirstReports

#: Arrivals that one call of `prune` removes at most, so that no request waits for a whole day's.
MAX_PRUNED = 1000
#: Pruned arrivals above which the arrays that hold them are cut.
MAX_PRUNED_KEPT = 10_000


class Deduplication:
    """The first reports still within the window of `window` seconds. Not thread-safe.

    A digest of 128 bits stands for each event, which is exact enough: see `DIGEST_SIZE`. It takes about 50
    bytes of memory, which `make bench-memory` measures.
    """

    _pruned: int
    _oldest: int
    _last: int

    def __init__(self, window: float, known: Iterable[FirstReports] = ()) -> None:
        self._window = window
        self.load(known)

    def load(self, known: Iterable[FirstReports]) -> None:
        """Replace all first reports by these, the oldest first."""
        self._clear()
        for first in known:
            self.record(first)

    def find(self, ad_account_id: str, digest: bytes, now: float) -> int | None:
        """The number of the first report that an event repeats, None when it is the first itself.

        The window begins with the first report: a duplicate does not extend it. A first report in the
        future does not count: a test has set the clock back since.
        """
        table = self._tables.get(ad_account_id)
        seq = table.find(digest) if table else 0
        if seq < self._oldest:
            return None
        seen = self._seen[bisect_right(self._seqs, seq) - 1]
        return seq if 0 <= now - seen <= self._window else None

    def record(self, first: FirstReports) -> None:
        """Add the first reports of a request, whose numbers grow and are above those of all others."""
        if not first.seqs:
            return
        if len(self._seen) <= self._pruned or self._seen[-1] != first.seen:
            self._seqs.append(min(first.seqs.values()))
            self._seen.append(first.seen)
        table = self._tables.get(first.ad_account_id)
        if table is None:
            table = self._tables[first.ad_account_id] = KeyTable()
        for digest, seq in first.seqs.items():
            table.put(digest, seq, oldest=self._oldest)
        self._last = table.last_number

    def roll_back(self, first: FirstReports) -> None:
        """Remove first reports that could not be stored."""
        table = self._tables.get(first.ad_account_id)
        for digest, seq in first.seqs.items():
            if table:
                table.remove(digest, seq)
            while self._seqs and self._seqs[-1] >= seq:
                self._seqs.pop()
                self._seen.pop()
            self._last = min(self._last, seq - 1)

    def prune(self, now: float) -> int:
        """Remove first reports older than the window, the oldest first, as many as `MAX_PRUNED` allows.

        Returns the number up to which they are removed, 0 if none is.
        """
        end = start = self._pruned
        while end < min(len(self._seen), start + MAX_PRUNED) and now - self._seen[end] > self._window:
            end += 1
        if end == start:
            return 0
        self._pruned = end
        self._oldest = self._seqs[end] if end < len(self._seqs) else self._last + 1
        if end > max(MAX_PRUNED_KEPT, len(self._seen) // 2):
            self._cut()
        return self._oldest - 1

    def reset(self, ad_account_id: str | None = None) -> None:
        """Remove the first reports of one ad account, or all."""
        if ad_account_id is None:
            self._clear()
        else:
            self._tables.pop(ad_account_id, None)

    def _clear(self) -> None:
        #: A table for each ad account, from digests to the numbers of the first reports.
        self._tables: dict[str, KeyTable] = {}
        #: The number of the first event of each arrival, and its moment in Unix seconds.
        self._seqs, self._seen = array("q"), array("d")
        #: How many arrivals at the beginning have been pruned, and the number from which events count.
        self._pruned, self._oldest = 0, 1
        #: The number of the latest first report.
        self._last = 0

    def _cut(self) -> None:
        """Give back the memory of what has been pruned."""
        del self._seqs[: self._pruned], self._seen[: self._pruned]
        self._pruned = 0
        self._tables = {
            account: table for account, table in self._tables.items() if table.last_number >= self._oldest
        }
