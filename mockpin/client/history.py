"""What a running server received, asked over its admin API, and whether it is what was expected."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.expectations.refusals import describe_refusals, select_later_exchanges
from mockpin.expectations.unmet import Unmet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockpin.client.admin_client import AdminClient
    from mockpin.expectations.expectations import Expectation
    from mockpin.expectations.journeys import Journey, StepOutcome

    Record = dict[str, Any]

__tracebackhide__ = True
#: Events in one answer of the server, and how many records the first answer has.
PAGE = 1000
FIRST_PAGE = {"events": PAGE, "requests": 10}


@dataclass(frozen=True)
class History:
    """The history of a server; `scope` is `{"ad_account_id": ...}` where only one ad account's is meant.

    `token` is the fingerprint of that ad account's conversion token, and `began` the number of the last
    exchange before there was such an ad account: what went astray with its token is its own, too.
    """

    admin: AdminClient
    scope: Mapping[str, str] = field(default_factory=dict)
    token: str | None = None
    began: int = 0

    def list_events(self, *, after: int = 0, **filters: Any) -> list[Record]:
        """Every event that the filters choose, oldest first."""
        return [*self._pages("events", after=after, **{**self.scope, **filters})]

    def list_requests(self, *, after: int = 0) -> list[Record]:
        """Every exchange, oldest first."""
        if self.token is None:
            return [*self._pages("requests", after=after, **self.scope)]
        everybody_s = self._pages("requests", after=max(after, self.began))
        return [each for each in everybody_s if self._owns(each, self.token)]

    def expect(self, expected: Expectation, *, timeout: float, after: int = 0) -> list[Record]:
        """The events that match, once as many have come as are expected; the server waits for them.

        Raises Unmet, which tells of refused requests, too, where events are missing.
        """
        numbers = {"count": expected.count, "at_least": expected.at_least}
        said = {name: number for name, number in numbers.items() if number is not None}
        match = {**self.scope, **expected.match.filters, "payload": dict(expected.match.payload)}
        order = {"match": match, "after": after, "timeout_ms": round(timeout * 1000), **said}
        outcome = self.admin.post("expect", order, wait=timeout)
        if not outcome["met"]:
            missing = expected.count is None or outcome["count"] < expected.count
            refusals = self._describe_refusals(after) if missing else ()
            raise Unmet(str(expected), outcome["count"], outcome["nearest"], outcome["events"], refusals)
        return list(outcome["events"])

    def expect_journey(self, journey: Journey, *, after: int = 0, **filters: Any) -> tuple[StepOutcome, ...]:
        """Each step of the journey, once all have come true. Raises `journeys.JourneyUnmet`."""
        from mockpin.expectations.journeys import JourneyUnmet  # noqa: PLC0415 - loaded when first needed

        outcomes = journey.watch(
            lambda: self.list_events(after=after, **filters), clock=time.monotonic, sleep=time.sleep
        )
        if not all(each.met for each in outcomes):
            raise JourneyUnmet(journey.name, outcomes, self._describe_refusals(after))
        return outcomes

    def _owns(self, exchange: Record, token: str) -> bool:
        sent_to = {"ad_account_id": exchange["ad_account_id"]}
        return sent_to == self.scope or exchange["headers"].get("authorization", "").endswith(token)

    def _describe_refusals(self, after: int) -> tuple[str, ...]:
        return tuple(describe_refusals(select_later_exchanges(self.list_requests(), after)))

    def _pages(self, what: str, *, after: int, **filters: Any) -> Iterator[Record]:
        limit = FIRST_PAGE[what]
        while True:
            page = self.admin.get(what, after=after, limit=limit, **filters)
            yield from page[what]
            after = page["next"]
            if len(page[what]) < limit:
                return
            limit = choose_limit(page[what], limit)


def choose_limit(page: Sequence[Record], limit: int) -> int:
    """How many records the next page should have, so that it holds about `PAGE` events.

    A request is listed with its events, up to 1,000 of them: a page of many would hold up the server.
    """
    events = sum(max(1, len(record.get("event_seqs", ()))) for record in page)
    return max(1, min(PAGE, 2 * limit, PAGE * len(page) // events))
