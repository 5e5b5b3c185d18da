"""Waiting in the server until an expectation is met, cannot be met any more, or time is up."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.emulator.history.store_file import StoreClosed
from mockpin.emulator.notifications import COLLECTION_TIME
from mockpin.expectations.expectations import ExpectationOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockpin.emulator.history.records import EventRow
    from mockpin.emulator.history.store import Store
    from mockpin.emulator.notifications import Notifications
    from mockpin.expectations.expectations import Expectation
    from mockpin.expectations.matching import Record

#: How many of the latest events are compared in search of near misses.
MAX_COMPARED = 1000
#: How many of them are read at once, and the seconds after which no more are.
PAGE = 100
COMPARISON_TIME = 0.1
#: How many events are read at once in search of matches; other requests have their turn in between.
WINDOW = 1000
#: Seconds between two checks whether the client is still there.
CLIENT_CHECK_INTERVAL = 1.0


def never() -> bool:
    """False: the client cannot have gone."""
    return False


@dataclass
class Watch:
    """An expectation and what has come since event `after`. Every event is read once, until it is settled.

    `abandoned` says whether the client has gone, so that nothing more need be read; `timer` gives seconds.
    """

    store: Store
    expectation: Expectation
    after: int = 0
    abandoned: Callable[[], bool] = never
    timer: Callable[[], float] = time.monotonic
    seen: int = field(init=False)
    _found: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen = self.after

    def look(self) -> ExpectationOutcome:
        """Read what is new, and compare."""
        newest = self.store.last_seq
        while self.seen < newest and not (self.give_up().settled or self.abandoned()):
            until = min(newest, self.store.find_window_end(after=self.seen, size=WINDOW))
            self._found += self._find_matches(until)
            self.seen = until
        return self.give_up()

    def _find_matches(self, until: int) -> list[Record]:
        described = self.expectation.described
        rows = self.store.events(
            after=self.seen,
            until=until,
            limit=WINDOW,
            containing=[value for value in described.payload.values() if isinstance(value, str)],
            **described.filters,
        )
        return described.select(row.to_dict() for row in rows)

    def finish(self) -> ExpectationOutcome:
        """The last comparison, with the events among which near misses are found."""
        outcome = self.look()
        is_settled = outcome.met or outcome.exceeded or self.abandoned()
        return ExpectationOutcome(self.expectation, () if is_settled else self._read_latest(), outcome.events)

    def give_up(self) -> ExpectationOutcome:
        """What was seen so far."""
        return ExpectationOutcome(self.expectation, (), tuple(self._found))

    def _read_latest(self) -> tuple[Record, ...]:
        """The latest events, of the same ad account where one was named; fewer when time is short."""
        filters: Mapping[str, Any] = self.expectation.described.filters
        scope = {name: filters[name] for name in ("ad_account_id",) if name in filters}
        rows: list[EventRow] = []
        deadline = self.timer() + COMPARISON_TIME
        while len(rows) < MAX_COMPARED:
            before = rows[-1].seq if rows else None
            page = self.store.latest_events(before=before, after=self.after, limit=PAGE, **scope)
            rows += page
            if len(page) < PAGE or self.timer() > deadline:
                break
        return tuple(row.to_dict() for row in reversed(rows))


def await_outcome(notifications: Notifications, watch: Watch, *, timeout: float) -> ExpectationOutcome:
    """Wait at most `timeout` seconds of the machine's clock until an expectation is settled.

    Ends early when the client has gone or the emulator is closed.
    """
    deadline, collection_time = watch.timer() + timeout, 0.0
    with suppress(StoreClosed):  # the emulator may be closed at any moment, also while the store is read
        while not watch.look().settled and await_news(
            notifications, watch, deadline=deadline, collection_time=collection_time
        ):
            collection_time = COLLECTION_TIME  # not at first: one event may be all that is missing
        return watch.finish()
    return watch.give_up()


def await_news(
    notifications: Notifications, watch: Watch, *, deadline: float, collection_time: float
) -> bool:
    """Wait for an event the watch has not seen. False at the deadline, at the end, or without a client."""
    while (seconds := deadline - watch.timer()) > 0 and not (notifications.closed or watch.abandoned()):
        span = min(seconds, CLIENT_CHECK_INTERVAL)
        if notifications.wait(after=watch.seen, timeout=span, collection_time=min(collection_time, span)):
            return True
    return False
