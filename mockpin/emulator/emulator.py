"""The emulator: what a server must know, and the one way in for every request."""

from __future__ import annotations

import math
import time
from collections import deque
from contextlib import contextmanager
from threading import Condition, Event, RLock
from typing import TYPE_CHECKING, NamedTuple

from mockpin.emulator.accounts import Accounts
from mockpin.emulator.breakdowns import LOGGER, report_breakdown
from mockpin.emulator.clock import Clock
from mockpin.emulator.history.rows import make_exchange_row
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_file import StoreUnwritable
from mockpin.emulator.logs import Entry, summarize
from mockpin.emulator.pipeline import answers, steps
from mockpin.emulator.pipeline.deduplication import Deduplication
from mockpin.emulator.pipeline.delivery import Delivery, Refused
from mockpin.emulator.pipeline.distortion import distort
from mockpin.emulator.pipeline.faults import Faults
from mockpin.emulator.pipeline.rate_limit import RateLimit
from mockpin.emulator.settings.settings import Settings
from mockpin_validator import RULES, Judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mockpin.emulator.pipeline.answers import Answer, Header


#: What is judged of an event that the schema has already accepted.
EVENT_RULES = {name: rule for name, rule in RULES.items() if name != "schema"}


#: So many of the latest resets are remembered for those who follow what happens.
REMEMBERED = 1000
#: For how many seconds whoever waits for events gathers those that follow the first.
GATHERING = 0.02


class Answered(NamedTuple):
    """A request that has been answered, and what the log says of it."""

    delivery: Delivery
    answer: Answer
    entry: Entry


