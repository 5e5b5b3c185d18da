"""The reports of the admin API: summary, match quality, deduplication, conduct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.web.admin.operations import Call

COUNTED_FIELDS = ("event_name", "status", "source", "reported_as", "action_source")


def summarize(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Count the events by status, name, source and the like; test requests only in `test`."""
    records = list(_records(emulator, call))
    real = [record for record in records if not record["test"]]
    return {
        "events": len(real),
        "test": len(records) - len(real),
        "duplicates": sum(record["duplicate_of"] is not None for record in real),
        "limited_data_processing": sum(record["limited_data_processing"]["applies"] for record in real),
        "findings": _count_findings(real),
        **{f"by_{name}": dict(Counter(record[name] for record in real)) for name in COUNTED_FIELDS},
    }


def _count_findings(records: list[Mapping[str, Any]]) -> dict[str, int]:
    return dict(
        Counter(finding["rule"] for record in records for finding in record["findings"]).most_common()
    )


def report_quality(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Return the share of real events that Pinterest can match, deduplicate and report."""
    from mockpin.reports.usable_keys import measure_quality  # noqa: PLC0415 - loaded when first needed

    return measure_quality(_records(emulator, call, test=False))


def report_pairs(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Report how well the tag and the API agree."""
    from mockpin.reports.deduplication import report_deduplication  # noqa: PLC0415 - loaded when first needed

    return report_deduplication(_records(emulator, call)).to_dict()


def report_conduct(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Report what the sender does wrong over all its requests."""
    from mockpin.reports.conduct import judge_conduct  # noqa: PLC0415 - loaded when first needed
    from mockpin.reports.exchanges import read_exchanges  # noqa: PLC0415 - as above

    return {"conduct": [rule.to_dict() for rule in judge_conduct(read_exchanges(_exchanges(emulator, call)))]}


def _records(emulator: Emulator, call: Call, **filters: Any) -> Iterator[Mapping[str, Any]]:
    return (row.to_dict() for row in emulator.store.each_event(**call.query, **filters))


def _exchanges(emulator: Emulator, call: Call) -> Iterator[Mapping[str, Any]]:
    return emulator.store.describe_each(emulator.store.each_exchange(**call.query))
