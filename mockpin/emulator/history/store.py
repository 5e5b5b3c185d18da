"""The history: what was received, kept in SQLite and committed before an answer goes out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mockpin.emulator.history import shadow_answers
from mockpin.emulator.history.database import StoreDatabase
from mockpin.emulator.history.event_fields import EventRow
from mockpin.emulator.history.reading import StoreReader
from mockpin.emulator.history.records import ExchangeRow
from mockpin.emulator.history.store_errors import StoreDamaged
from mockpin.emulator.history.store_file import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mockpin.emulator.history.first_reports import DeduplicationKey, FirstReport
    from mockpin.emulator.history.shadow_answers import ShadowAnswer

_EVENT = f"INSERT INTO events VALUES ({','.join('?' * len(EventRow._fields))})"  # noqa: S608 - ours
_EVICT = [
    f"DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE {kind} ORDER BY seq LIMIT ?)"  # noqa: S608 - ours
    for kind in ("NOT test", "test")
]
_EXCHANGE = f"INSERT INTO exchanges VALUES ({','.join('?' * len(ExchangeRow._fields))})"  # noqa: S608 - ours
_EVICT_EXCHANGES = "DELETE FROM exchanges WHERE id IN (SELECT id FROM exchanges ORDER BY id LIMIT ?)"


class Store(StoreReader):
    """The rows of one emulator. Safe between threads; `transaction` is where everything is written.

    `bound` is how many events of each kind, real and test, and how many exchanges are kept; the oldest make
    room. `path` is a file or `:memory:`; with `reading` it must be a store already, and stays as it is.
    Raises StoreFailed when the file cannot be used, StoreDamaged when it is to be written or nothing of it
    can be read, and StoreClosed when it is read after `close`.
    """

    def __init__(self, path: str = MEMORY, *, bound: int = 100_000, reading: bool = False) -> None:
        super().__init__(StoreDatabase(path, reading=reading))
        self._bound = bound
        self._exchanges_kept = 0
        self._count()
        if self.damage and not (reading and self._exchanges_kept):
            self.close()
            raise StoreDamaged(path, self.damage)
        self._last_seq = max(self._counter("last_seq"), self._number("SELECT max(seq) FROM events"))
        self._last_exchange = max(
            self._counter("last_exchange"), self._number("SELECT max(id) FROM exchanges")
        )
        self.evicted = self._counter("evicted")

    @property
    def path(self) -> str:
        """The file, or `:memory:`."""
        return self._database.path

    @property
    def trouble(self) -> str:
        """Why the last transaction could not be written, empty when it was."""
        return self._database.trouble

    @property
    def damage(self) -> str:
        """What of the file cannot be read, empty for nothing."""
        return self._database.damage

    def __len__(self) -> int:
        return sum(self._kept)

    @property
    def last_seq(self) -> int:
        """The number of the latest event that is committed, or that the transaction around has added."""
        with self._database.lock:
            return self._last_seq

    @property
    def last_exchange(self) -> int:
        """The number of the latest exchange, committed or added as above."""
        with self._database.lock:
            return self._last_exchange

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything that is written inside together, or nothing. Raises StoreUnwritable."""
        with self._database.lock:
            counts = self._counts()
            with self._database.transaction(lambda: self._restore(counts)):
                yield

    def add_events(self, rows: Sequence[EventRow]) -> None:
        """Append events, numbered on from `last_seq`."""
        if not rows:
            return
        self._database.execute_many(_EVENT, map(tuple, rows))  # of other sequences it asks value by value
        self._last_seq = rows[-1].seq
        tests = sum([row.test for row in rows])
        for test, more in enumerate((len(rows) - tests, tests)):
            self._kept[test] += more
            if self._kept[test] > self._bound:
                self._evict_events(test, self._kept[test] - self._bound)

    def add_exchanges(self, rows: Sequence[ExchangeRow]) -> None:
        """Append exchanges, numbered on from `last_exchange`."""
        self._database.execute_many(_EXCHANGE, map(tuple, rows))
        self._last_exchange = rows[-1].id
        self._exchanges_kept += len(rows)
        if self._exchanges_kept > self._bound:
            self._database.execute(_EVICT_EXCHANGES, (self._exchanges_kept - self._bound,))
            self._exchanges_kept = self._bound

    def add_first_reports(self, firsts: Sequence[tuple[DeduplicationKey, FirstReport]]) -> None:
        """Keep first reports, for duplicates to be known after a restart."""
        if firsts:
            rows = [(first.seq, *key, first.seen) for key, first in firsts]
            self._database.execute_many("INSERT OR REPLACE INTO firsts VALUES (?,?,?,?,?)", rows)

    def prune_first_reports(self, last: int) -> None:
        """Forget the first reports up to a number."""
        if last:
            self._database.execute("DELETE FROM firsts WHERE seq <= ?", (last,))

    def add_shadow_answer(self, row: ShadowAnswer) -> None:
        """Keep what a real service answered to a request, for as long as exchanges are kept."""
        self._database.execute(shadow_answers.INSERT, row)
        self._database.execute(shadow_answers.PRUNE, (self._last_exchange - self._bound,))

    def reset(self, ad_account_id: str | None = None) -> None:
        """Forget what one ad account sent, or everything; numbers are not used again."""
        self._note("last_seq", self._last_seq)
        self._note("last_exchange", self._last_exchange)
        for table in ("events", "exchanges", "firsts", "shadow_answers"):
            clear = f"DELETE FROM {table} WHERE ? IN (ad_account_id, '')"  # noqa: S608 - words of our own
            self._database.execute(clear, (ad_account_id or "",))
        self._count()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _evict_events(self, test: int, surplus: int) -> None:
        self._database.execute(_EVICT[test], (surplus,))
        self._kept[test] -= surplus
        self.evicted += surplus
        self._note("evicted", self.evicted)

    def _counts(self) -> tuple[Any, ...]:
        return self._last_seq, self._last_exchange, self.evicted, tuple(self._kept), self._exchanges_kept

    def _restore(self, counts: tuple[Any, ...]) -> None:
        self._last_seq, self._last_exchange, self.evicted, kept, self._exchanges_kept = counts
        self._kept = list(kept)

    def _count(self) -> None:
        counted = "SELECT count(*) FROM events"
        tests = self._number(f"{counted} WHERE test")
        self._kept = [self._number(counted) - tests, tests]
        self._exchanges_kept = self._number("SELECT count(*) FROM exchanges")

    def _note(self, name: str, value: int) -> None:
        self._database.execute("INSERT OR REPLACE INTO counters VALUES (?, ?)", (name, value))

    def _counter(self, name: str) -> int:
        return self._number("SELECT value FROM counters WHERE name = ?", name)

    def _number(self, query: str, *values: Any) -> int:
        return self._database.select_number(query, *values)
