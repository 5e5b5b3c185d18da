"""What can still be read of a damaged store, and what is lost.

SQLite stops at the first damaged page it meets. Here the numbered rows on both sides of such a place are
read, and the numbers between are halved until only unreadable ones are left.
"""

import math
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from mockpin.emulator.history.account_starts import LAST
from mockpin.emulator.history.obstacles import explained
from mockpin.emulator.history.store_file import open_database, open_for_reading

#: Seconds for which a store is checked when it is opened. Other damage is found when a row is read.
CHECK_TIMEOUT = 0.5
#: Pages checked, or steps of SQLite's machine, between two looks at the clock.
STEPS_BETWEEN_LOOKS = 100
#: Queries for the numbers around damaged places; numbers not found by then count as lost.
MAX_QUERIES = 10_000
#: Places of a table that a sentence names at most.
MAX_NAMED_PLACES = 5


class NumberedTable(NamedTuple):
    """A table with its number column, what its rows are called, and its columns that hold JSON."""

    name: str
    number: str
    noun: str
    json_columns: tuple[str, ...] = ()


TABLES: Sequence[NumberedTable] = (
    NumberedTable("events", "seq", "event", ("findings", "payload")),
    NumberedTable("exchanges", "id", "request", ("query", "headers", "answer_headers")),
    NumberedTable(
        "clean_requests", "id", "request", ("query", "headers", "answer_headers", "sizes", "events")
    ),
    NumberedTable("deduplication_keys", "seq", "deduplication key"),
)
#: Tables that are copied up to the first damaged place.
UNNUMBERED_TABLES = ("counters", "shadow_answers")


class TableReader:
    """Reads the sound rows of one table in the order of their numbers. `lost` has the numbers of the others.

    A range in `lost` whose end is unknown ends with `LAST`.
    """

    def __init__(self, database: sqlite3.Connection, table: NumberedTable) -> None:
        self._database, self._table = database, table
        self.columns = [row[1] for row in database.execute(f"PRAGMA table_info({table.name})")]
        names = {name: index for index, name in enumerate(self.columns)}
        self._number = names.get(table.number, 0)
        self._json = [names[name] for name in table.json_columns if name in names]
        self._queries = 0
        self.lost: list[range] = []

    def read(self) -> Iterator[Sequence[Any]]:
        """The sound rows."""
        pending = [(1, LAST)]
        while pending:
            first, last = pending.pop()
            for row in self._scan("ASC", first, last):
                if row is None:
                    pending += reversed(self._go_around(first, last))
                elif self._is_sound(row):
                    yield row
                else:
                    self._lose(row[self._number], row[self._number])
                first = row[self._number] + 1 if row else first

    def _go_around(self, first: int, last: int) -> list[tuple[int, int]]:
        """The ranges to read when row `first`, or one soon after it, is unreadable."""
        behind = last + 1
        for row in self._scan("DESC", first + 1, last):
            behind = row[self._number] if row else behind
        ranges, end = [], behind - 1
        if end > first and self._queries < MAX_QUERIES:
            middle = (first + end) // 2
            ranges = [(first, middle), (middle + 1, end)]
        elif first <= end:
            self._lose(first, end)
        return [*ranges, (behind, last)] if behind <= last else ranges

    def _scan(self, order: str, first: int, last: int) -> Iterator[Any]:
        """Rows in this order, then None when the reading breaks off."""
        self._queries += 1
        name, number = self._table.name, self._table.number
        query = f"SELECT * FROM {name} NOT INDEXED WHERE {number} BETWEEN ? AND ?"  # noqa: S608 - ours
        try:
            yield from self._database.execute(f"{query} ORDER BY {number} {order}", (first, last))
        except sqlite3.DatabaseError:
            yield None

    def _is_sound(self, row: Sequence[Any]) -> bool:
        try:
            for index in self._json:
                orjson.loads(row[index])
        except orjson.JSONDecodeError:
            return False
        return True

    def _lose(self, first: int, last: int) -> None:
        if self.lost and self.lost[-1].stop == first:
            self.lost[-1] = range(self.lost[-1].start, last + 1)
        else:
            self.lost.append(range(first, last + 1))