class Reset(NamedTuple):
    """One time that something was forgotten: which time, and of which ad account, None for everything."""

    number: int
    ad_account_id: str | None


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
        faults: Faults | None = None,
        log: Callable[[Entry], None] | None = None,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.settings = settings or Settings()
        self.accounts = accounts or Accounts()
        self.clock = clock if isinstance(clock, Clock) else Clock(clock)
        self.store = Store(bound=self.settings.history) if store is None else store
        self.faults = Faults() if faults is None else faults
        self.judge = Judge(self.settings.policy, rules=EVENT_RULES)
        self.rate_limit = RateLimit(self.settings.rate_limit)
        self.deduplication = Deduplication(self.settings.deduplication_window, self.store.firsts())
        self._log = log
        self._timer = timer
        self._started = timer()
        self._changed, self._ended = Condition(), Event()
        self._resets: deque[Reset] = deque([Reset(0, None)], REMEMBERED)
        self._turn = RLock()
        #: The number of the latest request whose answer may have gone out.
        self.answered = self.store.last_exchange

    @property
    def uptime(self) -> float:
        """Seconds since the emulator was made."""
        return self._timer() - self._started

    @property
    def last_reset(self) -> int:
        """How many resets there have been: the number of the latest."""
        return self._resets[-1].number

    @property
    def closed(self) -> bool:
        """Whether it has been closed."""
        return self._ended.is_set()

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

    def receive_all(self, deliveries: Sequence[Delivery]) -> list[Answer]:
        """Answer requests to ad accounts' events that came at once, in their order."""
        return self.take_all(deliveries, steps.EVENTS)

    def take(self, delivery: Delivery, through: Sequence[steps.Step]) -> Answer:
        """Lead a request through steps; what they keep is committed before the answer is given."""
        (answer,) = self.take_all([delivery], through)
        return answer

    def take_all(self, deliveries: Sequence[Delivery], through: Sequence[steps.Step]) -> list[Answer]:
        """Lead requests through steps, one after another; one commit keeps what they all leave behind."""
        try:
            with self._turn, self._all_or_nothing(deliveries):
                answered = [*self._lead(deliveries, through)]
                self._keep(answered)
                self.answered = deliveries[-1].number
        except StoreUnwritable as failed:
            LOGGER.error("%s", failed)
            return [answers.broken().with_headers(answers.HEADERS)] * len(deliveries)
        self._tell(answered)
        return [each.answer for each in answered]

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
        with self._changed:
            self._resets.append(Reset(self.last_reset + 1, ad_account_id))
            self._changed.notify_all()

    def resets(self, *, after: int) -> list[Reset]:
        """The resets numbered above `after` that are remembered, oldest first."""
        with self._changed:
            return [each for each in self._resets if each.number > after]

    def wait(
        self, *, after: int, timeout: float, gathering: float = 0.0, reset_after: float = math.inf
    ) -> bool:
        """Wait until an event numbered above `after` is there, or a reset numbered above `reset_after`.

        False when time is up or at the end. What follows within `gathering` seconds is waited for, too: a
        flood then wakes nobody for each event.
        """
        with self._changed:
            came = self._changed.wait_for(
                lambda: self.closed or self.store.last_seq > after or self.last_reset > reset_after, timeout
            )
        return came and not self._ended.wait(gathering)

    def close(self) -> None:
        """Let go of whoever waits, and of the store."""
        with self._changed:
            self._ended.set()
            self._changed.notify_all()
        self.store.close()

    @contextmanager
    def _all_or_nothing(self, deliveries: Sequence[Delivery]) -> Iterator[None]:
        try:
            yield
        except BaseException:
            for delivery in deliveries:
                self.deduplication.take_back(delivery.firsts)
                delivery.drop_events()
            raise

    def _lead(self, deliveries: Sequence[Delivery], through: Sequence[steps.Step]) -> Iterator[Answered]:
        number, last_seq = self.store.last_exchange, self.store.last_seq
        for delivery in deliveries:
            began, number = self._timer(), number + 1
            delivery.now, delivery.number, delivery.first_seq = self.clock(), number, last_seq + 1
            answer = self._run(delivery, through)
            self.deduplication.remember(delivery.firsts)
            last_seq += len(delivery.rows)
            entry = summarize(delivery, answer, milliseconds=round((self._timer() - began) * 1000, 3))
            yield Answered(delivery, answer, entry)

    def _keep(self, answered: Sequence[Answered]) -> None:
        deliveries = [each.delivery for each in answered]
        with self.store.transaction():
            self.store.add_events([row for delivery in deliveries for row in delivery.rows])
            self.store.add_firsts([first for delivery in deliveries for first in delivery.firsts.items()])
            self.store.prune_firsts(self.deduplication.prune(deliveries[-1].now))
            self.store.add_exchanges([make_exchange_row(*each) for each in answered])

    def _walk(self, delivery: Delivery, through: Sequence[steps.Step]) -> Answer:
        try:
            for step in through:
                step(self, delivery)
        except Refused as refused:
            delivery.shown, delivery.reason = refused.shown, refused.reason
            delivery.drop_events()
            return refused.answer
        except Exception as error:  # noqa: BLE001 - whatever broke, the request is owed an answer
            report_breakdown(error)
            delivery.drop_events()
            return answers.broken()
        return delivery.answer or answers.broken()

    def _run(self, delivery: Delivery, through: Sequence[steps.Step]) -> Answer:
        answer = self._walk(delivery, through)
        answer = answer.with_headers((*answers.HEADERS, *delivery.limit_headers, *self._own(delivery)))
        return distort(answer, delivery.fault)

    def _own(self, delivery: Delivery) -> Sequence[Header]:
        said = {"Request-Id": str(delivery.number)}
        if self.settings.keep_alive:  # without it, a sender has no choice but to connect anew
            said["Connection"] = delivery.request.connection
        if delivery.request.after is not None and delivery.request.after < delivery.number - 1:
            said["Began-After"] = str(delivery.request.after)
        if delivery.verdicts:
            said["Findings"] = str(sum(map(len, delivery.findings)))
        return [(f"X-Mockpin-{name}", value) for name, value in said.items() if value]

    def _tell(self, answered: Sequence[Answered]) -> None:
        with self._changed:
            self._changed.notify_all()
        if self._log:
            for each in answered:
                self._log(each.entry)
