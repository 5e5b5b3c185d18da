"""The rules' queries on Spark SQL, over facts that stay where the workers made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from mockpin.observations.facts import COLUMN_TYPES
from mockpin.observations.views import VIEWS
from mockpin.spark.schema import describe_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyspark.sql import DataFrame, SparkSession

#: Arithmetic as in SQLite: a division by zero gives NULL.
SETTINGS: Final = {"spark.sql.ansi.enabled": "false", "spark.sql.session.timeZone": "UTC"}
INHERITED: Final = (
    "spark.sql.shuffle.partitions",
    "spark.sql.adaptive.enabled",
    "spark.sql.codegen.wholeStage",
    "spark.sql.codegen.factoryMode",
)


class SparkEngine:
    """An engine on a session of its own beside that of the facts, so that no view of its user is replaced."""

    def __init__(self, session: SparkSession, facts: DataFrame | None = None) -> None:
        self._session = session.newSession()
        inherited = {name: value for name in INHERITED if (value := session.conf.get(name, None)) is not None}
        for name, value in {**SETTINGS, **inherited}.items():
            self._session.conf.set(name, value)
        self._tables: dict[str, DataFrame] = {}
        self._waiting: list[Sequence[Any]] = []
        self._facts = f"mockpin_{uuid4().hex}"
        if facts is not None:
            self._show(facts)

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`."""
        self._waiting.extend(rows)

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name."""
        self._show_waiting()
        self._keep(table, self._session.sql(select))

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns and their types, in place of an earlier one of that name."""
        made = self._session.createDataFrame([tuple(row) for row in rows], describe_columns(columns))
        self._keep(table, made)

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT."""
        self._show_waiting()
        return [*self._session.sql(query).collect()]

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

    def _show_waiting(self) -> None:
        if self._waiting:
            columns = describe_columns({"id": "BIGINT", **COLUMN_TYPES})
            self._show(self._session.createDataFrame([tuple(row) for row in self._waiting], columns))
            self._waiting = []

    def _show(self, facts: DataFrame) -> None:
        """Make the relation `facts` and its views."""
        facts.createOrReplaceGlobalTempView(self._facts)
        shown = self._session.table(f"global_temp.{self._facts}")
        # Every query scans it: in as few partitions as there are cores to share them, each a task.
        self._keep("facts", shown.coalesce(2 * self._session.sparkContext.defaultParallelism))
        for name, select in VIEWS.items():
            self._session.sql(select).createOrReplaceTempView(name)
