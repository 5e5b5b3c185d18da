"""A session with a service: asks probes at a bounded rate and number, and records every exchange."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from mockpin.calibration.failures import BudgetSpent, ServiceThrottled

if TYPE_CHECKING:
    from mockpin.calibration.observed import ObservedAnswer, ObservedOutcome
    from mockpin.calibration.probes import EventVariant
    from mockpin.calibration.services import ProbedService

#: Requests that one calibration may send.
MAX_REQUESTS = 40
#: Seconds between requests: Pinterest documents ten test requests a second.
INTERVAL = 0.125
#: Seconds that a calibration waits at most for a rate limit's next window.
MAX_WAIT = 61.0
#: Seconds by which the clocks must differ before the service's clock is used: its Date has whole seconds.
CLOCK_DOUBT = 2.0
#: Events of a test request that Pinterest documents to be judged; until it is observed, none sends more.
DOCUMENTED_TEST_BATCH = 20


@dataclass(frozen=True)
class ProbeExchange:
    """One request of a probe and its answer; `at` is what the service's clock showed, in Unix seconds.

    `ad_account_id` is None for the user's own.
    """

    at: float
    events: Sequence[dict[str, Any]]
    answer: ObservedAnswer
    ad_account_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The exchange as a calibration keeps it."""
        request = {"ad_account_id": self.ad_account_id, "events": list(self.events)}
        return {"at": self.at, **request, "answer": self.answer.to_dict()}


@dataclass
class ProbeSession:
    """Asks one service. `clock` gives Unix seconds; `sleep` waits.

    `batch` is how many events of a request the service judges, `failing` an event that it fails, and
    `tolerated` one with plain text that it processes, all as far as the answers have shown.
    """

    service: ProbedService
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], object] = time.sleep
    interval: float = INTERVAL
    limit: int = MAX_REQUESTS
    batch: int = DOCUMENTED_TEST_BATCH
    failing: EventVariant | None = None
    tolerated: EventVariant | None = None
    offset: float = 0.0
    exchanges: list[ProbeExchange] = field(default_factory=list)
    _sent: int = 0
    _wait: float = 0.0

    def ask(self, variants: Sequence[EventVariant], *, ad_account_id: str | None = None) -> ObservedAnswer:
        """The answer to one request with these events. Raises ServiceFailed and its kinds."""
        answer = self._send(variants, ad_account_id)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            answer = self._send(variants, ad_account_id)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise ServiceThrottled(
                "The service answered 429 twice: its rate limit is used up. Try again later."
            )
        return answer

    def ask_each(self, variants: Sequence[EventVariant]) -> list[ObservedOutcome]:
        """The outcome of each event, in batches as large as the service judges whole.

        A batch that is refused as a whole is asked event by event.
        """
        outcomes: list[ObservedOutcome] = []
        for start in range(0, len(variants), self.batch):
            batch = variants[start : start + self.batch]
            answer = self.ask(batch)
            if len(answer.verdicts) == len(batch) or len(batch) == 1:
                outcomes += answer.outcomes
            else:
                outcomes += [self.ask([variant]).outcomes[0] for variant in batch]
        return outcomes

    def _send(self, variants: Sequence[EventVariant], ad_account_id: str | None) -> ObservedAnswer:
        if self._sent >= self.limit:
            raise BudgetSpent(f"A calibration sends at most {self.limit} requests, and they are used up.")
        self._pause()
        self._sent += 1
        before = self.clock()
        now = before + self.offset
        events = [variant.build(now) for variant in variants]
        answer = self.service.answer(events, ad_account_id=ad_account_id)
        self._learn(answer, before, self.clock())
        if answer.status != HTTPStatus.TOO_MANY_REQUESTS:
            self.exchanges.append(ProbeExchange(now, events, answer, ad_account_id))
        return answer

    def _pause(self) -> None:
        if self._wait > MAX_WAIT:
            raise ServiceThrottled(f"The service's rate limit leaves no room for {self._wait:.0f} seconds.")
        self.sleep(max(self._wait, self.interval))
        self._wait = 0.0

    def _learn(self, answer: ObservedAnswer, before: float, after: float) -> None:
        """Use the service's clock where it showed a time outside the request's own, and its rate limit."""
        told = answer.service_time
        if told is not None and not before - CLOCK_DOUBT <= told <= after + CLOCK_DOUBT:
            self.offset = told - (before + after) / 2
        throttled = answer.status == HTTPStatus.TOO_MANY_REQUESTS
        if throttled or read_number(answer, "ratelimit-remaining") == 0:
            self._wait = read_wait(answer)


def read_wait(answer: ObservedAnswer) -> float:
    """Seconds until the next window of the rate limit; two where the answer does not tell."""
    told = read_number(answer, "retry-after") or read_number(answer, "ratelimit-reset")
    return (told or 1) + 1.0


def read_number(answer: ObservedAnswer, header: str) -> int | None:
    """The whole number in a header, with or without `X-` before its name; None when there is none."""
    text = answer.headers.get(header) or answer.headers.get(f"x-{header}") or ""
    return int(text) if text.isdecimal() and text.isascii() else None
