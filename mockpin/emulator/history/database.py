"""The SQLite connection behind a store: its lock, its transactions, and what is done about damage."""

import ctypes
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import RLock
from typing import Any
from weakref import finalize

from mockpin.emulator.breakdowns import LOGGER
from mockpin.emulator.history.obstacles import explain, read_code
from mockpin.emulator.history.salvage import copy_sound_rows, decode_leniently, find_damage
from mockpin.emulator.history.store_errors import HOW_TO_SALVAGE, StoreClosed, StoreUnwritable
from mockpin.emulator.history.store_file import make_temporary, open_database, open_settled

#: Notes a state, and returns a function that goes back to it.
Mark = Callable[[], Callable[[], None]]

NOTHING_LOST = "nothing that was stored is lost"
#: How Python's sqlite3 begins to say that a text is not UTF-8; it has no code of its own.
UNDECODABLE = "Could not decode to UTF-8"


class StoreDatabase:
    """One connection, safe between threads. `lock` is held during each query and each transaction.

    `trouble` is why the last transaction could not be written, empty when it was. `damage` says what of the
    file cannot be read: the rest is then read from a temporary copy, and nothing is written any more. Raises
    StoreFailed when the file cannot be used.
    """

    def __init__(self, path: str, *, reading: bool) -> None:
        self.path, self.trouble, self.damage = path, "", ""
        self.lock = RLock()
        self.connection = open_settled(path) if reading else open_database(path)
        self._close = finalize(self, self.connection.close)  # an application in memory is seldom closed
        if find_damage(self.connection):
            self._switch_to_copy()

    @contextmanager
    def transaction(self, mark: Mark, *, allows_copy: bool = False) -> Iterator[None]:
        """Commit everything that is written inside, or nothing.

        `mark` is called at the beginning, and what it returned when nothing is committed. A transaction that
        only changes how the history is kept `allows_copy`: it may write the copy of a damaged file.
        Raises StoreUnwritable and StoreClosed.
        """
        with self.lock:
            if not self._close.alive:
                raise StoreClosed(self.path)
            if self.damage and not allows_copy:
                raise StoreUnwritable(self.path, self.trouble)
            roll_back = mark()
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield
                self.connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back(roll_back)
                self.trouble = explain(error, self.path)
                raise StoreUnwritable(self.path, self.trouble) from None
            except BaseException:
                self._roll_back(roll_back)
                raise
            if not self.damage:
                self.trouble = ""

    def execute(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> None:
        """Write something inside a transaction."""
        self.connection.execute(statement, values)

    def execute_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write a row of values at a time inside a transaction."""
        self.connection.executemany(statement, rows)

    def select(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query. Raises StoreClosed."""
        with self.lock:
            if not self._close.alive:
                raise StoreClosed(self.path)
            try:
                return self.connection.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                self._read_around(error)
                return self.connection.execute(query, values).fetchall()

    def select_number(self, query: str, *values: Any) -> int:
        """The number that a query gives, 0 for none."""
        rows = self.select(query, *values)
        return int(rows[0][0] or 0) if rows else 0

    @property
    def is_open(self) -> bool:
        """Whether the file has not been closed."""
        return self._close.alive

    def vacuum(self) -> None:
        """Give back the pages that no row needs, and the memory that they took."""
        with self.lock, suppress(sqlite3.Error):  # without room on the disk they are used again
            self.connection.execute("VACUUM")
        trim_heap()

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._close()

    def _roll_back(self, roll_back: Callable[[], None]) -> None:
        roll_back()
        with suppress(sqlite3.Error):  # a full disk may have rolled back by itself
            self.connection.execute("ROLLBACK")

    def _read_around(self, error: sqlite3.DatabaseError) -> None:
        """Make the rest readable after a query met damage, or raise the error again."""
        if str(error).startswith(UNDECODABLE):
            self.connection.text_factory = decode_leniently
        elif read_code(error) == sqlite3.SQLITE_CORRUPT and not self.damage:
            self._switch_to_copy()
            LOGGER.error("The store %s is damaged: %s. %s", self.path, self.damage, HOW_TO_SALVAGE)
        else:
            raise error

    def _switch_to_copy(self) -> None:
        """Copy what can still be read to a temporary store, and read that from now on."""
        close_damaged, copy = self._close, make_temporary()
        self.damage = copy_sound_rows(self.connection, copy) or NOTHING_LOST
        self.trouble = "it is damaged; stop mockpin and start it once with --salvage"
        self.connection = copy
        self._close = finalize(self, copy.close)
        close_damaged()


def trim_heap() -> None:
    """Return the free pages of this process's heap to the system. Does nothing without glibc."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
