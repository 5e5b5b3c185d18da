"""The history: what was received, kept in SQLite and committed before an answer goes out."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from threading import RLock
from typing import TYPE_CHECKING, Any
from weakref import finalize

import orjson

from mockpin.emulator.breakdowns import LOGGER
from mockpin.emulator.history import shadow_answers
from mockpin.emulator.history.event_fields import FILTERS, EventRow
from mockpin.emulator.history.first_reports import DeduplicationKey, FirstReport
from mockpin.emulator.history.records import EventCount, ExchangeRow, Record, read_payload
from mockpin.emulator.history.salvage import copy_sound_rows, decode_leniently, find_damage
from mockpin.emulator.history.shadow_answers import ShadowAnswer
from mockpin.emulator.history.store_file import (
    HOW_TO_SALVAGE,
    MEMORY,
    NOTHING_LOST,
    StoreClosed,
    StoreDamaged,
    StoreUnwritable,
    explain,
    make_temporary,
    open_database,
    open_for_reading,
    read_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PAGE = 1000
#: No number of an event is larger.
LAST = 2**63 - 1
#: How Python's sqlite3 begins to say that a text is not UTF-8; it has no code of its own.
UNDECODABLE = "Could not decode to UTF-8"
_EVENT = f"INSERT INTO events VALUES ({','.join('?' * len(EventRow._fields))})"  # noqa: S608 - ours
_EVICT = [
    f"DELETE FROM events WHERE seq IN (SELECT seq FROM events WHERE {kind} ORDER BY seq LIMIT ?)"  # noqa: S608 - ours
    for kind in ("NOT test", "test")
]
_EXCHANGE = f"INSERT INTO exchanges VALUES ({','.join('?' * len(ExchangeRow._fields))})"  # noqa: S608 - ours
_EVICT_EXCHANGES = "DELETE FROM exchanges WHERE id IN (SELECT id FROM exchanges ORDER BY id LIMIT ?)"


class Store:
    """The rows of one emulator. Safe between threads; `transaction` is where everything is written.

    `bound` is how many events of each kind, real and test, and how many exchanges are kept; the oldest make
    room. `path` is a file or `:memory:`; with `reading` it must be a store already, and stays as it is.
    `trouble` is why the last transaction could not be written, empty when it was. `damage` says what of the
    file cannot be read: the rest is then read from a temporary copy, and nothing is written any more. Raises
    StoreFailed when the file cannot be used, StoreDamaged when it is to be written or nothing of it can be
    read, and StoreClosed when it is read after its end.
    """

    def __init__(self, path: str = MEMORY, *, bound: int = 100_000, reading: bool = False) -> None:
        self.path, self.trouble, self.damage = path, "", ""
        self._bound = bound
        self._lock = RLock()
        self._database = open_for_reading(path) if reading else open_database(path)
        self._let_go = finalize(self, self._database.close)  # an application in memory is seldom closed
        if find_damage(self._database):
            self._read_copy()
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
        self._has_shadow = bool(self._number(shadow_answers.EXISTS))

    def __len__(self) -> int:
        return sum(self._kept)

    @property
    def last_seq(self) -> int:
        """The number of the latest event that is committed, or that the transaction around has added."""
        with self._lock:
            return self._last_seq

    @property
    def last_exchange(self) -> int:
        """The number of the latest exchange, committed or added as above."""
        with self._lock:
            return self._last_exchange

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside is committed together, or not at all. Raises StoreUnwritable."""
        with self._lock:
            if self.damage:
                raise StoreUnwritable(self.path, self.trouble)
            counts = self._counts()
            try:
                self._database.execute("BEGIN IMMEDIATE")
                yield
                self._database.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back(counts)
                self.trouble = explain(error, self.path)
                raise StoreUnwritable(self.path, self.trouble) from None
            except BaseException:
                self._roll_back(counts)
                raise
            self.trouble = ""

    def add_events(self, rows: Sequence[EventRow]) -> None:
        """Append events, numbered on from `last_seq`."""
        if not rows:
            return
        self._database.executemany(_EVENT, map(tuple, rows))  # of other sequences it asks value by value
        self._last_seq = rows[-1].seq
        tests = sum([row.test for row in rows])
        for test, more in enumerate((len(rows) - tests, tests)):
            self._kept[test] += more
            if self._kept[test] > self._bound:
                self._evict_events(test, self._kept[test] - self._bound)

    def add_exchanges(self, rows: Sequence[ExchangeRow]) -> None:
        """Append exchanges, numbered on from `last_exchange`."""
        self._database.executemany(_EXCHANGE, map(tuple, rows))
        self._last_exchange = rows[-1].id
        self._exchanges_kept += len(rows)
        if self._exchanges_kept > self._bound:
            self._database.execute(_EVICT_EXCHANGES, (self._exchanges_kept - self._bound,))
            self._exchanges_kept = self._bound

    def add_first_reports(self, firsts: Sequence[tuple[DeduplicationKey, FirstReport]]) -> None:
        """Keep first reports, for duplicates to be known after a restart."""
        if firsts:
            rows = [(first.seq, *key, first.seen) for key, first in firsts]
            self._database.executemany("INSERT OR REPLACE INTO firsts VALUES (?,?,?,?,?)", rows)

    def prune_first_reports(self, last: int) -> None:
        """Forget the first reports up to a number."""
        if last:
            self._database.execute("DELETE FROM firsts WHERE seq <= ?", (last,))

    def first_reports(self) -> Iterator[tuple[DeduplicationKey, FirstReport]]:
        """The first reports, oldest first."""
        for seq, account, name, event_id, seen in self._select("SELECT * FROM firsts ORDER BY seq"):
            yield DeduplicationKey(account, name, event_id), FirstReport(seq, seen)

    def events(
        self,
        *,
        after: int = 0,
        until: int = LAST,
        limit: int = PAGE,
        containing: Sequence[str] = (),
        **conditions: Any,
    ) -> list[EventRow]:
        """Events numbered above `after` and up to `until`, oldest first; `conditions` as in `FILTERS`.

        Each text of `containing` is a name or a value in the payload.
        """
        texts = [orjson.dumps(text).decode() for text in containing]
        kept = (*(FILTERS[name].condition for name in conditions), *["instr(payload, ?)"] * len(texts))
        where = " AND ".join(["seq > ?", "seq <= ?", *kept])
        query = f"SELECT * FROM events WHERE {where} ORDER BY seq LIMIT ?"  # noqa: S608 - words of our own
        rows = self._select(query, after, until, *_values(conditions), *texts, limit)
        return [EventRow(*row) for row in rows]

    def find_window_end(self, *, after: int, size: int) -> int:
        """The number of the last of the next `size` events above `after`; `LAST` when there are fewer."""
        query = "SELECT seq FROM events WHERE seq > ? ORDER BY seq LIMIT 1 OFFSET ?"
        return self._number(query, after, size - 1) or LAST

    def latest_events(
        self, *, before: int | None = None, after: int = 0, limit: int = PAGE, **conditions: Any
    ) -> list[EventRow]:
        """Events numbered below `before` and above `after`, newest first; `conditions` as in `events`."""
        where = " AND ".join(["seq < ?", "seq > ?", *(FILTERS[name].condition for name in conditions)])
        query = f"SELECT * FROM events WHERE {where} ORDER BY seq DESC LIMIT ?"  # noqa: S608 - words of our own
        upper = LAST if before is None else before
        return [EventRow(*row) for row in self._select(query, upper, after, *_values(conditions), limit)]

    def tally(self) -> list[EventCount]:
        """How many events of each kind are kept."""
        kinds = "SELECT test, status, duplicate_of IS NOT NULL, count(*) FROM events GROUP BY 1, 2, 3"
        return [EventCount(*row) for row in self._select(kinds)]

    def each_event(self, *, after: int = 0, until: int = LAST, **conditions: Any) -> Iterator[EventRow]:
        """All such events, page by page, so that a long report holds up no request."""
        while page := self.events(after=after, until=until, **conditions):
            yield from page
            after = page[-1].seq

    def sent_names(self, ad_account_id: str) -> list[str]:
        """The names of an ad account's real events as they were sent, in the order of their first report."""
        query = (
            "SELECT sent_name FROM events WHERE ad_account_id = ? AND NOT test GROUP BY 1 ORDER BY min(seq)"
        )
        return [name for (name,) in self._select(query, ad_account_id)]

    def last_fired(self, ad_account_id: str) -> float | None:
        """When the ad account's tag last reported an event, in Unix seconds."""
        query = "SELECT max(received_at) FROM events WHERE ad_account_id = ? AND source = 'tag'"
        ((moment,),) = self._select(query, ad_account_id)
        return None if moment is None else float(moment)

    def exchanges(
        self, *, after: int = 0, limit: int = PAGE, ad_account_id: str | None = None
    ) -> list[ExchangeRow]:
        """Exchanges numbered above `after`, oldest first."""
        query = "SELECT * FROM exchanges WHERE id > ? AND ? IN (ad_account_id, '') ORDER BY id LIMIT ?"
        return [ExchangeRow(*row) for row in self._select(query, after, ad_account_id or "", limit)]

    def latest_exchanges(
        self, *, before: int = LAST, after: int = 0, limit: int = PAGE, eventless: bool = False
    ) -> list[ExchangeRow]:
        """Exchanges numbered below `before` and above `after`, newest first.

        `eventless` asks only for those that added no event to the history.
        """
        where = "id < ? AND id > ?" + (" AND first_seq IS NULL" if eventless else "")
        query = f"SELECT * FROM exchanges WHERE {where} ORDER BY id DESC LIMIT ?"  # noqa: S608 - words of our own
        return [ExchangeRow(*row) for row in self._select(query, before, after, limit)]

    def faulted_exchanges(self) -> dict[int, str]:
        """The number of each exchange that met an injected fault, with the kind of the fault."""
        rows = self._select("SELECT id, fault FROM exchanges WHERE fault IS NOT NULL")
        return {int(row[0]): str(row[1]) for row in rows}

    def each_exchange(self, *, ad_account_id: str | None = None) -> Iterator[ExchangeRow]:
        """All exchanges, page by page."""
        after = 0
        while page := self.exchanges(after=after, ad_account_id=ad_account_id):
            yield from page
            after = page[-1].id

    def describe(self, exchange: ExchangeRow) -> Record:
        """The exchange as the admin API gives it, its body made of the payloads that are still kept."""
        first, last = exchange.first_seq or 0, exchange.last_seq or 0
        query = "SELECT payload FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq"
        record = exchange.to_dict([read_payload(payload) for (payload,) in self._select(query, first, last)])
        shadow = self.shadow_answers(after=exchange.id - 1, until=exchange.id)
        return {**record, "shadow": shadow[0].to_dict()} if shadow else record

    def add_shadow_answer(self, row: ShadowAnswer) -> None:
        """Keep what a real service answered to a request, for as long as exchanges are kept."""
        self._database.execute(shadow_answers.INSERT, row)
        self._database.execute(shadow_answers.PRUNE, (self._last_exchange - self._bound,))

    def shadow_answers(
        self, *, after: int = 0, until: int = LAST, limit: int = PAGE, ad_account_id: str | None = None
    ) -> list[ShadowAnswer]:
        """What a real service answered to requests numbered above `after`, oldest first."""
        if not self._has_shadow:
            return []
        rows = self._select(shadow_answers.SELECT, after, until, ad_account_id or "", limit)
        return [ShadowAnswer(*row) for row in rows]

    def shadow_of(self, row: EventRow) -> Record | None:
        """What a real service answered about an event, None where it was not asked."""
        number = int(row.request_id)
        answers = self.shadow_answers(after=number - 1, until=number)
        return answers[0].describe_event(row.seq) if answers else None

    def event(self, seq: int) -> EventRow | None:
        """One event by its number."""
        rows = self._select("SELECT * FROM events WHERE seq = ?", seq)
        return EventRow(*rows[0]) if rows else None

    def gone(self, seqs: Sequence[int]) -> list[int]:
        """Those of the events of these numbers that are kept no longer."""
        query = f"SELECT seq FROM events WHERE seq IN ({','.join('?' * len(seqs))})"  # noqa: S608 - only marks
        kept = {seq for (seq,) in self._select(query, *seqs)}
        return [seq for seq in seqs if seq not in kept]

    def exchange(self, number: int) -> ExchangeRow | None:
        """One exchange by its number."""
        rows = self._select("SELECT * FROM exchanges WHERE id = ?", number)
        return ExchangeRow(*rows[0]) if rows else None

    def reset(self, ad_account_id: str | None = None) -> None:
        """Forget what one ad account sent, or everything; numbers are not used again."""
        self._note("last_seq", self._last_seq)
        self._note("last_exchange", self._last_exchange)
        for table in ("events", "exchanges", "firsts", "shadow_answers"):
            clear = f"DELETE FROM {table} WHERE ? IN (ad_account_id, '')"  # noqa: S608 - words of our own
            self._database.execute(clear, (ad_account_id or "",))
        self._count()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._let_go()

    def _evict_events(self, test: int, surplus: int) -> None:
        self._database.execute(_EVICT[test], (surplus,))
        self._kept[test] -= surplus
        self.evicted += surplus
        self._note("evicted", self.evicted)

    def _counts(self) -> tuple[Any, ...]:
        return self._last_seq, self._last_exchange, self.evicted, tuple(self._kept), self._exchanges_kept

    def _roll_back(self, counts: tuple[Any, ...]) -> None:
        self._last_seq, self._last_exchange, self.evicted, kept, self._exchanges_kept = counts
        self._kept = list(kept)
        with suppress(sqlite3.Error):  # a full disk may have rolled back by itself
            self._database.execute("ROLLBACK")

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
        rows = self._select(query, *values)
        return int(rows[0][0] or 0) if rows else 0

    def _select(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            if not self._let_go.alive:
                raise StoreClosed(self.path)
            try:
                return self._database.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                self._read_on(error)
                return self._database.execute(query, values).fetchall()

    def _read_on(self, error: sqlite3.DatabaseError) -> None:
        """Make damage that a query has met readable around, or raise the error again."""
        if str(error).startswith(UNDECODABLE):
            self._database.text_factory = decode_leniently
        elif read_code(error) == sqlite3.SQLITE_CORRUPT and not self.damage:
            self._read_copy()
            LOGGER.error("The store %s is damaged: %s. %s", self.path, self.damage, HOW_TO_SALVAGE)
        else:
            raise error

    def _read_copy(self) -> None:
        """Go on with a temporary copy of what can still be read."""
        damaged, copy = self._let_go, make_temporary()
        self.damage = copy_sound_rows(self._database, copy) or NOTHING_LOST
        self.trouble = "it is damaged; stop mockpin and start it once with --salvage"
        self._database = copy
        self._let_go = finalize(self, copy.close)
        damaged()


def _values(conditions: Mapping[str, Any]) -> Iterator[Any]:
    return (FILTERS[name].as_stored(value) for name, value in conditions.items())
