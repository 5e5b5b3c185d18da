"""The emulator: what a server must know, and the one way in for every request."""

from __future__ import annotations

import time
from threading import Condition, RLock
from typing import TYPE_CHECKING, Any, Protocol

from mockpin.core import replies, steps
from mockpin.core.accounts import Accounts
from mockpin.core.breakdowns import LOGGER
from mockpin.core.clock import Clock
from mockpin.core.deduplication import Deduplication
from mockpin.core.delivery import Delivery, Refused
from mockpin.core.distortion import distort
from mockpin.core.faults import Faults
from mockpin.core.history import make_event_rows, make_exchange_row
from mockpin.core.logs import Entry, summarize
from mockpin.core.rate_limit import RateLimit
from mockpin.core.settings import Settings
from mockpin.core.store import Store
from mockpin.core.store_file import StoreUnwritable
from validator import RULES, Judge

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from mockpin.core.faults import Fault
    from mockpin.core.replies import Answer, Header


#: What is judged of an event that the schema has already accepted.
EVENT_RULES = {name: rule for name, rule in RULES.items() if name != "schema"}


class FaultSource(Protocol):
    """What the steps ask for faults."""

    def on_request(self, ad_account_id: str) -> Fault | None:
        """The fault that strikes before anything is looked at."""

    def on_events(self, ad_account_id: str, event_names: Collection[str]) -> Fault | None:
        """The fault that strikes once the events are known."""


class Emulator:
    """Pinterest's Conversions API, its tag and their history, without HTTP. Safe between threads.

    `clock` gives Unix seconds and every rule about time asks it; `log` gets one entry a request.
    """

    def __init__(  # noqa: PLR0913 - the parts of an emulator, each with its default
        self,
        settings: Settings | None = None,
        *,
        accounts: Accounts | None = None,
        clock: Callable[[], float] = time.time,
        store: Store | None = None,
        faults: Any = None,
        log: Callable[[Entry], None] | None = None,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.settings = settings or Settings()
        self.accounts = accounts or Accounts()
        self.clock = clock if isinstance(clock, Clock) else Clock(clock)
        self.store = Store(bound=self.settings.history) if store is None else store
        self.faults: Any = faults or Faults()
        self.judge = Judge(self.settings.policy, rules=EVENT_RULES)
        self.rate_limit = RateLimit(self.settings.rate_limit)
        self.deduplication = Deduplication(self.settings.deduplication_window, self.store.firsts())
        self.closed = False
        self._log = log
        self._timer = timer
        self._started = timer()
        self._changed = Condition()
        self._turn = RLock()

    @property
    def uptime(self) -> float:
        """Seconds since the emulator was made."""
        return self._timer() - self._started

    def receive(self, delivery: Delivery) -> Answer:
        """Answer a request to an ad account's events."""
        return self.take(delivery, steps.EVENTS)

    def receive_tag(self, delivery: Delivery) -> Answer:
        """Answer the tag, whose `events`, `names` and `verdicts` have been read from its own form."""
        return self.take(delivery, steps.TAG)

    def refuse(self, delivery: Delivery, answer: Answer) -> Answer:
        """Answer a request that leads nowhere, so that the history and the log know of it."""
        delivery.answer = answer
        return self.take(delivery, ())

    def take(self, delivery: Delivery, through: Sequence[steps.Step]) -> Answer:
        """Lead a request through steps; what they write is committed before the answer is given."""
        began = self._timer()
        try:
            with self._turn:
                answer, entry = self._write(delivery, through, began)
                self._remember(delivery)
        except StoreUnwritable as failed:
            LOGGER.error("%s", failed)
            delivery.stored = False
            return replies.broken().with_headers(replies.HEADERS)
        self._tell(entry)
        return answer

    def consult(self, delivery: Delivery, through: Sequence[steps.Step]) -> Answer:
        """Lead a request through steps that only read; however long they take, they hold up nobody."""
        delivery.now = self.clock()
        delivery.answer = self._walk(delivery, through)
        return self.take(delivery, ())

    def reset(self, ad_account_id: str | None = None) -> None:
        """Forget what one ad account sent, or everything: events, duplicates, requests and their counts."""
        with self._turn:
            with self.store.transaction():
                self.store.reset(ad_account_id)
            self.deduplication.forget(ad_account_id)
            self.rate_limit.forget(ad_account_id)

    def wait(self, *, after: int, timeout: float) -> bool:
        """Wait until an event with a number above `after` is there. False when time is up or at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.store.last_seq > after, timeout)
        return not self.closed and self.store.last_seq > after

    def close(self) -> None:
        """Let go of whoever waits, and of the store."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()
        self.store.close()

    def keep_events(self, delivery: Delivery) -> None:
        """Write the events of a delivery and its first reports."""
        self.store.add_events(make_event_rows(delivery))
        self.store.add_firsts(delivery.firsts.items())
        self.store.prune_firsts(self.deduplication.prune(delivery.now))
        delivery.stored = True

    def _write(self, delivery: Delivery, through: Sequence[steps.Step], began: float) -> tuple[Answer, Entry]:
        with self.store.transaction():
            delivery.now, delivery.number = self.clock(), self.store.last_exchange + 1
            delivery.first_seq = self.store.last_seq + 1
            answer = self._run(delivery, through)
            entry = summarize(delivery, answer, milliseconds=round((self._timer() - began) * 1000, 3))
            self.store.add_exchange(make_exchange_row(delivery, answer, entry))
        return answer, entry

    def _walk(self, delivery: Delivery, through: Sequence[steps.Step]) -> Answer:
        try:
            for step in through:
                step(self, delivery)
        except Refused as refused:
            delivery.shown = refused.shown
            return refused.answer
        return delivery.answer or replies.broken()

    def _run(self, delivery: Delivery, through: Sequence[steps.Step]) -> Answer:
        answer = self._walk(delivery, through)
        answer = answer.with_headers((*replies.HEADERS, *delivery.limit_headers, *self._own(delivery)))
        return distort(answer, delivery.fault)

    def _own(self, delivery: Delivery) -> Sequence[Header]:
        found = sum(map(len, delivery.findings))
        return (("X-Mockpin-Request-Id", str(delivery.number)), ("X-Mockpin-Findings", str(found)))

    def _remember(self, delivery: Delivery) -> None:
        for key, first in delivery.firsts.items():
            self.deduplication.remember(key, first)

    def _tell(self, entry: Entry) -> None:
        with self._changed:
            self._changed.notify_all()
        if self._log:
            self._log(entry)
