"""What the report counts over event records beside the overview and the findings: names, privacy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.reports.go_live.evidence import SourceCounts
from mockpin.reports.go_live.expected import split_key
from mockpin.reports.overview import find_outcome
from mockpin_validator.judging.limited_data_processing import requests_limited_processing

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record


@dataclass(frozen=True)
class NameFigures:
    """The events of one canonical name: `received` is the sum of `counted`, `duplicates` and `failed`.

    `expected` is None where no number was given for all sources together. `failed_by_source` has the sources
    of which any failed.
    """

    event_name: str
    expected: int | None
    counted: int
    failed_by_source: Mapping[str, int]
    duplicates: int
    by_source: SourceCounts = field(default_factory=SourceCounts)

    @property
    def failed(self) -> int:
        """How many events failed, of all sources."""
        return sum(self.failed_by_source.values())

    @property
    def received(self) -> int:
        """How many events came, duplicates included."""
        return self.counted + self.duplicates + self.failed

    @property
    def seen(self) -> int:
        """How many events came without the duplicates."""
        return self.counted + self.failed

    @property
    def processed(self) -> int:
        """How many events Pinterest processed, duplicates included."""
        return self.counted + self.duplicates

    def to_dict(self) -> dict[str, Any]:
        """The figures by their names."""
        return {
            "event_name": self.event_name,
            "expected": self.expected,
            "received": self.received,
            "counted": self.counted,
            "duplicates": self.duplicates,
            "failed": self.failed,
            "seen": self.seen,
            "processed": self.processed,
            "by_source": self.by_source.to_dict(),
        }


def count_names(
    records: Sequence[Record], expected: Mapping[str, int], sources: Mapping[str, SourceCounts] | None = None
) -> tuple[NameFigures, ...]:
    """The real events by name; names that were expected and never came are there, too."""
    outcomes = Counter((record["event_name"], find_outcome(record)) for record in records)
    failed: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if find_outcome(record) == "failed":
            failed[record["event_name"]][record["source"]] += 1
    names = {name for name, _ in outcomes} | {split_key(key)[1] for key in expected}
    return tuple(
        NameFigures(
            event_name=name,
            expected=expected.get(name),
            counted=outcomes[name, "counted"],
            failed_by_source=dict(failed[name]),
            duplicates=outcomes[name, "duplicate"],
            by_source=(sources or {}).get(name, SourceCounts()),
        )
        for name in sorted(names)
    )


def count_privacy(records: Sequence[Record]) -> dict[str, int]:
    """Events under limited data processing, those that ask for it without effect, and opted-out events."""
    wanted = sum(requests_limited_processing(record["payload"]) for record in records)
    applied = sum(record["limited_data_processing"]["applies"] for record in records)
    return {
        "limited_data_processing": applied,
        "limited_data_processing_ignored": wanted - applied,
        "opt_out": sum(record["payload"].get("opt_out") is True for record in records),
    }
