"""The reports of the admin API: sums, match quality, deduplication, conduct."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mockpin.reports.conduct import judge_conduct
from mockpin.reports.deduplication import report_deduplication
from mockpin.reports.usable_keys import measure_quality

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockpin.emulator.emulator import Emulator
    from mockpin.web.admin.operations import Call

COUNTED = ("event_name", "status", "source", "reported_as", "action_source")


def summarize(emulator: Emulator, call: Call) -> dict[str, Any]:
    """How many events, by what one asks for first; test requests only in their own number."""
    records = list(_records(emulator, call))
    real = [each for each in records if not each["test"]]
    return {
        "events": len(real),
        "test": len(records) - len(real),
        "duplicates": sum(each["duplicate_of"] is not None for each in real),
        "limited_data_processing": sum(each["limited_data_processing"]["applies"] for each in real),
        "findings": _count_findings(real),
        **{f"by_{name}": dict(Counter(each[name] for each in real)) for name in COUNTED},
    }


def _count_findings(records: list[Mapping[str, Any]]) -> dict[str, int]:
    return dict(Counter(finding["rule"] for each in records for finding in each["findings"]).most_common())


def report_quality(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Which share of the real events carries what Pinterest can match, deduplicate and report by."""
    return measure_quality(_records(emulator, call, test=False))


def report_pairs(emulator: Emulator, call: Call) -> dict[str, Any]:
    """How well the tag and the API agree."""
    return report_deduplication(_records(emulator, call)).to_dict()


def report_conduct(emulator: Emulator, call: Call) -> dict[str, Any]:
    """What the sender does wrong over all its requests."""
    return {"conduct": [each.to_dict() for each in judge_conduct(_exchanges(emulator, call))]}


def _records(emulator: Emulator, call: Call, **filters: Any) -> Iterator[Mapping[str, Any]]:
    return (row.to_dict() for row in emulator.store.each_event(**call.query, **filters))


def _exchanges(emulator: Emulator, call: Call) -> Iterator[Mapping[str, Any]]:
    return map(emulator.store.describe, emulator.store.each_exchange(**call.query))
