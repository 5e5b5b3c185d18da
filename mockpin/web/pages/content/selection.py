"""The part of the history that the overview reports on: an ad account and a time range."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.reports.go_live.report import GoLiveReport, make_report
from mockpin.web.pages.content.paging import read_latest
from mockpin.web.pages.content.readiness import Answers, find_answers
from mockpin.web.pages.content.search import Term

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator

    Record = Mapping[str, Any]

#: The overview covers this many of the newest events and requests, so that it is fast on a long history.
MAX_EVENTS = 5_000
MAX_EXCHANGES = 2_000
MAX_REMEMBERED_REPORTS = 4
#: Seconds for which a report on a time range is used again if nothing arrives.
REPORT_LIFETIME = 10


@dataclass(frozen=True)
class HistorySelection:
    """An ad account, empty for all, and a length of time such as `1h`, empty for any."""

    ad_account_id: str = ""
    since: str = ""

    @property
    def query(self) -> str:
        """The words of a search that shows the same events."""
        terms = [("account", self.ad_account_id), ("since", self.since)]
        return " ".join(str(Term(word, value)) for word, value in terms if value)

    def find_start(self, now: float) -> float:
        """Return the start of the time range, in Unix seconds."""
        try:
            return now - parse_duration(self.since) if self.since else 0.0
        except DurationUnreadable:
            return 0.0


@dataclass(frozen=True)
class SelectionReport:
    """The report on a selection: its event records, oldest first, and whether there are older ones."""

    records: tuple[Record, ...]
    is_cut: bool
    report: GoLiveReport
    answers: Answers


@dataclass
class SelectionReports:
    """Makes reports, and remembers the latest while nothing has changed."""

    emulator: Emulator
    _reports: OrderedDict[tuple[object, ...], SelectionReport] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def make(self, selection: HistorySelection) -> SelectionReport:
        """Report on a selection of the current history."""
        store, now = self.emulator.store, self.emulator.clock()
        age = now // REPORT_LIFETIME if selection.since else 0
        key = (selection, store.last_seq, store.last_exchange, self.emulator.notifications.last_reset, age)
        with self._lock:
            if key not in self._reports:
                self._reports[key] = self._make(selection, now)
            while len(self._reports) > MAX_REMEMBERED_REPORTS:
                self._reports.popitem(last=False)
            return self._reports[key]

    def _make(self, selection: HistorySelection, now: float) -> SelectionReport:
        start = selection.find_start(now)
        newest = [*islice(self._read_events(selection, start), MAX_EVENTS + 1)]
        records = newest[MAX_EVENTS - 1 :: -1]
        report = make_report(records, self._read_exchanges(selection, start))
        return SelectionReport(
            tuple(records), len(newest) > MAX_EVENTS, report, find_answers(report, records)
        )

    def _read_events(self, selection: HistorySelection, start: float) -> Iterator[Record]:
        """Yield event records, newest first."""
        account: dict[str, Any] = (
            {"ad_account_id": selection.ad_account_id} if selection.ad_account_id else {}
        )
        for row in read_latest(self.emulator.store, test=False, **account):
            if row.received_at < start:
                return
            yield row.to_dict()

    def _read_exchanges(self, selection: HistorySelection, start: float) -> list[Record]:
        """Return the requests of the events that are reported on, oldest first."""
        store = self.emulator.store
        rows = [
            row
            for row in store.latest_exchanges(limit=MAX_EXCHANGES)
            if selection.ad_account_id in ("", row.ad_account_id) and row.received_at >= start
        ]
        counts = accumulate(len(row.event_seqs) for row in rows)
        kept = [row for row, number in zip(rows, counts, strict=True) if number <= MAX_EVENTS]
        return [store.describe(row) for row in reversed(kept)]
