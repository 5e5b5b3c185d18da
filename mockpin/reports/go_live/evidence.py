"""What was seen of each event name, by source: the positive evidence that readiness needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.observations.relation import Facts

#: How a sentence says where events came from.
BY_SOURCE = {"api": "by the API", "tag": "by the tag", "segment": "through Segment"}
#: The columns of `SourceCounts` that `_BY_ID` counts.
_BY_ID_COLUMNS = ("api", "tag", "server", "matched")
#: The `source` of an id that several sent is the first in the alphabet: `api` wherever the API sent it.
_BY_ID = """
    SELECT event_name, COUNT(*) FILTER (WHERE source = 'api'), COUNT(tag_id), COUNT(server_id),
        COUNT(server_id) FILTER (WHERE tag_id IS NOT NULL)
    FROM by_id GROUP BY event_name
"""
_SEGMENT = """
    SELECT event_name, COUNT(DISTINCT event_id) FROM accepted
    WHERE source = 'segment' AND action_source <> 'offline' GROUP BY account, event_name
"""
#: An offline event, and one without an id, are never a duplicate.
_ALONE = """
    SELECT event_name, source, side, COUNT(*) FROM accepted
    WHERE event_id IS NULL OR action_source = 'offline' GROUP BY event_name, source, side
"""
_EXCUSED = """
    SELECT event_name, source, COUNT(*) FROM unsettled
    WHERE kind = 'event' AND injected = 1 AND came_again = 0 AND (transient = 0 OR source = 'segment')
    GROUP BY event_name, source
"""


@dataclass
class SourceCounts:
    """How many events of one name each source reported, each counted once.

    server: By the API and Segment together.
    matched: Reported by the tag and by the server under one id.
    excused_by_source: Events that an injected fault failed or refused, and that a sender need not send again.
    """

    api: int = 0
    tag: int = 0
    segment: int = 0
    server: int = 0
    matched: int = 0
    excused_by_source: Counter[str] = field(default_factory=Counter)

    @property
    def excused(self) -> int:
        """The excused events of all sources."""
        return self.excused_by_source.total()

    def add(self, column: str, number: int) -> None:
        """Add to one of the counts."""
        setattr(self, column, getattr(self, column) + number)

    def to_dict(self) -> dict[str, int]:
        """The counts by their names."""
        counts = {name: number for name, number in vars(self).items() if name != "excused_by_source"}
        return {**counts, "excused": self.excused}


def count_sources(facts: Facts) -> dict[str, SourceCounts]:
    """The counts by event name, over all ad accounts. `facts` must have been observed."""
    counts: dict[str, SourceCounts] = defaultdict(SourceCounts)
    for name, *numbers in facts.ask(_BY_ID):
        for column, number in zip(_BY_ID_COLUMNS, numbers, strict=True):
            counts[name].add(column, number)
    for name, number in facts.ask(_SEGMENT):
        counts[name].add("segment", number)
    for name, source, side, number in facts.ask(_ALONE):
        for column in {source, side}:
            counts[name].add(column, number)
    for name, source, number in facts.ask(_EXCUSED):
        counts[name].excused_by_source[source] += number
    return dict(counts)


def describe_counts(name: str, counts: SourceCounts) -> str:
    """`checkout: 136 events by the API, 136 by the tag, 136 matched`."""
    said = [(getattr(counts, source), words) for source, words in BY_SOURCE.items()]
    parts = [f"{number:,} {words}" for number, words in said if number]
    if counts.tag and counts.server:
        parts.append(f"{counts.matched:,} matched")
    return f"{name}: {', '.join(parts)}"


def describe_injected(touched: Mapping[str, int]) -> str:
    """A sentence about the faults that were injected; empty without any."""
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in sorted(touched.items()))
    requests = count(sum(touched.values()), "request")
    return f"{requests} met an injected fault ({kinds}); what it did is not held against the sender."
