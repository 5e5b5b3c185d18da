"""Duplicates: the same ad account, event name and event id again, within the window of the first report."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mockpin.emulator.history.first_reports import DeduplicationKey, FirstReport


class Deduplication:
    """The first reports still within the window of `window` seconds, oldest first. Not thread-safe."""

    def __init__(self, window: float, known: Iterable[tuple[DeduplicationKey, FirstReport]] = ()) -> None:
        self._window = window
        self._first_reports: OrderedDict[DeduplicationKey, FirstReport] = OrderedDict()
        for key, first in known:
            self._add(key, first)

    def __len__(self) -> int:
        return len(self._first_reports)

    def find(self, key: DeduplicationKey, now: float) -> FirstReport | None:
        """The first report that an event with this key repeats, None when it is the first itself.

        The window begins with the first report: a duplicate does not extend it. A first report in the
        future does not count: a test has set the clock back since.
        """
        first = self._first_reports.get(key)
        return first if first and 0 <= now - first.seen <= self._window else None

    def record(self, first_reports: Mapping[DeduplicationKey, FirstReport]) -> None:
        """Add first reports."""
        for key, first in first_reports.items():
            self._add(key, first)

    def roll_back(self, keys: Iterable[DeduplicationKey]) -> None:
        """Remove first reports that could not be stored."""
        for key in keys:
            self._first_reports.pop(key, None)

    def prune(self, now: float) -> int:
        """Remove the first reports older than the window. Returns the last number removed, 0 for none."""
        last = 0
        while self._first_reports and now - next(iter(self._first_reports.values())).seen > self._window:
            last = self._first_reports.popitem(last=False)[1].seq
        return last

    def reset(self, ad_account_id: str | None = None) -> None:
        """Remove the first reports of one ad account, or all."""
        for key in tuple(self._of(ad_account_id)):
            del self._first_reports[key]

    def _of(self, ad_account_id: str | None) -> Iterator[DeduplicationKey]:
        return (key for key in self._first_reports if ad_account_id in (None, key.ad_account_id))

    def _add(self, key: DeduplicationKey, first: FirstReport) -> None:
        self._first_reports[key] = first
        self._first_reports.move_to_end(key)
