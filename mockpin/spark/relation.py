"""The facts of an archive on a cluster, asked every rule."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from mockpin.observations.facts import Fact
from mockpin.observations.relation import MAX_IDS, Facts, batched
from mockpin.observations.rule import ExamplePlace
from mockpin.spark.engine import SparkEngine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyspark.sql import DataFrame

    from mockpin.observations.limits import Limits
    from mockpin.observations.rule import Observation
    from mockpin.spark.merging import Slice

#: Facts up to which they are asked on the driver: there the queries take seconds, and on a cluster a minute.
MOST_ON_DRIVER: Final = 100_000
_COUNTED: Final = "kind = 'event' AND test = 0 AND status <> 'refused'"
_NAMES: Final = f"""
    SELECT account, event_name, source, COUNT(*) FROM facts WHERE {_COUNTED}
    GROUP BY account, event_name, source
"""
_RULES: Final = f"""
    SELECT account, event_name, source, said, COUNT(*), MIN(id), MAX(id) FROM (
        SELECT account, event_name, source, id, EXPLODE(SPLIT(rules, ' ')) AS said
        FROM facts WHERE {_COUNTED} AND rules <> ''
    ) GROUP BY account, event_name, source, said
"""
_PLACES: Final = "SELECT id, file, line, source_file, slice_start FROM facts WHERE id IN ({ids})"
_IN_ORDER: Final = (*Fact._fields, "source_file", "slice_start")


def open_facts(facts: DataFrame, slices: Iterable[Slice], *, most_on_driver: int = MOST_ON_DRIVER) -> Facts:
    """The relation over facts that workers made: in SQLite on the driver, or where many are.

    `slices` say how many lines are before each slice of a file.
    """
    before = {(part.source_file, part.start): part.lines_before for part in slices}
    if facts.limit(most_on_driver + 1).count() > most_on_driver:
        return ArchiveFacts(facts, before)
    relation = Facts()
    relation.add(
        Fact(*fact).shifted(before[file, start])
        for *fact, file, start in facts.orderBy("id").select(*_IN_ORDER).toLocalIterator()
    )
    return relation


class ArchiveFacts(Facts):
    """The relation over facts on a cluster; nothing can be added to it. A context manager.

    `before` is the number of lines before each slice of a file.
    """

    def __init__(self, facts: DataFrame, before: Mapping[tuple[int, int], int]) -> None:
        super().__init__(SparkEngine(facts.sparkSession, facts))
        self._before = before

    def observe(self, limits: Limits | None = None) -> tuple[Observation, ...]:
        """What the rules say about all of them, each rule's in a fixed order."""
        self._names = defaultdict(int, {tuple(group): count for *group, count in self.ask(_NAMES)})
        self._rules = {
            (account, name, source, said): {"events": events, "example": first, "other": last}
            for account, name, source, said, events, first, last in self.ask(_RULES)
        }
        return super().observe(limits)

    def _find_places(self, ids: Iterable[int]) -> dict[int, ExamplePlace]:
        rows: list[Sequence[int]] = []
        for some in batched(ids, MAX_IDS):
            rows += self.ask(_PLACES.format(ids=", ".join(map(str, some))))
        return {
            number: ExamplePlace(file=str(name), line=line + self._before[file, start])
            for number, name, line, file, start in rows
        }
