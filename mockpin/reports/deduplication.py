"""Deduplication between the Pinterest tag and the API: one class for each event received.

Failed events and test requests are not counted. Every other event belongs to
exactly one class of `CLASSES`, so the shares add up to 1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.reports.exchanges import MASK_PATTERN

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record

    Identity = tuple[str, str | int]

CLASSES: Mapping[str, str] = {
    "matched": "sent by the tag and by the API within the window, two events a pair: a pair counts once",
    "duplicate": "sent again by the same source within the window: counted once",
    "only_tag": "sent by the tag only",
    "only_api": "sent by the API only",
    "same_id_different_names": "the same event id was also sent with another event name: both are counted",
    "id_missing": "no event id, so it can never be matched",
    "arrived_after_window": "arrived after the window of its counterpart had closed: both are counted",
    "offline": "offline events are never deduplicated",
}
#: The events of a class that are listed at most.
MAX_EXAMPLES = 10


@dataclass(frozen=True)
class DeduplicationReport:
    """Events by class: their number, their share of all (0 to 1), and the `seq` of examples."""

    total: int
    classes: Mapping[str, tuple[int, ...]] = field(repr=False)

    def share(self, name: str) -> float:
        """The share of one class among all counted events; 0 when there are none."""
        return len(self.classes[name]) / self.total if self.total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return `{total, classes: {name: {meaning, events, share, examples}}}`."""
        return {
            "total": self.total,
            "classes": {
                name: {
                    "meaning": meaning,
                    "events": len(self.classes[name]),
                    "share": round(self.share(name), 4),
                    "examples": list(self.classes[name][:MAX_EXAMPLES]),
                }
                for name, meaning in CLASSES.items()
            },
        }


def report_deduplication(records: Iterable[Record]) -> DeduplicationReport:
    """Classify event records, given in the order in which they were received."""
    counted = [record for record in records if record["status"] == "processed" and not record["test"]]
    seqs: dict[str, list[int]] = defaultdict(list)
    for name, record in _classify(counted):
        seqs[name].append(record["seq"])
    return DeduplicationReport(len(counted), {name: tuple(sorted(seqs[name])) for name in CLASSES})


def _classify(records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    keyed = []
    for record in records:
        if name := _classify_unmatchable(record):
            yield name, record
        else:
            keyed.append(record)
    first_reports, later_reports = _classify_repeats(keyed)
    classes = {**_classify_same_ids(keyed, later_reports), **first_reports, **later_reports}
    for record in keyed:
        yield classes.get(record["seq"]) or f"only_{_read_side(record)}", record


def _classify_unmatchable(record: Record) -> str | None:
    """Return the class of an event that cannot have a counterpart, or None for any other event."""
    if record["action_source"] == "offline":
        return "offline"
    return None if (record["event_id"] or "").strip() else "id_missing"


def _classify_repeats(records: Sequence[Record]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the classes of first reports that have a counterpart, and of later reports, by seq."""
    first_reports: dict[int, str] = {}
    later_reports: dict[int, str] = {}
    for first, *rest in _group_into_episodes(records):
        counterpart = next((record for record in rest if _read_side(record) != _read_side(first)), None)
        for record in rest:
            later_reports[record["seq"]] = "matched" if record is counterpart else "duplicate"
        if counterpart is not None:
            first_reports[first["seq"]] = "matched"
    return first_reports, later_reports


def _classify_same_ids(records: Sequence[Record], later_reports: Mapping[int, str]) -> dict[int, str]:
    """Return the classes of first reports whose id came in several windows or under several names, by seq."""
    identities = [*map(_identify, records)]
    numbers = Counter(identities)
    several = [pair for pair in zip(records, identities, strict=True) if numbers[pair[1]] > 1]
    shared = _find_shared_ids(several)
    classes: dict[int, str] = {}
    seen: set[tuple[Identity, str]] = set()
    for record, identity in several:
        if record["seq"] not in later_reports:
            key = identity, record["event_name"]
            if key in seen:
                classes[record["seq"]] = "arrived_after_window"
            elif identity in shared:
                classes[record["seq"]] = "same_id_different_names"
            seen.add(key)
    return classes


def _read_side(record: Record) -> str:
    return "tag" if record["source"] == "tag" else "api"


def _identify(record: Record) -> Identity:
    """Return the ad account and event id. The first report's seq replaces a masked id, as many share it."""
    event_id = str(record["event_id"])
    masked = "<masked " in event_id and MASK_PATTERN.search(event_id)
    return record["ad_account_id"], _read_first_seq(record) if masked else event_id


def _read_first_seq(record: Record) -> int:
    first = record["duplicate_of"]
    return int(record["seq"] if first is None else first)


def _group_into_episodes(records: Sequence[Record]) -> Iterable[list[Record]]:
    """Return each first report that was repeated with its duplicates, all within one window."""
    repeated = {record["duplicate_of"] for record in records}
    episodes: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        if record["duplicate_of"] is not None or record["seq"] in repeated:
            episodes[_read_first_seq(record)].append(record)
    return episodes.values()


def _find_shared_ids(pairs: Iterable[tuple[Record, Identity]]) -> set[Identity]:
    """Return the ids that came with several event names."""
    names: dict[Identity, str] = {}
    return {
        identity
        for record, identity in pairs
        if names.setdefault(identity, record["event_name"]) != record["event_name"]
    }
