"""Deduplication between the Pinterest tag and the API: one class for each event received.

Failed events and test requests are not counted. Every other event belongs to
exactly one class of `CLASSES`, so the shares add up to 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.reports.exchanges import MASK_PATTERN

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record

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


def _classify(records: Sequence[Record]) -> Iterator[tuple[str, Record]]:
    yield from ((name, record) for record in records if (name := _classify_unmatchable(record)))
    keyed = [record for record in records if not _classify_unmatchable(record)]
    names = _collect_names_by_id(keyed)
    seen: set[tuple[object, ...]] = set()
    for episode in _group_into_episodes(keyed):
        key = _make_key(episode[0])
        yield from _classify_episode(episode, names=names, late=key in seen)
        seen.add(key)


def _classify_unmatchable(record: Record) -> str | None:
    """Return the class of an event that cannot have a counterpart, or None for any other event."""
    if record["action_source"] == "offline":
        return "offline"
    return None if (record["event_id"] or "").strip() else "id_missing"


def _classify_episode(
    episode: Sequence[Record], *, names: Mapping[tuple[str, str | int], set[str]], late: bool
) -> Iterator[tuple[str, Record]]:
    """Classify the events of an episode: a first report and its duplicates, all within one window."""
    first, *rest = episode
    counterpart = next((record for record in rest if _read_side(record) != _read_side(first)), None)
    yield _classify_first(first, late=late, matched=counterpart is not None, names=names), first
    for record in rest:
        yield "matched" if record is counterpart else "duplicate", record


def _classify_first(
    first: Record, *, late: bool, matched: bool, names: Mapping[tuple[str, str | int], set[str]]
) -> str:
    if matched:
        return "matched"
    if late:
        return "arrived_after_window"
    if len(names[_identify(first)]) > 1:
        return "same_id_different_names"
    return f"only_{_read_side(first)}"


def _read_side(record: Record) -> str:
    return "tag" if record["source"] == "tag" else "api"


def _make_key(record: Record) -> tuple[object, ...]:
    return *_identify(record), record["event_name"]


def _identify(record: Record) -> tuple[str, str | int]:
    """Return the ad account and event id. The first report's seq replaces a masked id, as many share it."""
    event_id = str(record["event_id"])
    masked = "<masked " in event_id and MASK_PATTERN.search(event_id)
    return record["ad_account_id"], _read_first_seq(record) if masked else event_id


def _read_first_seq(record: Record) -> int:
    first = record["duplicate_of"]
    return int(record["seq"] if first is None else first)


def _group_into_episodes(records: Iterable[Record]) -> list[list[Record]]:
    episodes: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        episodes[_read_first_seq(record)].append(record)
    return list(episodes.values())


def _collect_names_by_id(records: Iterable[Record]) -> dict[tuple[str, str | int], set[str]]:
    names: dict[tuple[str, str | int], set[str]] = defaultdict(set)
    for record in records:
        names[_identify(record)].add(record["event_name"])
    return names
