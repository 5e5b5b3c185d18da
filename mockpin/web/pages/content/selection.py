"""The part of the history that the overview reports on: an ad account and a time range."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.reports.event_quality import score_events
from mockpin.reports.findings import FindingFigures, count_findings
from mockpin.reports.garbage import collection_paused
from mockpin.reports.go_live.report import GoLiveReport, make_report
from mockpin.web.pages.content.paging import NEWEST_FIRST
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
#: Seconds for which one on all events is: its event quality scores look back from now.
SCORES_LIFETIME = 86_400
#: Records that are freed at once.
SLICE_RECORDS = 100


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
    """The report on a selection. `is_cut` says whether there are older events than it is about.

    `findings` have the latest events as examples; `scores` are those of `score_events`, over 14 days.
    """

    is_cut: bool
    report: GoLiveReport
    answers: Answers
    findings: tuple[FindingFigures, ...]
    scores: tuple[dict[str, Any], ...]


def free_in_slices(records: list[Record]) -> None:
    """Empty a list that alone has its records: to free thousands at once would hold up posts for 30 ms."""
    while records:
        del records[-SLICE_RECORDS:]


@dataclass
class SelectionReports:
    """Makes reports on `max_events` at most, and remembers the latest while nothing has changed."""

    emulator: Emulator
    max_events: int = MAX_EVENTS
    _reports: OrderedDict[tuple[object, ...], SelectionReport] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def make(self, selection: HistorySelection) -> SelectionReport:
        """Report on a selection of the current history."""
        store, now = self.emulator.store, self.emulator.clock()
        age = now // (REPORT_LIFETIME if selection.since else SCORES_LIFETIME)
        key = (selection, store.last_seq, store.last_exchange, self.emulator.notifications.last_reset, age)
        with self._lock:
            if key not in self._reports:
                with collection_paused():
                    self._reports[key] = self._make(selection, now)
            while len(self._reports) > MAX_REMEMBERED_REPORTS:
                self._reports.popitem(last=False)
            return self._reports[key]

    def _make(self, selection: HistorySelection, now: float) -> SelectionReport:
        start = selection.find_start(now)
        records = [*islice(self._read_events(selection, start), self.max_events + 1)]
        is_cut, exchanges = len(records) > self.max_events, self._read_exchanges(selection, start)
        del records[self.max_events :]
        records.reverse()
        report = make_report(records, exchanges)
        made = SelectionReport(
            is_cut=is_cut,
            report=report,
            answers=find_answers(report, records),
            findings=count_findings(reversed(records)),
            scores=tuple(score_events(records, lookback_period="14d", now=now)),
        )
        free_in_slices(records)
        free_in_slices(exchanges)
        return made

    def _read_events(self, selection: HistorySelection, start: float) -> Iterator[Record]:
        """Yield event records, newest first."""
        account: dict[str, Any] = (
            {"ad_account_id": selection.ad_account_id} if selection.ad_account_id else {}
        )
        for row in self.emulator.store.each_event(test=False, **NEWEST_FIRST, **account):
            if row.received_at < start:
                return
            yield row.to_dict()

    def _read_exchanges(self, selection: HistorySelection, start: float) -> list[Record]:
        """Return the requests of the events that are reported on, oldest first."""
        store = self.emulator.store
        rows = [
            row
            for row in islice(store.each_exchange(**NEWEST_FIRST), MAX_EXCHANGES)
            if selection.ad_account_id in ("", row.ad_account_id) and row.received_at >= start
        ]
        counts = accumulate(len(row.event_seqs) for row in rows)
        kept = [row for row, number in zip(rows, counts, strict=True) if number <= self.max_events]
        return [*store.describe_each(reversed(kept))]
