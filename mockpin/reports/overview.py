"""Summarize events: counts over time, by name and by source, and their age."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Record = Mapping[str, Any]

#: The outcomes of an event, in the order in which bars are stacked.
OUTCOMES = ("counted", "failed", "duplicate")

_DAY = 86_400
#: Lengths of a step of the time axis, in seconds.
_STEPS = (1, 5, 10, 30, 60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, _DAY, 7 * _DAY, 30 * _DAY)
_MAX_STEPS = 60
#: The most seconds between an event and its arrival -> the label in a chart.
AGES = {
    -0.001: "in the future",
    60.0: "within a minute",
    3600.0: "within an hour",
    float(_DAY): "within a day",
    7.0 * _DAY: "within seven days",
    float("inf"): "older",
}


@dataclass(frozen=True)
class Table:
    """Counts by row and outcome: `series[outcome][i]` belongs to `labels[i]`."""

    labels: tuple[str, ...]
    series: Mapping[str, tuple[int, ...]]

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of each row."""
        return tuple(map(sum, zip(*self.series.values(), strict=True)))

    def first(self, rows: int) -> Table:
        """Return the table with only its first rows."""
        return Table(self.labels[:rows], {name: values[:rows] for name, values in self.series.items()})


@dataclass(frozen=True)
class Overview:
    """The figures of the overview page."""

    events: int
    outcomes: Mapping[str, int]
    warned: int
    limited: int
    over_time: Table
    step: int
    by_name: Table
    by_source: Table
    freshness: Table

    def share(self, outcome: str) -> float:
        """The percentage of events with this outcome; 0 when there are no events."""
        return 100 * self.outcomes[outcome] / self.events if self.events else 0.0


def summarize_events(records: Iterable[Record]) -> Overview:
    """Count event records, in any order. Counts test requests too: leave them out first if unwanted."""
    events = tuple(records)
    step = _choose_step([event["received_at"] for event in events])
    outcomes = Counter(map(find_outcome, events))
    return Overview(
        events=len(events),
        outcomes={name: outcomes[name] for name in OUTCOMES},
        warned=sum(
            any(finding["severity"] == "warning" for finding in event["findings"]) for event in events
        ),
        limited=sum(bool(event["limited_data_processing"]["applies"]) for event in events),
        over_time=_count_over_time(events, step),
        step=step,
        by_name=_tabulate(events, lambda record: record["event_name"]),
        by_source=_tabulate(events, lambda record: record["source"]),
        freshness=_count_ages(events),
    )


def find_outcome(record: Record) -> str:
    """Return the outcome of an event: `failed`, `duplicate` or `counted`."""
    if record["status"] == "failed":
        return "failed"
    return "counted" if record["duplicate_of"] is None else "duplicate"


def _choose_step(times: Sequence[float]) -> int:
    span = max(times) - min(times) if times else 0
    return next((step for step in _STEPS if span / step < _MAX_STEPS), _STEPS[-1])


def _count_over_time(records: Sequence[Record], step: int) -> Table:
    steps = [int(record["received_at"] // step) for record in records]
    axis = range(min(steps), max(steps) + 1)[-_MAX_STEPS - 1 :] if steps else range(0)
    counts = Counter(zip(steps, map(find_outcome, records), strict=True))
    form = "%H:%M:%S" if step < 60 else "%H:%M" if step < _DAY else "%d %b"  # noqa: PLR2004  # a minute
    labels = tuple(datetime.fromtimestamp(place * step, UTC).strftime(form) for place in axis)
    return Table(labels, {name: tuple(counts[place, name] for place in axis) for name in OUTCOMES})


def _tabulate(records: Sequence[Record], label: Callable[[Record], str], labels: Sequence[str] = ()) -> Table:
    """Count events by label and outcome. Without given labels, the most frequent comes first."""
    counts = Counter((label(record), find_outcome(record)) for record in records)
    rows = tuple(labels) or tuple(name for name, _ in Counter(map(label, records)).most_common())
    return Table(rows, {name: tuple(counts[row, name] for row in rows) for name in OUTCOMES})


def _count_ages(records: Sequence[Record]) -> Table:
    dated = [record for record in records if isinstance(record["event_time"], int | float)]
    bounds = tuple(AGES)
    names = tuple(AGES.values())
    return _tabulate(
        dated, lambda record: names[bisect_left(bounds, record["received_at"] - record["event_time"])], names
    )
