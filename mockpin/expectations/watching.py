"""Waiting on the server's side until what is expected has come true, or cannot any more, or time is up."""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.emulator.history.store_file import StoreClosed
from mockpin.emulator.notifications import COLLECTION_TIME
from mockpin.expectations.expectations import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.history.store import Store
    from mockpin.expectations.expectations import Expectation
    from mockpin.expectations.matching import Record

# So many of the latest events are looked through for near misses.
LOOKED_THROUGH = 1000
# Seconds after which it is looked whether anybody is still there to be answered.
ATTENTION = 1.0


@dataclass
class Watch:
    """An expectation and what has come since `after`; every event is looked at once."""

    store: Store
    expectation: Expectation
    after: int = 0
    seen: int = field(init=False)
    _found: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.seen = self.after

    def look(self) -> Outcome:
        """Take in what is new, and compare."""
        newest = self.store.last_seq
        described = self.expectation.described
        rows = self.store.each_event(after=self.seen, until=newest, **described.filters)
        self._found += described.select(row.to_dict() for row in rows)
        self.seen = max(self.seen, newest)
        return self.give_up()

    def finish(self) -> Outcome:
        """The last comparison, with the events among which near misses are found."""
        outcome = self.look()
        received = () if outcome.met or outcome.exceeded else self._receive_lately()
        return Outcome(self.expectation, received, outcome.events)

    def give_up(self) -> Outcome:
        """What was seen so far, when there is no store to look at any more."""
        return Outcome(self.expectation, (), tuple(self._found))

    def _receive_lately(self) -> tuple[Record, ...]:
        """The latest events, of the same ad account where one was named."""
        filters: Mapping[str, Any] = self.expectation.described.filters
        scope = {name: filters[name] for name in ("ad_account_id",) if name in filters}
        rows = self.store.each_event(after=self.after, **scope)
        return tuple(row.to_dict() for row in deque(rows, maxlen=LOOKED_THROUGH))


def await_outcome(
    emulator: Emulator,
    watch: Watch,
    *,
    timeout: float,
    timer: Callable[[], float] = time.monotonic,
    abandoned: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Wait at most so many seconds for an expectation to be settled. The seconds are the machine's own.

    Nobody is waited for by whom the answer is `abandoned`.
    """
    deadline, gathering = timer() + timeout, 0.0

    def left() -> float:
        return deadline - timer()

    with suppress(StoreClosed):  # the end of the emulator may come at any moment, during a look, too
        while not watch.look().settled and await_news(
            emulator, after=watch.seen, left=left, gathering=gathering, abandoned=abandoned
        ):
            gathering = COLLECTION_TIME  # not at first, for one event may be all that is missing
        return watch.finish()
    return watch.give_up()


def await_news(
    emulator: Emulator,
    *,
    after: int,
    left: Callable[[], float],
    gathering: float,
    abandoned: Callable[[], bool],
) -> bool:
    """Wait for an event numbered above `after`. False when no time is left, at the end, or when abandoned."""
    while (seconds := left()) > 0 and not (emulator.notifications.closed or abandoned()):
        span = min(seconds, ATTENTION)
        if emulator.notifications.wait(after=after, timeout=span, collection_time=min(gathering, span)):
            return True
    return False
