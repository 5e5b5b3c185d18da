"""Queries of the history: events, exchanges and what a real service answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from mockpin.emulator.history import shadow_answers
from mockpin.emulator.history.account_starts import LAST, AccountStarts
from mockpin.emulator.history.clean_requests import SLICE_EVENTS, UnsettledRequests
from mockpin.emulator.history.event_fields import FILTERS, EventRow
from mockpin.emulator.history.first_reports import FirstReportsRow
from mockpin.emulator.history.records import EventCount, ExchangeRow, Record, read_payload
from mockpin.emulator.history.shadow_answers import ShadowAnswer

if TYPE_CHECKING:
    import sqlite3

    from mockpin.emulator.history.bounds import KeptHistory
    from mockpin.emulator.history.database import StoreDatabase
    from mockpin.emulator.history.first_reports import FirstReports

Row = TypeVar("Row", EventRow, ExchangeRow)

#: The most rows that one query returns, unless it is told otherwise.
PAGE = 1000


#: The rows that the bounds of the history keep; the store deletes the others later.
KEPT_EVENTS = "WITH kept AS (SELECT * FROM events WHERE seq > CASE test WHEN 0 THEN ? ELSE ? END) "
KEPT_EXCHANGES = "WITH kept AS (SELECT * FROM exchanges WHERE id > ?) "
#: Those of an ad account or, without one, of all; those that added no event to the history.
EXCHANGE_FILTERS = {"ad_account_id": "? IN (ad_account_id, '')", "eventless": "first_seq IS NULL AND ?"}


class StoreReader:
    """Reads the rows of a store that `kept` says are kept. Safe between threads."""

    def __init__(self, database: StoreDatabase, kept: KeptHistory) -> None:
        self._database, self._kept = database, kept
        self._unsettled = UnsettledRequests(database, kept)
        self._starts = AccountStarts()
        self._has_shadow = bool(database.select_number(shadow_answers.EXISTS))

    def find_home(self) -> tuple[str, bool]:
        """The ad account of the latest hit of the tag, else of the latest event; whether the API used it."""
        rows = self._database.select(
            "SELECT ad_account_id FROM events ORDER BY source = 'tag' DESC, seq DESC LIMIT 1"
        )
        home = rows[0][0] if rows else ""
        heard = self._database.select(
            "SELECT 1 FROM events WHERE ad_account_id = ? AND source = 'api' LIMIT 1", home
        )
        return home, bool(heard)

    def first_reports(self) -> Iterator[FirstReports]:
        """The first reports of each request, oldest first."""
        self._unsettled.settle()
        query, after = "SELECT * FROM deduplication_keys WHERE seq > ? ORDER BY seq LIMIT ?", 0
        while rows := [FirstReportsRow(*row) for row in self._database.select(query, after, PAGE)]:
            yield from (row.read() for row in rows)
            after = rows[-1].seq

    def events(
        self,
        *,
        after: int = 0,
        until: int = LAST,
        limit: int = PAGE,
        newest_first: bool = False,
        containing: Sequence[str] = (),
        **conditions: Any,
    ) -> list[EventRow]:
        """Events numbered above `after` and up to `until`; `conditions` as in `FILTERS`.

        Each text of `containing` is a name or a value in the payload.
        """
        texts = [orjson.dumps(text).decode() for text in containing]
        kept = (*(FILTERS[name].condition for name in conditions), *["instr(payload, ?)"] * len(texts))
        where = " AND ".join(["seq > ?", "seq <= ?", *kept])
        order = "seq DESC" if newest_first else "seq"
        query = f"SELECT * FROM kept WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 - words of our own
        after = max(after, self._starts.find(conditions.get("ad_account_id")) - 1)
        rows: list[EventRow] = []
        for above, end in self._unsettled.settle_windows(after, until, newest_first=newest_first):
            values = (above, end, *_values(conditions), *texts, limit - len(rows))
            rows += [EventRow(*row) for row in self._select_settled(query, *values)]
            if len(rows) == limit:
                break
        return rows

    def find_window_end(self, *, after: int, size: int) -> int:
        """The number of the last of the next `size` events above `after`; `LAST` when there are fewer."""
        query = "SELECT seq FROM kept WHERE seq > ? ORDER BY seq LIMIT 1 OFFSET ?"
        rows = self._select_events(query, after, size - 1)
        return int(rows[0][0]) if rows else LAST

    def tally(self) -> list[EventCount]:
        """How many events of each kind are kept."""
        kinds = "SELECT test, status, duplicate_of IS NOT NULL, count(*) FROM kept GROUP BY 1, 2, 3"
        return [EventCount(*row) for row in self._select_events(kinds)]

    def each_event(self, **conditions: Any) -> Iterator[EventRow]:
        """All that `events` would give, page by page, so that a long report holds up no request."""
        return _turn_pages(self.events, attrgetter("seq"), **conditions)

    def sent_names(self, ad_account_id: str) -> list[str]:
        """The names of an ad account's real events as they were sent, in the order of their first report."""
        query = (
            "SELECT sent_name FROM kept WHERE seq >= ? AND ad_account_id = ? AND NOT test "
            "GROUP BY 1 ORDER BY min(seq)"
        )
        rows = self._select_events(query, self._starts.find(ad_account_id), ad_account_id)
        return [name for (name,) in rows]

    def last_tag_event_at(self, ad_account_id: str) -> float | None:
        """When the ad account's tag last reported an event, in Unix seconds."""
        query = "SELECT max(received_at) FROM kept WHERE seq >= ? AND ad_account_id = ? AND source = 'tag'"
        ((moment,),) = self._select_events(query, self._starts.find(ad_account_id), ad_account_id)
        return None if moment is None else float(moment)

    def exchanges(
        self,
        *,
        after: int = 0,
        until: int = LAST,
        limit: int = PAGE,
        newest_first: bool = False,
        **conditions: Any,
    ) -> list[ExchangeRow]:
        """Exchanges numbered above `after` and up to `until`; `conditions` as in `EXCHANGE_FILTERS`."""
        where = " AND ".join(["id > ?", "id <= ?", *map(EXCHANGE_FILTERS.__getitem__, conditions)])
        order = "id DESC" if newest_first else "id"
        query = f"SELECT * FROM kept WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 - words of our own
        values = (value or "" for value in conditions.values())
        rows = self._select_exchanges(query, after, until, *values, limit)
        return [ExchangeRow(*row) for row in rows]

    def faulted_exchanges(self) -> dict[int, str]:
        """The number of each exchange that met an injected fault, with the kind of the fault."""
        rows = self._select_exchanges("SELECT id, fault FROM kept WHERE fault IS NOT NULL")
        return {int(row[0]): str(row[1]) for row in rows}

    def each_exchange(self, **conditions: Any) -> Iterator[ExchangeRow]:
        """All that `exchanges` would give, page by page."""
        return _turn_pages(self.exchanges, attrgetter("id"), **conditions)

    def describe(self, exchange: ExchangeRow) -> Record:
        """The exchange as the admin API gives it, its body made of the payloads that are still kept."""
        return next(self.describe_each([exchange]))

    def describe_each(self, exchanges: Iterable[ExchangeRow], *, payloads: bool = True) -> Iterator[Record]:
        """The exchanges as `describe` gives one. Neighbours are read together: a read holds up senders.

        Without `payloads`, bodies that are made of them are None.
        """
        for _, neighbours in groupby(exchanges, key=_find_slice):
            yield from self._describe_together([*neighbours], payloads=payloads)

    def _describe_together(self, exchanges: Sequence[ExchangeRow], *, payloads: bool) -> Iterator[Record]:
        ids = [exchange.id for exchange in exchanges]
        kept = self._read_payloads(exchanges) if payloads else {}
        answers = {
            answer.request_id: answer for answer in self.shadow_answers(after=min(ids) - 1, until=max(ids))
        }
        for exchange in exchanges:
            shadow = {"shadow": answers[exchange.id].to_dict()} if exchange.id in answers else {}
            yield exchange.to_dict(kept.get(exchange.id)) | shadow

    def _read_payloads(self, exchanges: Sequence[ExchangeRow]) -> dict[int, list[Any]]:
        """The payloads of each exchange's events that are still kept."""
        spans = [exchange.event_seqs for exchange in exchanges if exchange.event_seqs]
        first, last = min(map(min, spans), default=0), max(map(max, spans), default=0)
        query = "SELECT seq, payload FROM kept WHERE seq BETWEEN ? AND ?"
        texts = dict(map(tuple, self._select_events(query, first, last))) if spans else {}
        return {
            exchange.id: [read_payload(texts[seq]) for seq in exchange.event_seqs if seq in texts]
            for exchange in exchanges
        }

    def shadow_answers(
        self, *, after: int = 0, until: int = LAST, limit: int = PAGE, ad_account_id: str | None = None
    ) -> list[ShadowAnswer]:
        """What a real service answered to requests numbered above `after`, oldest first."""
        if not self._has_shadow:
            return []
        rows = self._database.select(shadow_answers.SELECT, after, until, ad_account_id or "", limit)
        return [ShadowAnswer(*row) for row in rows]

    def shadow_of(self, row: EventRow) -> Record | None:
        """What a real service answered about an event, None where it was not asked."""
        number = int(row.request_id)
        answers = self.shadow_answers(after=number - 1, until=number)
        return answers[0].describe_event(row.seq) if answers else None

    def event(self, seq: int) -> EventRow | None:
        """One event by its number."""
        rows = self._select_events("SELECT * FROM kept WHERE seq = ?", seq)
        return EventRow(*rows[0]) if rows else None

    def gone(self, seqs: Sequence[int]) -> list[int]:
        """Those of the events of these numbers that are kept no longer."""
        query = f"SELECT seq FROM kept WHERE seq IN ({','.join('?' * len(seqs))})"  # noqa: S608 - only marks
        kept = {seq for (seq,) in self._select_events(query, *seqs)}
        return [seq for seq in seqs if seq not in kept]

    def exchange(self, number: int) -> ExchangeRow | None:
        """One exchange by its number."""
        rows = self._select_exchanges("SELECT * FROM kept WHERE id = ?", number)
        return ExchangeRow(*rows[0]) if rows else None

    def _select_events(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query on the events that are kept."""
        self._unsettled.settle()
        return self._select_settled(query, *values)

    def _select_settled(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query on events whose rows are made."""
        with self._database.lock:
            return self._database.select(KEPT_EVENTS + query, *self._kept.event_floors, *values)

    def _select_exchanges(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a query on the exchanges that are kept."""
        self._unsettled.settle()
        with self._database.lock:
            return self._database.select(KEPT_EXCHANGES + query, self._kept.exchanges.floor, *values)


def _turn_pages(
    read: Callable[..., list[Row]],
    number: Callable[[Row], int],
    *,
    after: int = 0,
    until: int = LAST,
    newest_first: bool = False,
    **conditions: Any,
) -> Iterator[Row]:
    while page := read(after=after, until=until, newest_first=newest_first, **conditions):
        yield from page
        if newest_first:
            until = number(page[-1]) - 1
        else:
            after = number(page[-1])


def _find_slice(exchange: ExchangeRow) -> tuple[int, int]:
    """Equal for neighbours that are read together, which takes some milliseconds."""
    return exchange.id // SLICE_EVENTS, (exchange.last_seq or 0) // SLICE_EVENTS


def _values(conditions: Mapping[str, Any]) -> Iterator[Any]:
    return (FILTERS[name].as_stored(value) for name, value in conditions.items())
