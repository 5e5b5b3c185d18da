"""The rules' queries on SQLite: a private database that spills to a temporary file when it grows."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mockpin.observations.engines.engine import EngineFailed
from mockpin.observations.facts import COLUMN_TYPES
from mockpin.observations.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: SQLite removes a database without a name when it is closed, and keeps it in memory up to a limit.
TEMPORARY = ""
#: Megabytes to hold before pages go to the file.
MEMORY_MB = 64
PRAGMAS = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA temp_store = FILE",
)
_INSERT = f"INSERT INTO facts VALUES ({','.join('?' * (len(COLUMN_TYPES) + 1))})"


class SqliteEngine:
    """An engine of one thread. It holds no more than `memory_mb` in memory."""

    def __init__(self, memory_mb: int | None = None) -> None:
        self._database = sqlite3.connect(TEMPORARY, isolation_level=None, check_same_thread=False)
        for pragma in (*PRAGMAS, f"PRAGMA cache_size = -{1000 * (memory_mb or MEMORY_MB)}"):
            self._database.execute(pragma)
        self._database.execute(
            f"CREATE TABLE facts (id INTEGER PRIMARY KEY, {describe_columns(COLUMN_TYPES)})"
        )
        for name, select in VIEWS.items():
            self._database.execute(f"CREATE VIEW {name} AS {select}")

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`. Raises EngineFailed."""
        with failing_clearly():
            self._database.execute("BEGIN")
            self._database.executemany(_INSERT, rows)
            self._database.execute("COMMIT")

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name. Raises EngineFailed."""
        with failing_clearly():
            self._database.execute(f"DROP TABLE IF EXISTS {table}")
            self._database.execute(f"CREATE TABLE {table} AS {select}")

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns and their types, in place of an earlier one of that name."""
        self._database.execute(f"DROP TABLE IF EXISTS {table}")
        self._database.execute(f"CREATE TABLE {table} ({describe_columns(columns)})")
        marks = ",".join("?" * len(columns))
        self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT. Raises EngineFailed."""
        with failing_clearly():
            return self._database.execute(query).fetchall()

    def close(self) -> None:
        """Drop everything."""
        self._database.close()


def describe_columns(columns: Mapping[str, str]) -> str:
    """Columns as CREATE TABLE takes them."""
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


@contextmanager
def failing_clearly() -> Iterator[None]:
    """Raise EngineFailed for what the database cannot do, such as write to a full disk."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise EngineFailed("SQLite", str(error)) from error
