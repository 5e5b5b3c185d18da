"""What was seen of each event name, by source: the positive evidence that readiness needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.observations.relation import Facts

#: How a sentence says where events came from.
BY_SOURCE = {"api": "by the API", "tag": "by the tag", "segment": "through Segment"}
#: Event keys: an offline event, and one without an id, are never a duplicate.
_COUNTED = """
    COUNT(DISTINCT CASE WHEN action_source <> 'offline' AND {side} THEN event_id END)
    + SUM(CASE WHEN (event_id IS NULL OR action_source = 'offline') AND {side} THEN 1 ELSE 0 END)
"""
_QUERY = f"""
    SELECT account, event_name,
        {", ".join(_COUNTED.format(side=f"source = '{source}'") for source in BY_SOURCE)},
        {_COUNTED.format(side="source <> 'tag'")}
    FROM accepted GROUP BY account, event_name ORDER BY account, event_name
"""  # noqa: S608 - sources of ours
_MATCHED = """
    SELECT account, event_name, COUNT(*) FROM by_id
    WHERE tag_id IS NOT NULL AND server_id IS NOT NULL GROUP BY account, event_name
"""
_EXCUSED = """
    SELECT account, event_name, source, COUNT(*) FROM unsettled
    WHERE kind = 'event' AND injected = 1 AND came_again = 0 AND (transient = 0 OR source = 'segment')
    GROUP BY account, event_name, source
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

    def to_dict(self) -> dict[str, int]:
        """The counts by their names."""
        counts = {name: number for name, number in vars(self).items() if name != "excused_by_source"}
        return {**counts, "excused": self.excused}


def count_sources(facts: Facts) -> dict[str, SourceCounts]:
    """The counts by event name, over all ad accounts. `facts` must have been observed."""
    counts: dict[str, SourceCounts] = {}
    for _, name, *numbers in facts.ask(_QUERY):
        for source, number in zip(("api", "tag", "segment", "server"), numbers, strict=True):
            _add(counts, name, source, int(number or 0))
    for _, name, number in facts.ask(_MATCHED):
        _add(counts, name, "matched", int(number))
    for _, name, source, number in facts.ask(_EXCUSED):
        counts.setdefault(name, SourceCounts()).excused_by_source[source] += int(number)
    return counts


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


def _add(counts: dict[str, SourceCounts], name: str, column: str, number: Any) -> None:
    found = counts.setdefault(name, SourceCounts())
    setattr(found, column, getattr(found, column) + number)