def decode_leniently(text: bytes) -> str:
    """A text of SQLite's, with a replacement character for what is not UTF-8."""
    return text.decode("utf-8", "replace")


def find_damage(database: sqlite3.Connection, *, timeout: float = CHECK_TIMEOUT) -> bool:
    """Whether SQLite's quick check finds damage within `timeout` seconds."""
    deadline = time.monotonic() + timeout
    database.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS)
    try:
        return database.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]
    except sqlite3.OperationalError:  # interrupted
        return False
    except sqlite3.DatabaseError:
        return True
    finally:
        database.set_progress_handler(None, 0)


def copy_sound_rows(damaged: sqlite3.Connection, copy: sqlite3.Connection) -> str:
    """Copy what can be read into an empty store. Returns a sentence about what is lost, empty for nothing."""
    damaged.text_factory = decode_leniently
    sentences = []
    copy.execute("BEGIN")
    for table in TABLES:
        reader = TableReader(damaged, table)
        if not reader.columns:  # an older version had no such table
            continue
        columns = ", ".join(reader.columns)
        marks = ", ".join("?" * len(reader.columns))
        copy.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", reader.read())  # noqa: S608 - ours
        if reader.lost:
            sentences.append(describe_lost(table.noun, reader.lost))
    for name in UNNUMBERED_TABLES:
        with suppress(sqlite3.DatabaseError):
            for row in damaged.execute(f"SELECT * FROM {name}"):  # noqa: S608 - ours
                copy.execute(f"INSERT OR REPLACE INTO {name} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    copy.execute("COMMIT")
    return "; ".join(sentences)


def describe_lost(noun: str, lost: Sequence[range]) -> str:
    """Which rows are lost, such as `events 31 to 42, 57 cannot be read`."""
    places = [describe_range(numbers) for numbers in lost[:MAX_NAMED_PLACES]]
    more = f" and {len(lost) - MAX_NAMED_PLACES} places more" if len(lost) > MAX_NAMED_PLACES else ""
    is_one = len(lost) == 1 and len(lost[0]) == 1
    return f"{noun}{'' if is_one else 's'} {', '.join(places)}{more} cannot be read"


def describe_range(numbers: range) -> str:
    """The numbers in words."""
    if numbers[-1] == LAST:
        return f"from {numbers.start} on"
    return str(numbers.start) if len(numbers) == 1 else f"{numbers.start} to {numbers.stop - 1}"


def salvage(path: str) -> str:
    """Put a new store with what can be read in the place of a damaged one. Returns a sentence for people.

    The damaged file stays beside it. A sound store is left as it is. Raises StoreFailed.
    """
    with closing(open_for_reading(path)) as damaged, explained(path):
        fresh = f"{path}.salvaged"
        Path(fresh).unlink(missing_ok=True)
        is_damaged = find_damage(damaged, timeout=math.inf)
        with closing(open_database(fresh)) as copy:
            lost = copy_sound_rows(damaged, copy)
    if not (is_damaged or lost):
        Path(fresh).unlink()
        return f"The store {path} is not damaged; nothing was salvaged."
    kept = set_aside(path)
    Path(fresh).rename(path)
    return f"Salvaged the store {path}: {lost or 'nothing is lost'}. The damaged file is kept as {kept}."


def set_aside(path: str) -> str:
    """Rename a store and the files SQLite keeps beside it. Returns the new name, which was free."""
    names = (f"{path}.damaged{suffix}" for suffix in chain([""], map("-{}".format, count(2))))
    name = next(name for name in names if not Path(name).exists())
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{name}{suffix}")
    return name
