"""The facts of an archive on a cluster: the engine that holds them, and the relation that asks every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from mockpin.observations.facts import Fact
from mockpin.observations.relation import Facts, Relation
from mockpin.spark.schema import describe_columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from mockpin.observations.limits import Limits
    from mockpin.observations.rule import Observation


#: Facts up to which they are asked on the driver: there the queries take seconds, and on a cluster a minute.
MOST_ON_DRIVER: Final = 300_000
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


def open_facts(facts: DataFrame, *, most_on_driver: int = MOST_ON_DRIVER) -> Relation:
    """The relation over facts that workers made: in SQLite on the driver, or where many are."""
    if facts.limit(most_on_driver + 1).count() > most_on_driver:
        return ArchiveFacts(SparkEngine(facts))
    relation = Facts()
    relation.add(Fact(*fact) for fact in facts.orderBy("id").select(*Fact._fields).toLocalIterator())
    return relation


class ArchiveFacts(Relation):
    """The relation over facts on a cluster, which counts them when it is asked."""

    def observe(self, limits: Limits | None = None) -> tuple[Observation, ...]:
        """What the rules say about all of them, each rule's in a fixed order."""
        self._names = defaultdict(int, {tuple(group): count for *group, count in self.ask(_NAMES)})
        self._rules = {
            (account, name, source, said): {"events": events, "example": first, "other": last}
            for account, name, source, said, events, first, last in self.ask(_RULES)
        }
        return super().observe(limits)


#: Arithmetic as in SQLite: a division by zero gives NULL. No side of a join is sent whole to every worker:
#: Spark takes a few columns of a million rows for a small table, and then lacks the memory for it.
SETTINGS: Final = {
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
}
INHERITED: Final = (
    "spark.sql.shuffle.partitions",
    "spark.sql.adaptive.enabled",
    "spark.sql.codegen.wholeStage",
    "spark.sql.codegen.factoryMode",
)


class SparkEngine:
    """An engine on a session of its own beside that of the facts, so that no view of its user is replaced."""

    def __init__(self, facts: DataFrame) -> None:
        session = facts.sparkSession
        self._session = session.newSession()
        inherited = {name: value for name in INHERITED if (value := session.conf.get(name, None)) is not None}
        for name, value in {**SETTINGS, **inherited}.items():
            self._session.conf.set(name, value)
        self._tables: dict[str, DataFrame] = {}
        self._facts = f"mockpin_{uuid4().hex}"
        facts.createOrReplaceGlobalTempView(self._facts)
        shown = self._session.table(f"global_temp.{self._facts}")
        # Every query scans it: in as few partitions as there are cores to share them, each a task.
        self._keep("facts", shown.coalesce(2 * self._session.sparkContext.defaultParallelism))

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name."""
        self._keep(table, self._session.sql(select))

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns and their types, in place of an earlier one of that name."""
        made = self._session.createDataFrame([tuple(row) for row in rows], describe_columns(columns))
        self._keep(table, made)

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT."""
        return [*self._session.sql(query).collect()]

    def copy(self) -> None:
        """No copy: Spark uses every core by itself."""

    def close(self) -> None:
        """Drop everything."""
        for table in self._tables.values():
            table.unpersist()
        self._session.catalog.dropGlobalTempView(self._facts)

    def _keep(self, table: str, rows: DataFrame) -> None:
        if table in self._tables:
            self._tables[table].unpersist()
        self._tables[table] = rows.persist()
        rows.createOrReplaceTempView(table)
