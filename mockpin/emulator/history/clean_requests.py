"""Clean requests: kept as one row each, of which the rows of events are made when somebody reads.

Most requests are never looked at one by one, and one row costs a third of the commit of many.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.history.account_starts import LAST
from mockpin.emulator.history.event_fields import EventRow, fit_column
from mockpin.emulator.history.first_reports import FirstReportsRow
from mockpin.emulator.history.records import ExchangeRow, read_json
from mockpin_validator.judging.limited_data_processing import NOT_REQUESTED

if TYPE_CHECKING:
    from mockpin.emulator.history.bounds import KeptHistory
    from mockpin.emulator.history.database import StoreDatabase

#: Events whose rows are made together, which takes some milliseconds.
SLICE_EVENTS = 500
#: Seconds between two such slices, in which a request that waits for the store gets it.
PAUSE = 0.0002
_EXCHANGE_COLUMNS = len(ExchangeRow._fields)


class CleanRequest(NamedTuple):
    """A request whose events were processed as they were sent: no finding, no duplicate, nothing to mask.

    `reported_as` is the reporting class of all of them. `keys` are the first reports, as in
    `FirstReportsRow`. `events` is the JSON list of the payloads, without white space, and `sizes` the list of
    their lengths in bytes.
    """

    exchange: ExchangeRow
    reported_as: str
    keys: bytes
    sizes: bytes
    events: bytes

    @classmethod
    def read(cls, row: Sequence[Any]) -> CleanRequest:
        """The request of a row of the store."""
        return cls(ExchangeRow(*row[:_EXCHANGE_COLUMNS]), *row[_EXCHANGE_COLUMNS:])

    def to_row(self) -> Sequence[Any]:
        """The row of the store: the columns of the exchange, then the rest."""
        return (*self.exchange, *self[1:])

    def make_event_rows(self) -> Iterator[EventRow]:
        """The rows of its events, as the pipeline would have made them; none where the store is damaged."""
        exchange, begin = self.exchange, 1
        events, sizes = (read_json(text, default=[]) for text in (self.events, self.sizes))
        for seq, event, size in zip(exchange.event_seqs, events, sizes, strict=False):
            name = event.get("event_name", "")
            yield EventRow(
                seq=seq,
                received_at=exchange.received_at,
                ad_account_id=str(exchange.ad_account_id),
                source=exchange.source,
                test=0,
                event_name=canonical_name(name),
                sent_name=name,
                event_id=event.get("event_id", ""),
                action_source=event.get("action_source", ""),
                event_time=fit_column(event.get("event_time", 0)),
                status="processed",
                error_message="",
                warning_message="",
                duplicate_of=None,
                limited=0,
                limited_reason=NOT_REQUESTED.reason,
                reported_as=self.reported_as,
                findings="[]",
                payload=self.events[begin : begin + size].decode(),
                request_id=str(exchange.id),
            )
            begin += size + 1


def write_insert(table: str, columns: Sequence[str]) -> str:
    """An INSERT statement with a parameter for each column."""
    return f"INSERT INTO {table} VALUES ({','.join('?' * len(columns))})"  # noqa: S608 - words of our own


COLUMNS = (*ExchangeRow._fields, *CleanRequest._fields[1:])
INSERT_EVENT = write_insert("events", EventRow._fields)
INSERT_EXCHANGE = write_insert("exchanges", ExchangeRow._fields)
INSERT_FIRST_REPORTS = write_insert("deduplication_keys", FirstReportsRow._fields)
_INSERT = write_insert("clean_requests", COLUMNS)
EXISTS = "SELECT count(*) FROM sqlite_master WHERE name = 'clean_requests'"
_LIST = "SELECT id, first_seq, last_seq FROM clean_requests"
_SELECT = "SELECT * FROM clean_requests WHERE id BETWEEN ? AND ? ORDER BY id"
#: Make the rows of requests from `first` to `last`, except those of events, and delete the requests.
_MOVES = (
    (
        f"INSERT INTO exchanges SELECT {', '.join(ExchangeRow._fields)} "  # noqa: S608 - words of our own
        "FROM clean_requests WHERE id BETWEEN :first AND :last AND id > :floor"
    ),
    (
        "INSERT INTO deduplication_keys SELECT last_seq, ad_account_id, received_at, keys "
        "FROM clean_requests WHERE id BETWEEN :first AND :last AND keys != x''"
    ),
    "DELETE FROM clean_requests WHERE id BETWEEN :first AND :last",
)


class UnsettledRequest(NamedTuple):
    """A clean request whose event rows are not made yet: its number and those of its events."""

    id: int
    first_seq: int
    last_seq: int


class UnsettledRequests:
    """The clean requests whose event rows are not made yet, oldest first. Safe between threads."""

    def __init__(
        self, database: StoreDatabase, kept: KeptHistory, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._database, self._kept, self._pause = database, kept, pause
        self._requests: dict[int, UnsettledRequest] = {}
        #: What the present transaction has taken out, for it to come back when it fails.
        self._removed: list[UnsettledRequest] = []

    def load(self) -> None:
        """Read which requests of the store are unsettled; an older store that is only read has none."""
        rows = self._database.select(f"{_LIST} ORDER BY id") if self._database.select_number(EXISTS) else ()
        self._requests = {row[0]: UnsettledRequest(*row) for row in rows}

    def add(self, requests: Sequence[CleanRequest]) -> None:
        """Store the newest requests, inside a transaction."""
        self._database.execute_many(_INSERT, [request.to_row() for request in requests])
        for request in requests:
            number, first, last = request.exchange.id, request.exchange.first_seq, request.exchange.last_seq
            self._requests[number] = UnsettledRequest(number, first or 0, last or 0)

    def settle(self) -> None:
        """Make the rows of all, slice by slice. Raises StoreUnwritable."""
        while self.settle_slice():
            self._pause(PAUSE)

    def settle_slice(self) -> bool:
        """Make the rows of the oldest `SLICE_EVENTS`, or of one request. Returns whether more are left."""
        if self._requests and self._database.is_open:
            with self._database.lock:
                self._settle_together(_cut_slice(self._requests.values(), SLICE_EVENTS))
        return bool(self._requests) and self._database.is_open

    def settle_windows(
        self, after: int, until: int, *, newest_first: bool = False
    ) -> Iterator[tuple[int, int]]:
        """Split the events above `after` and up to `until` into windows, each settled when it is given.

        They come in the order of reading, so that a reader can stop before all of them are settled.
        """
        pending = self._find(after, until, newest_first=newest_first) if self._requests else []
        while requests := _cut_slice(pending, SLICE_EVENTS):
            pending = pending[len(requests) :]
            with self._database.lock:
                self._settle_together([request for request in requests if request.id in self._requests])
            if pending:
                self._pause(PAUSE)
            if newest_first:
                border = max(after, requests[-1].first_seq - 1)
                yield border, until
                until = border
            else:
                border = min(until, requests[-1].last_seq)
                yield after, border
                after = border
        yield after, until

    def evict(self) -> None:
        """Take out the requests whose events are all evicted, inside a transaction."""
        floor = self._kept.real.floor
        evicted = [*takewhile(lambda request: request.last_seq <= floor, self._requests.values())]
        if evicted:
            self._move(evicted)

    def list_account(self, ad_account_id: str) -> list[UnsettledRequest]:
        """The requests of one ad account."""
        rows = self._database.select(f"{_LIST} WHERE ad_account_id = ?", ad_account_id)
        return [UnsettledRequest(*row) for row in rows]

    def take_out(self, requests: Iterable[UnsettledRequest]) -> None:
        """Forget requests that are deleted, inside a transaction."""
        for request in [*requests]:
            self._removed.append(self._requests.pop(request.id))

    def take_out_all(self) -> None:
        """Forget all requests, which are deleted, inside a transaction."""
        self.take_out(self._requests.values())

    def mark(self) -> None:
        """Note that a transaction begins."""
        self._removed = []

    def _mark_all(self) -> Callable[[], None]:
        self.mark()
        return partial(self.restore, LAST)

    def restore(self, last_exchange: int) -> None:
        """Go back to the beginning of a transaction, when `last_exchange` was the latest number."""
        before = sorted([*self._removed, *self._requests.values()])
        self._requests = {request.id: request for request in before if request.id <= last_exchange}

    def _find(self, after: int, until: int, *, newest_first: bool) -> list[UnsettledRequest]:
        with self._database.lock:
            every = [*self._requests.values()]
        found = [request for request in every if request.last_seq > after and request.first_seq <= until]
        return sorted(found, reverse=newest_first)

    def _settle_together(self, requests: Sequence[UnsettledRequest]) -> None:
        """Make the rows of neighbours in one transaction."""
        if not requests:
            return
        numbers = min(requests).id, max(requests).id
        with self._database.transaction(self._mark_all, allows_copy=True):
            # A damaged file may have lost some of them.
            self._make_event_rows(map(CleanRequest.read, self._database.select(_SELECT, *numbers)))
            self._move(requests)

    def _make_event_rows(self, requests: Iterable[CleanRequest]) -> None:
        """Make the rows of the events that are kept."""
        floor = self._kept.real.floor
        rows = [event for request in requests for event in request.make_event_rows()]
        self._database.execute_many(INSERT_EVENT, [tuple(row) for row in rows if row.seq > floor])

    def _move(self, requests: Sequence[UnsettledRequest]) -> None:
        """Make the other rows of neighbours, and forget them, inside a transaction."""
        floor = self._kept.exchanges.floor
        numbers = {"first": min(requests).id, "last": max(requests).id, "floor": floor}
        for statement in _MOVES:
            self._database.execute(statement, numbers)
        self.take_out(requests)


def _cut_slice(requests: Iterable[UnsettledRequest], size: int) -> list[UnsettledRequest]:
    """The first of them that have `size` events together, or one that has more."""
    chosen, count = [], 0
    for request in requests:
        chosen.append(request)
        count += request.last_seq - request.first_seq + 1
        if count >= size:
            break
    return chosen
