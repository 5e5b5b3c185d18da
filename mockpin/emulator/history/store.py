"""The history: what was received, kept in SQLite and committed before an answer goes out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from mockpin.emulator.history import shadow_answers
from mockpin.emulator.history.account_starts import LAST, AccountStarts
from mockpin.emulator.history.bounds import Bounds, KeptHistory
from mockpin.emulator.history.clean_requests import INSERT_EVENT, INSERT_EXCHANGE, INSERT_FIRST_REPORTS
from mockpin.emulator.history.database import StoreDatabase
from mockpin.emulator.history.first_reports import make_row
from mockpin.emulator.history.reading import StoreReader
from mockpin.emulator.history.store_errors import StoreDamaged, StoreUnwritable
from mockpin.emulator.history.store_file import MEMORY

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mockpin.emulator.history.bounds import Mark
    from mockpin.emulator.history.clean_requests import CleanRequest
    from mockpin.emulator.history.event_fields import EventRow
    from mockpin.emulator.history.first_reports import FirstReports
    from mockpin.emulator.history.records import ExchangeRow
    from mockpin.emulator.history.shadow_answers import ShadowAnswer


#: The sizes of stored rows in SQL, as `measure_event` and `measure_exchange` count them.
EVENT_SIZE = "coalesce(length(CAST(payload AS BLOB)) + length(findings), 0)"
EXCHANGE_SIZE = (
    "coalesce(length(body), 0) + coalesce(length(answer) + length(headers) + length(answer_headers), 0)"
)
#: Free pages of SQLite, 8 MB, from which an empty history gives its memory back: that takes some time.
MIN_FREE_PAGES = 512
#: Tables whose rows belong to an ad account.
TABLES_BY_AD_ACCOUNT = ("events", "exchanges", "deduplication_keys", "clean_requests", "shadow_answers")
#: What deletes evicted rows of each kind: real events, events of test requests, exchanges.
_DELETIONS = (
    "DELETE FROM events WHERE NOT test AND seq > ? AND seq <= ?",
    "DELETE FROM events WHERE test AND seq > ? AND seq <= ?",
    "DELETE FROM exchanges WHERE id > ? AND id <= ?",
)


class Store(StoreReader):
    """The rows of one emulator. Safe between threads; `transaction` is where everything is written.

    `bound` is how many events of each kind, real and test, and how many exchanges are kept, and `byte_bound`
    how many bytes of each; the oldest make room. `path` is a file or `:memory:`; with `reading` it must be a
    store already, and stays as it is: nothing makes room then, and one whose writer was killed shows up to
    `LOT_ROWS` rows that it had evicted. Raises StoreFailed when the file cannot be used, StoreDamaged when it
    is to be written or nothing of it can be read, and StoreClosed when it is used after `close`.
    """

    def __init__(
        self,
        path: str = MEMORY,
        *,
        bound: int = 100_000,
        byte_bound: float = math.inf,
        reading: bool = False,
    ) -> None:
        bounds = Bounds() if reading else Bounds(bound, byte_bound)
        super().__init__(StoreDatabase(path, reading=reading), KeptHistory(bounds))
        self._bound, self._reading = bound, reading
        self.evicted = self._counter("evicted")
        #: How many exchanges this process has evicted.
        self.evicted_exchanges = 0
        #: How often events have moved to another ad account.
        self.moves = 0
        self._unsettled.load()
        self._unsettled.settle()
        self._load_kept()
        if self.damage and not (reading and len(self._kept.exchanges)):
            self._database.close()
            raise StoreDamaged(path, self.damage)
        #: The events of a first report may be lost with a damaged page.
        numbered = ("events",) if reading else ("events", "deduplication_keys")
        last_seqs = [self._number(f"SELECT max(seq) FROM {table}") for table in numbered]  # noqa: S608 - ours
        self._last_seq = max(self._counter("last_seq"), *last_seqs)
        last_kept = self._number("SELECT max(id) FROM exchanges")
        self._last_exchange = max(self._counter("last_exchange"), last_kept)

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
        return len(self._kept.real) + len(self._kept.tests)

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

    def transaction(self) -> AbstractContextManager[None]:
        """Commit all that is written inside together, or nothing. Raises StoreUnwritable and StoreClosed."""
        return self._database.transaction(self._mark)

    def add_events(self, rows: Sequence[EventRow]) -> None:
        """Append events, numbered on from `last_seq`."""
        if not rows:
            return
        self._database.execute_many(INSERT_EVENT, map(tuple, rows))  # of others it asks value by value
        self._last_seq = rows[-1].seq
        for ad_account_id in {row.ad_account_id for row in rows}:
            self._starts.note(ad_account_id, rows[0].seq)
        for kept, test in ((self._kept.real, 0), (self._kept.tests, 1)):
            if kind := [row for row in rows if row.test == test]:
                self.evicted += kept.add([row.seq for row in kind], [measure_event(row) for row in kind])
        self._delete_evicted()

    def add_exchanges(self, rows: Sequence[ExchangeRow]) -> None:
        """Append exchanges, numbered on from `last_exchange`."""
        self._database.execute_many(INSERT_EXCHANGE, map(tuple, rows))
        self._note_exchanges(rows)

    def add_clean_requests(self, requests: Sequence[CleanRequest]) -> None:
        """Append clean requests, numbered on as events and exchanges are; their rows are made later."""
        self._unsettled.add(requests)
        exchanges = [request.exchange for request in requests]
        sizes = [size + len("[]") for request in requests for size in orjson.loads(request.sizes)]
        first, self._last_seq = self._last_seq + 1, self._last_seq + len(sizes)
        for exchange in exchanges:
            self._starts.note(str(exchange.ad_account_id), first)
        self.evicted += self._kept.real.add(range(first, self._last_seq + 1), sizes)
        self._note_exchanges(exchanges)

    def settle_slice(self) -> bool:
        """Make rows of events in clean requests, for some milliseconds. Returns whether more are left.

        Reading does so by itself, and takes longer then. Raises StoreUnwritable.
        """
        return self._unsettled.settle_slice()

    def add_first_reports(self, requests: Iterable[FirstReports]) -> None:
        """Keep the first reports of each request, for duplicates to be known after a restart."""
        self._database.execute_many(
            INSERT_FIRST_REPORTS, [make_row(first) for first in requests if first.seqs]
        )

    def prune_first_reports(self, last: int) -> None:
        """Forget the first reports up to a number."""
        if last:
            self._database.execute("DELETE FROM deduplication_keys WHERE seq <= ?", (last,))

    def add_shadow_answer(self, row: ShadowAnswer) -> None:
        """Keep what a real service answered to a request, for as long as exchanges are kept."""
        self._database.execute(shadow_answers.INSERT, row)
        self._database.execute(shadow_answers.PRUNE, (self._last_exchange - self._bound,))

    def reset(self, ad_account_id: str | None = None) -> None:
        """Forget what one ad account sent, or everything; numbers are not used again."""
        self._note("last_seq", self._last_seq)
        self._note("last_exchange", self._last_exchange)
        self._delete_evicted(completely=True)
        if ad_account_id is None:
            self._delete_all()
        else:
            self._delete_account(ad_account_id)

    def move_ad_account(self, former: str, ad_account_id: str) -> bool:
        """Move what is kept of one ad account to another. Returns whether there was anything."""
        moved = 0
        for table in TABLES_BY_AD_ACCOUNT:
            moved += self._number(f"SELECT count(*) FROM {table} WHERE ad_account_id = ?", former)  # noqa: S608 - ours
            move = f"UPDATE {table} SET ad_account_id = ? WHERE ad_account_id = ?"  # noqa: S608 - words of our own
            self._database.execute(move, (ad_account_id, former))
        start = min(self._starts.find(former), self._starts.find(ad_account_id))
        self._starts = self._starts.without(former).without(ad_account_id)
        if start < LAST:
            self._starts.note(ad_account_id, start)
        self.moves += bool(moved)
        return bool(moved)

    def give_back_memory(self) -> None:
        """Give back the memory, or the space on the disk, of an empty history. Not inside a transaction."""
        is_empty = not len(self) + len(self._kept.exchanges)
        if is_empty and self._number("PRAGMA freelist_count") >= MIN_FREE_PAGES:
            self._database.vacuum()

    def close(self) -> None:
        """Delete what is evicted, settle what a file keeps as clean requests, and close it."""
        if self._database.is_open and not (self._reading or self.damage):
            with suppress(StoreUnwritable):
                with self.transaction():
                    self._delete_evicted(completely=True)
                if self.path != MEMORY:
                    self._unsettled.settle()
        self._database.close()

    def _note_exchanges(self, rows: Sequence[ExchangeRow]) -> None:
        numbers = range(rows[0].id, rows[-1].id + 1)
        self._last_exchange = numbers[-1]
        self.evicted_exchanges += self._kept.exchanges.add(numbers, [*map(measure_exchange, rows)])
        self._delete_evicted()

    def _delete_all(self) -> None:
        for table in TABLES_BY_AD_ACCOUNT:
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - words of our own
        for kept in self._kept.kinds:
            kept.load([], [])
        self._unsettled.take_out_all()
        self._starts = AccountStarts()

    def _delete_account(self, ad_account_id: str) -> None:
        start = self._starts.find(ad_account_id)
        of_account = "FROM events WHERE ad_account_id = ? AND seq >= ?"
        events = self._database.select(f"SELECT seq {of_account}", ad_account_id, start)
        exchanges = self._database.select("SELECT id FROM exchanges WHERE ad_account_id = ?", ad_account_id)
        unsettled = self._unsettled.list_account(ad_account_id)
        self._database.execute(f"DELETE {of_account}", (ad_account_id, start))
        for table in TABLES_BY_AD_ACCOUNT[1:]:
            self._database.execute(f"DELETE FROM {table} WHERE ad_account_id = ?", (ad_account_id,))  # noqa: S608
        self._unsettled.take_out(unsettled)
        seqs = {row[0] for row in events}.union(
            *[range(request.first_seq, request.last_seq + 1) for request in unsettled]
        )
        numbers = {row[0] for row in exchanges} | {request.id for request in unsettled}
        for kept, removed in zip(self._kept.kinds, (seqs, seqs, numbers), strict=True):
            kept.remove(removed)
        self._starts = self._starts.without(ad_account_id)

    def _delete_evicted(self, *, completely: bool = False) -> None:
        """Delete the evicted rows of each kind of which a lot is waiting, or all of them."""
        for kept, deletion in zip(self._kept.kinds, _DELETIONS, strict=True):
            if kept.has_lot or (completely and kept.waiting):
                self._unsettled.evict()
                self._database.execute(deletion, kept.deletion_range)
                kept.note_deletion()
                self._note("evicted", self.evicted - self._kept.real.waiting - self._kept.tests.waiting)

    def _mark(self) -> Callable[[], None]:
        """Note the state at the beginning of a transaction. Returns a function that goes back to it."""
        self._unsettled.mark()
        counts = self._last_seq, self._last_exchange, self.evicted, self._starts
        return partial(self._restore, counts, self._kept.mark())

    def _restore(self, counts: tuple[int, int, int, AccountStarts], marks: Sequence[Mark]) -> None:
        self._last_seq, self._last_exchange, self.evicted, self._starts = counts
        self._kept.restore(marks)
        self._unsettled.restore(self._last_exchange)

    def _load_kept(self) -> None:
        """Read which rows are kept, in the order of their numbers."""
        columns = f"seq, {EVENT_SIZE}, test, ad_account_id"
        events = self._database.select(f"SELECT {columns} FROM events ORDER BY seq")  # noqa: S608 - ours
        for kept, test in ((self._kept.real, 0), (self._kept.tests, 1)):
            kind = [row for row in events if row[2] == test]
            self.evicted += kept.load([row[0] for row in kind], [row[1] for row in kind])
        self._starts = AccountStarts((row[3], row[0]) for row in events)
        exchanges = self._database.select(f"SELECT id, {EXCHANGE_SIZE} FROM exchanges ORDER BY id")  # noqa: S608 - ours
        self._kept.exchanges.load([row[0] for row in exchanges], [row[1] for row in exchanges])

    def _note(self, name: str, value: int) -> None:
        self._database.execute("INSERT OR REPLACE INTO counters VALUES (?, ?)", (name, value))

    def _counter(self, name: str) -> int:
        return self._number("SELECT value FROM counters WHERE name = ?", name)

    def _number(self, query: str, *values: Any) -> int:
        return self._database.select_number(query, *values)


def measure_event(row: EventRow) -> int:
    """The bytes of an event that count towards a bound: its payload and findings."""
    return _count_bytes(row.payload) + len(row.findings)


def measure_exchange(row: ExchangeRow) -> int:
    """The bytes of an exchange that count towards a bound: its body, its answer and the headers of both."""
    return len(row.body or b"") + len(row.answer) + len(row.headers) + len(row.answer_headers)


def _count_bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
