"""Summarize events: counts over time, by name and by source, and their age."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
_AGE_BOUNDS, _AGE_LABELS = tuple(AGES), tuple(AGES.values())


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
    outcomes = [*map(find_outcome, events)]
    step = _choose_step([event["received_at"] for event in events])
    counts = Counter(outcomes)
    return Overview(
        events=len(events),
        outcomes={name: counts[name] for name in OUTCOMES},
        warned=sum(
            any(finding["severity"] == "warning" for finding in event["findings"])
            for event in events
            if event["findings"]
        ),
        limited=sum(bool(event["limited_data_processing"]["applies"]) for event in events),
        over_time=_count_over_time([int(event["received_at"] // step) for event in events], outcomes, step),
        step=step,
        by_name=_tabulate([event["event_name"] for event in events], outcomes),
        by_source=_tabulate([event["source"] for event in events], outcomes),
        freshness=_tabulate([*map(_find_age, events)], outcomes, tuple(AGES.values())),
    )


def find_outcome(record: Record) -> str:
    """Return the outcome of an event: `failed`, `duplicate` or `counted`."""
    if record["status"] == "failed":
        return "failed"
    return "counted" if record["duplicate_of"] is None else "duplicate"


def _choose_step(times: Sequence[float]) -> int:
    span = max(times) - min(times) if times else 0
    return next((step for step in _STEPS if span / step < _MAX_STEPS), _STEPS[-1])


def _count_over_time(steps: Sequence[int], outcomes: Sequence[str], step: int) -> Table:
    axis = range(min(steps), max(steps) + 1)[-_MAX_STEPS - 1 :] if steps else range(0)
    form = "%H:%M:%S" if step < 60 else "%H:%M" if step < _DAY else "%d %b"  # noqa: PLR2004  # a minute
    labels = tuple(datetime.fromtimestamp(place * step, UTC).strftime(form) for place in axis)
    return Table(labels, _count_rows(axis, steps, outcomes))


def _tabulate(values: Sequence[str | None], outcomes: Sequence[str], labels: Sequence[str] = ()) -> Table:
    """Count events by a value and outcome. Without given labels, the most frequent value comes first."""
    rows = tuple(labels) or tuple(str(value) for value, _ in Counter(values).most_common())
    return Table(rows, _count_rows(rows, values, outcomes))


def _count_rows(
    rows: Sequence[Any], values: Sequence[Any], outcomes: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    counts = Counter(zip(values, outcomes, strict=True))
    return {name: tuple(counts[row, name] for row in rows) for name in OUTCOMES}


def _find_age(record: Record) -> str | None:
    """The label of an event's age when it came; None for one without a time."""
    if not isinstance(record["event_time"], int | float):
        return None
    return _AGE_LABELS[bisect_left(_AGE_BOUNDS, record["received_at"] - record["event_time"])]
