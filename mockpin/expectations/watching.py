"""Wait in the server until an expectation is met, can no longer be met, or its timeout has passed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.emulator.history.account_starts import LAST
from mockpin.emulator.history.store_errors import StoreClosed
from mockpin.emulator.notifications import COLLECTION_TIME
from mockpin.expectations.expectations import ExpectationOutcome

if TYPE_CHECKING:
    from mockpin.emulator.history.event_fields import EventRow
    from mockpin.emulator.history.store import Store
    from mockpin.emulator.notifications import Notifications
    from mockpin.expectations.expectations import Expectation
    from mockpin.expectations.matching import Record

#: The most events compared in search of near misses: the latest.
MAX_COMPARED_EVENTS = 1000
#: Events per read in that search, and the seconds after which it stops.
PAGE_SIZE = 100
NEAR_MISS_TIMEOUT = 0.1
#: Events per read in search of matches. Other requests can use the store between two reads.
MATCH_PAGE_SIZE = 1000
#: Seconds between two checks whether the client is still there.
CLIENT_CHECK_INTERVAL = 1.0


def never_abandoned() -> bool:
    """Return False, for a client that cannot close its connection."""
    return False


@dataclass
class Watch:
    """An expectation and the matching events after event `after`. Reads each event once, until it is settled.

    `abandoned` says whether the client has closed its connection, which ends reading; `timer` gives seconds.
    """

    store: Store
    expectation: Expectation
    after: int = 0
    abandoned: Callable[[], bool] = never_abandoned
    timer: Callable[[], float] = time.monotonic
    read_until: int = field(init=False)
    _moves: int = field(init=False)
    _matching: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.read_until, self._moves = self.after, self.store.moves

    def read_new_events(self) -> ExpectationOutcome:
        """Read the events that have arrived since the last read, and compare them with the expectation."""
        newest = self.store.last_seq
        if self._moves != self.store.moves:  # events that were read are another ad account's now
            self.read_until, self._moves, self._matching = self.after, self.store.moves, []
        while self.read_until < newest and not (self.current_outcome().settled or self.abandoned()):
            until = min(newest, self.store.find_window_end(after=self.read_until, size=MATCH_PAGE_SIZE))
            self._matching += self._find_matches(until)
            self.read_until = until
        return self.current_outcome()

    def _find_matches(self, until: int) -> list[Record]:
        full_match = self.expectation.full_match
        rows = self.store.events(
            after=self.read_until,
            until=until,
            limit=MATCH_PAGE_SIZE,
            containing=[value for value in full_match.payload.values() if isinstance(value, str)],
            **full_match.filters,
        )
        return full_match.select(row.to_dict() for row in rows)

    def finish(self) -> ExpectationOutcome:
        """Read new events a last time, and add the latest events for the search for near misses."""
        outcome = self.read_new_events()
        is_settled = outcome.met or outcome.exceeded or self.abandoned()
        return ExpectationOutcome(self.expectation, () if is_settled else self._read_latest(), outcome.events)

    def current_outcome(self) -> ExpectationOutcome:
        """Return the outcome for the events read so far, without near misses."""
        return ExpectationOutcome(self.expectation, (), tuple(self._matching))

    def _read_latest(self) -> tuple[Record, ...]:
        """Read the latest events, only the expected ad account's if one is named; stop when time is up."""
        filters: Mapping[str, Any] = self.expectation.full_match.filters
        scope = {name: filters[name] for name in ("ad_account_id",) if name in filters}
        rows: list[EventRow] = []
        deadline = self.timer() + NEAR_MISS_TIMEOUT
        while len(rows) < MAX_COMPARED_EVENTS:
            until = rows[-1].seq - 1 if rows else LAST
            page = self.store.events(
                after=self.after, until=until, newest_first=True, limit=PAGE_SIZE, **scope
            )
            rows += page
            if len(page) < PAGE_SIZE or self.timer() > deadline:
                break
        return tuple(row.to_dict() for row in reversed(rows))


def await_outcome(notifications: Notifications, watch: Watch, *, timeout: float) -> ExpectationOutcome:
    """Wait until an expectation is settled, at most `timeout` seconds of the machine's clock.

    Stop early when the client has closed its connection or the emulator is closed.
    """
    deadline, collection_time = watch.timer() + timeout, 0.0
    with suppress(StoreClosed):  # the emulator may be closed during a read
        while not watch.read_new_events().settled and await_new_event(
            notifications, watch, deadline=deadline, collection_time=collection_time
        ):
            collection_time = COLLECTION_TIME  # not the first time: one event may suffice
        return watch.finish()
    return watch.current_outcome()


def await_new_event(
    notifications: Notifications, watch: Watch, *, deadline: float, collection_time: float
) -> bool:
    """Wait for a new event. Return False at the deadline, when the emulator closes or the client leaves."""
    while (seconds := deadline - watch.timer()) > 0 and not (notifications.is_closed or watch.abandoned()):
        timeout = min(seconds, CLIENT_CHECK_INTERVAL)
        if notifications.wait(
            after=watch.read_until, timeout=timeout, collection_time=min(collection_time, timeout)
        ):
            return True
    return False
