"""The rules' queries on SQLite: a private database that spills to a temporary file when it grows."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

from mockpin.observations.engines.engine import describe_columns, explain_failures
from mockpin.observations.facts import COLUMN_TYPES, Fact

#: SQLite removes a database without a name when it is closed, and keeps it in memory up to a limit.
TEMPORARY = ""
#: Megabytes to hold before pages go to the file.
MEMORY_MB = 40
PRAGMAS = (
    "PRAGMA page_size = 16384",  # a tenth less time than pages of 4 kB, most of which is in calls of the system
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA temp_store = FILE",
)
#: Rows of one statement; its values stay below the 999 that every SQLite takes. Python lets other threads run
#: during a statement. A statement of one row ends before they wake up, so they would wait for the last row.
ROWS_AT_ONCE = 22
#: Rows of which the columns that hold their default in all are left out: to hand over a value, and most of all None,
#: takes Python longer than SQLite takes to store it. Each choice of columns is a statement to prepare.
ROWS_ALIKE = 100 * ROWS_AT_ONCE
_DEFAULTS = {"id": None, **Fact._field_defaults}
_explained = partial(explain_failures, "SQLite", sqlite3.OperationalError)


class SqliteEngine:
    """An engine of one thread. It holds no more than `memory_mb` in memory."""

    def __init__(self, memory_mb: float | None = None) -> None:
        self._database = sqlite3.connect(TEMPORARY, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self._database.execute(pragma)
        self._memory_mb = memory_mb or MEMORY_MB
        self._hold(self._memory_mb)
        columns = {name: f"{kind} DEFAULT {_write(_DEFAULTS[name])}" for name, kind in COLUMN_TYPES.items()}
        self._database.execute(f"CREATE TABLE facts (id INTEGER PRIMARY KEY, {describe_columns(columns)})")

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`. Raises EngineFailed."""
        remaining = iter(rows)
        with _explained():
            self._database.execute("BEGIN")
            while some := [*islice(remaining, ROWS_ALIKE)]:
                self._insert(some)
            self._database.execute("COMMIT")

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name. Raises EngineFailed."""
        with _explained():
            self._database.execute(f"DROP TABLE IF EXISTS {table}")
            self._database.execute(f"CREATE TABLE {table} AS {select}")

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns and their types, in place of an earlier one of that name."""
        marks = ",".join("?" * len(columns))
        with _explained():
            self._database.execute(f"DROP TABLE IF EXISTS {table}")
            self._database.execute(f"CREATE TABLE {table} ({describe_columns(columns)})")
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT. Raises EngineFailed."""
        with _explained():
            return self._database.execute(query).fetchall()

    def copy(self) -> "SqliteEngine":
        """A copy that another thread may ask meanwhile, with half of the memory. Raises EngineFailed."""
        self._hold(self._memory_mb / 2)
        twin = SqliteEngine(self._memory_mb / 2)
        with _explained():
            self._database.backup(twin._database)
        return twin

    def close(self) -> None:
        """Drop everything."""
        self._database.close()

    def _insert(self, rows: Iterable[Sequence[Any]]) -> None:
        columns = zip(_DEFAULTS.items(), zip(*rows, strict=True), strict=True)
        told = {name: held for (name, usual), held in columns if held.count(usual) < len(held)}
        row, remaining = f"({','.join('?' * len(told))})", zip(*told.values(), strict=True)
        while some := [*islice(remaining, ROWS_AT_ONCE)]:
            insert = f"INSERT INTO facts ({', '.join(told)}) VALUES {','.join([row] * len(some))}"
            self._database.execute(insert, [*chain.from_iterable(some)])

    def _hold(self, memory_mb: float) -> None:
        self._database.execute(f"PRAGMA cache_size = -{1000 * memory_mb:.0f}")


def _write(default: Any) -> str:
    """A column's default as SQL has it."""
    return "NULL" if default is None else repr(default)
