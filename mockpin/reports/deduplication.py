"""How well the Pinterest tag and the API agree on what happened: one class for each event received.

Events that failed or were test requests never take part and are not counted. The rest fall into
exactly one class of `CLASSES`, so the shares add up to one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mockpin.reports.exchanges import MASK_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockpin.expectations.matching import Record

CLASSES: Mapping[str, str] = MappingProxyType({
    "matched": "seen by the tag and by the API within the window: counted once, as it should be",
    "duplicate": "one source said it again within the window: counted once",
    "only_tag": "the tag alone saw it",
    "only_api": "the API alone saw it",
    "same_id_different_names": "its event id also came under another event name: both are counted",
    "id_missing": "no event id, so it can never be matched",
    "arrived_after_window": "its counterpart came when the window had closed: both are counted",
    "offline": "offline events are never deduplicated",
})  # fmt: skip


@dataclass(frozen=True)
class DeduplicationReport:
    """Events by class: their number, their share of all (0 to 1), and the `seq` of examples."""

    total: int
    classes: Mapping[str, tuple[int, ...]] = field(repr=False)

    def share(self, name: str) -> float:
        """The share of one class among all events that take part; 0 of none."""
        return len(self.classes[name]) / self.total if self.total else 0.0

    def to_dict(self, *, examples: int = 10) -> dict[str, Any]:
        """`{total, classes: {name: {meaning, events, share, examples}}}`."""
        return {
            "total": self.total,
            "classes": {
                name: {
                    "meaning": meaning,
                    "events": len(self.classes[name]),
                    "share": round(self.share(name), 4),
                    "examples": list(self.classes[name][:examples]),
                }
                for name, meaning in CLASSES.items()
            },
        }


def report_deduplication(records: Iterable[Record]) -> DeduplicationReport:
    """Classify the event records, which come in the order in which they were received."""
    counted = [each for each in records if each["status"] == "processed" and not each["test"]]
    found: dict[str, list[int]] = defaultdict(list)
    for name, record in _classify(counted):
        found[name].append(record["seq"])
    return DeduplicationReport(len(counted), {name: tuple(sorted(found[name])) for name in CLASSES})


def _classify(records: Sequence[Record]) -> Iterator[tuple[str, Record]]:
    yield from ((name, record) for record in records if (name := _alone(record)))
    keyed = [record for record in records if not _alone(record)]
    names = _names_by_id(keyed)
    seen: set[tuple[object, ...]] = set()
    for episode in _episodes(keyed):
        key = _key(episode[0])
        yield from _classify_episode(episode, names=names, late=key in seen)
        seen.add(key)


def _alone(record: Record) -> str | None:
    """The class of an event that can have no counterpart."""
    if record["action_source"] == "offline":
        return "offline"
    return None if (record["event_id"] or "").strip() else "id_missing"


def _classify_episode(
    episode: Sequence[Record], *, names: Mapping[tuple[str, str | int], set[str]], late: bool
) -> Iterator[tuple[str, Record]]:
    """An episode is a first event and its duplicates, all within one window."""
    first, *rest = episode
    counterpart = next((each for each in rest if _side(each) != _side(first)), None)
    yield _class_of_first(first, late=late, matched=counterpart is not None, names=names), first
    for record in rest:
        yield "matched" if record is counterpart else "duplicate", record


def _class_of_first(
    first: Record, *, late: bool, matched: bool, names: Mapping[tuple[str, str | int], set[str]]
) -> str:
    if matched:
        return "matched"
    if late:
        return "arrived_after_window"
    if len(names[_identify(first)]) > 1:
        return "same_id_different_names"
    return f"only_{_side(first)}"


def _side(record: Record) -> str:
    return "tag" if record["source"] == "tag" else "api"


def _key(record: Record) -> tuple[object, ...]:
    return *_identify(record), record["event_name"]


def _identify(record: Record) -> tuple[str, str | int]:
    """The ad account and the event id; for a masked id, which many share, the first report's number."""
    event_id = str(record["event_id"])
    masked = "<masked " in event_id and MASK_PATTERN.search(event_id)
    return record["ad_account_id"], _first(record) if masked else event_id


def _first(record: Record) -> int:
    first = record["duplicate_of"]
    return int(record["seq"] if first is None else first)


def _episodes(records: Iterable[Record]) -> list[list[Record]]:
    episodes: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        episodes[_first(record)].append(record)
    return list(episodes.values())


def _names_by_id(records: Iterable[Record]) -> dict[tuple[str, str | int], set[str]]:
    names: dict[tuple[str, str | int], set[str]] = defaultdict(set)
    for record in records:
        names[_identify(record)].add(record["event_name"])
    return names
