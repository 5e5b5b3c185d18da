"""The rules' queries on SQLite: a private database that spills to a temporary file when it grows."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from mockpin.observations.facts import Fact
from mockpin.observations.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: SQLite removes a database without a name when it is closed, and keeps it in memory up to this many KiB.
TEMPORARY, CACHE_KIB = "", 64_000
PRAGMAS = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA temp_store = FILE",
    f"PRAGMA cache_size = -{CACHE_KIB}",
)
_INSERT = f"INSERT INTO facts VALUES ({','.join('?' * (len(Fact._fields) + 1))})"


class SqliteEngine:
    """An engine of one thread. It holds no more than `CACHE_KIB` in memory."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(TEMPORARY, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self._database.execute(pragma)
        self._database.execute(f"CREATE TABLE facts (id INTEGER PRIMARY KEY, {', '.join(Fact._fields)})")
        for name, select in VIEWS.items():
            self._database.execute(f"CREATE VIEW {name} AS {select}")

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`."""
        self._database.execute("BEGIN")
        self._database.executemany(_INSERT, rows)
        self._database.execute("COMMIT")

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name."""
        self._database.execute(f"DROP TABLE IF EXISTS {table}")
        self._database.execute(f"CREATE TABLE {table} AS {select}")

    def replace(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns, in place of an earlier one of that name."""
        self._database.execute(f"DROP TABLE IF EXISTS {table}")
        self._database.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        marks = ",".join("?" * len(columns))
        self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT."""
        return self._database.execute(query).fetchall()

    def close(self) -> None:
        """Drop everything."""
        self._database.close()
