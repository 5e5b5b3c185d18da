"""The rules' queries on DuckDB, in columns and on every core: for more events than suit SQLite.

It needs the extra `duckdb`: duckdb, and pyarrow, through which the rows reach it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from mockpin.observations.engines.engine import describe_columns, explain_failures
from mockpin.observations.facts import COLUMN_TYPES

#: Megabytes to hold before parts of tables and joins go to temporary files.
MEMORY_MB = 512
#: Rows that are handed over at once: DuckDB stores them in groups of about this size.
ROWS_AT_ONCE = 100_000
ARROW_TYPES = {"TEXT": pa.string(), "BIGINT": pa.int64(), "DOUBLE": pa.float64()}
SETTINGS: dict[str, str | bool] = {
    # Nothing is fetched from the network, whatever a query needs.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # SQLite and Spark sort so.
    "default_null_order": "nulls_first",
    # A result in the order of its input would have to be held in memory.
    "preserve_insertion_order": False,
}
_explained = partial(explain_failures, "DuckDB", duckdb.OutOfMemoryException, duckdb.IOException)


class DuckdbEngine:
    """An engine that one thread calls. It holds about `memory_mb` in memory, and the rest in `folder`."""

    def __init__(self, memory_mb: int | None = None, folder: Path | None = None) -> None:
        self._columns = {"id": "BIGINT", **COLUMN_TYPES}
        self._waiting: list[pa.Table] = []
        self._folder = TemporaryDirectory(prefix="mockpin-observations-", dir=folder)
        self._database = duckdb.connect(
            config={
                **SETTINGS,
                "memory_limit": f"{memory_mb or MEMORY_MB}MB",
                "temp_directory": self._folder.name,
            }
        )
        self._database.execute(f"CREATE TABLE facts ({describe_columns(self._columns)})")

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`. Raises EngineFailed."""
        self._waiting.append(tabulate(self._columns, rows))
        if sum(len(table) for table in self._waiting) >= ROWS_AT_ONCE:
            self._insert_waiting()

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name. Raises EngineFailed."""
        self._insert_waiting()
        with _explained():
            self._database.execute(f"CREATE OR REPLACE TABLE {table} AS {select}")

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns and their types, in place of an earlier one of that name."""
        with _explained():
            self._database.execute(f"CREATE OR REPLACE TABLE {table} ({describe_columns(columns)})")
        self._insert(table, tabulate(columns, rows))

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT. Raises EngineFailed."""
        self._insert_waiting()
        with _explained():
            return [*self._database.execute(query).fetchall()]

    def copy(self) -> None:
        """No copy: DuckDB uses every core by itself."""

    def close(self) -> None:
        """Drop everything."""
        self._database.close()
        self._folder.cleanup()

    def _insert_waiting(self) -> None:
        if self._waiting:
            rows, self._waiting = pa.concat_tables(self._waiting), []
            self._insert("facts", rows)

    def _insert(self, table: str, rows: pa.Table) -> None:
        with _explained():
            self._database.register("incoming", rows)
            self._database.execute(f"INSERT INTO {table} SELECT * FROM incoming")
            self._database.unregister("incoming")


def tabulate(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows as columns, each of its type."""
    values = [*zip(*rows, strict=True)] or [()] * len(columns)
    arrays = [
        pa.array(column, ARROW_TYPES[kind]) for column, kind in zip(values, columns.values(), strict=True)
    ]
    return pa.table(arrays, names=[*columns])
