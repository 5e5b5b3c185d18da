"""What a history of events amounts to: counts over time, by name and source, coverage, age."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Record = Mapping[str, Any]

#: What an event counts as, in the order in which bars are stacked.
OUTCOMES = ("counted", "failed", "duplicate")

_DAY = 86_400
_STEPS = (1, 5, 10, 30, 60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, _DAY, 7 * _DAY, 30 * _DAY)
_MOST_STEPS = 60
#: Seconds between an event and its arrival, at most -> what a chart calls them.
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
    """Numbers by row and outcome: `series[outcome][i]` belongs to `labels[i]`."""

    labels: tuple[str, ...]
    series: Mapping[str, tuple[int, ...]]

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of each row."""
        return tuple(map(sum, zip(*self.series.values(), strict=True)))

    def first(self, rows: int) -> Table:
        """The first rows alone."""
        return Table(self.labels[:rows], {name: values[:rows] for name, values in self.series.items()})


@dataclass(frozen=True)
class Overview:
    """The figures of one page. Shares are percentages."""

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
        """The percentage of events with this outcome; 0 of none."""
        return 100 * self.outcomes[outcome] / self.events if self.events else 0.0


def survey(records: Iterable[Record]) -> Overview:
    """Count event records, in any order. Test requests are counted like the rest: leave them out before."""
    found = tuple(records)
    step = _choose_step([each["received_at"] for each in found])
    outcomes = Counter(map(find_outcome, found))
    return Overview(
        events=len(found),
        outcomes={name: outcomes[name] for name in OUTCOMES},
        warned=sum(any(each["severity"] == "warning" for each in record["findings"]) for record in found),
        limited=sum(bool(each["limited_data_processing"]["applies"]) for each in found),
        over_time=_count_over_time(found, step),
        step=step,
        by_name=_tabulate(found, lambda record: record["event_name"]),
        by_source=_tabulate(found, lambda record: record["source"]),
        freshness=_count_ages(found),
    )


def find_outcome(record: Record) -> str:
    """What became of an event: it failed, it was counted before, or it counts."""
    if record["status"] == "failed":
        return "failed"
    return "counted" if record["duplicate_of"] is None else "duplicate"


def _choose_step(times: Sequence[float]) -> int:
    span = max(times) - min(times) if times else 0
    return next((step for step in _STEPS if span / step < _MOST_STEPS), _STEPS[-1])


def _count_over_time(records: Sequence[Record], step: int) -> Table:
    places = [int(each["received_at"] // step) for each in records]
    axis = range(min(places), max(places) + 1)[-_MOST_STEPS - 1 :] if places else range(0)
    counts = Counter(zip(places, map(find_outcome, records), strict=True))
    form = "%H:%M:%S" if step < 60 else "%H:%M" if step < _DAY else "%d %b"  # noqa: PLR2004  # a minute
    labels = tuple(datetime.fromtimestamp(place * step, UTC).strftime(form) for place in axis)
    return Table(labels, {name: tuple(counts[place, name] for place in axis) for name in OUTCOMES})


def _tabulate(records: Sequence[Record], label: Callable[[Record], str], labels: Sequence[str] = ()) -> Table:
    """Events by label and outcome; the commonest label first where no order is given."""
    counts = Counter((label(each), find_outcome(each)) for each in records)
    rows = tuple(labels) or tuple(name for name, _ in Counter(map(label, records)).most_common())
    return Table(rows, {name: tuple(counts[row, name] for row in rows) for name in OUTCOMES})


def _count_ages(records: Sequence[Record]) -> Table:
    dated = [each for each in records if isinstance(each["event_time"], int | float)]
    bounds = tuple(AGES)
    names = tuple(AGES.values())
    return _tabulate(
        dated, lambda each: names[bisect_left(bounds, each["received_at"] - each["event_time"])], names
    )
