"""What the report counts over event records beside the overview and the findings: names, privacy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin.reports.deduplication import report_deduplication
from mockpin_validator.judging.limited_data_processing import is_asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockpin.expectations.matching import Record


@dataclass(frozen=True)
class NameFigures:
    """The events of one canonical name.

    `expected` is None where nobody said how many there should be; `never_matched` says that the tag and the
    API both report the name and not once under one event id.
    """

    event_name: str
    expected: int | None
    seen: int
    processed: int
    failed: int
    duplicates: int
    never_matched: bool

    @property
    def counted(self) -> int:
        """The events that Pinterest counts: each once, and none that failed."""
        return self.seen - self.failed

    def to_dict(self) -> dict[str, Any]:
        """The figures by their names."""
        return dict(vars(self))


def count_names(records: Sequence[Record], expected: Mapping[str, int]) -> tuple[NameFigures, ...]:
    """The real events by name; names that were expected and never came are there, too."""
    groups: dict[str, list[Record]] = defaultdict(list, {name: [] for name in expected})
    for record in records:
        groups[record["event_name"]].append(record)
    return tuple(_count_name(name, group, expected.get(name)) for name, group in sorted(groups.items()))


def _count_name(name: str, group: Sequence[Record], expected: int | None) -> NameFigures:
    classes = {each: len(found) for each, found in report_deduplication(group).classes.items()}
    return NameFigures(
        event_name=name,
        expected=expected,
        seen=sum(record["duplicate_of"] is None for record in group),
        processed=sum(record["status"] == "processed" for record in group),
        failed=sum(record["status"] == "failed" for record in group),
        duplicates=sum(record["duplicate_of"] is not None for record in group),
        never_matched=bool(classes["only_tag"] and classes["only_api"] and not classes["matched"]),
    )


def count_privacy(records: Sequence[Record]) -> dict[str, int]:
    """Events under limited data processing, those that ask for it in vain, and those of who opted out."""
    wanted = sum(is_asked(record["payload"]) for record in records)
    applied = sum(record["limited_data_processing"]["applies"] for record in records)
    return {
        "limited_data_processing": applied,
        "limited_data_processing_ignored": wanted - applied,
        "opt_out": sum(record["payload"].get("opt_out") is True for record in records),
    }
