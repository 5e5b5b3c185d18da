"""The history of a running server, read over its admin API, and expectations about it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.expectations.refusals import describe_refusals, select_later_exchanges
from mockpin.expectations.unmet import Unmet

if TYPE_CHECKING:
    from mockpin.client.admin_client import AdminClient
    from mockpin.expectations.expectations import Expectation
    from mockpin.expectations.journeys import Journey, StepOutcome

    Record = dict[str, Any]

__tracebackhide__ = True
#: Records in one page of the admin API at most, and the requests to ask for in the first page.
PAGE_SIZE, FIRST_REQUESTS = 1000, 10
#: Events whose payloads, and those of which only the verdicts, are in one page of requests.
MAX_PAYLOADS, MAX_VERDICTS = 1000, 10_000


@dataclass(frozen=True)
class History:
    """The history of a server, or of one ad account when `scope` is `{"ad_account_id": ...}`.

    `token` is the fingerprint of that ad account's conversion token, and `opened_after` the id of the last
    exchange before it was opened. Later requests to other ad accounts with this token are listed, too.
    """

    admin: AdminClient
    scope: Mapping[str, str] = field(default_factory=dict)
    token: str | None = None
    opened_after: int = 0

    def list_events(self, *, after: int = 0, **filters: Any) -> list[Record]:
        """Return the events that match the filters, oldest first."""
        pages = self.admin.get_pages("events", after=after, limit=PAGE_SIZE, **{**self.scope, **filters})
        return [event for page in pages for event in page["events"]]

    def list_with_requests(self) -> tuple[list[Record], list[Record]]:
        """Return all events and all exchanges, oldest first. Payloads are read once, as a part of both."""
        requests = [*self._read_requests(self.scope, payloads=False)]
        events = self.list_events()  # read last: they have those of each request, and may have later ones
        return events, complete_bodies(requests, events)

    def list_requests(self, *, after: int = 0) -> list[Record]:
        """Return the exchanges, oldest first."""
        if self.token is None:
            return [*self._read_requests(self.scope, after=after)]
        all_requests = self._read_requests({}, after=max(after, self.opened_after))
        return [request for request in all_requests if self._owns(request, self.token)]

    def expect(self, expected: Expectation, *, timeout: float, after: int = 0) -> list[Record]:
        """Let the server wait until the expectation is met, and return the events that match.

        Raises Unmet, which also describes refused requests when events are missing.
        """
        numbers = {"count": expected.count, "at_least": expected.at_least}
        limits = {name: number for name, number in numbers.items() if number is not None}
        match = {**self.scope, **expected.match.filters, "payload": dict(expected.match.payload)}
        order = {"match": match, "after": after, "timeout_ms": round(timeout * 1000), **limits}
        outcome = self.admin.post("expect", order, wait=timeout)
        if not outcome["met"]:
            missing = expected.count is None or outcome["count"] < expected.count
            refusals = self._describe_refusals(after) if missing else ()
            raise Unmet(str(expected), outcome["count"], outcome["nearest"], outcome["events"], refusals)
        return list(outcome["events"])

    def expect_journey(self, journey: Journey, *, after: int = 0, **filters: Any) -> tuple[StepOutcome, ...]:
        """Wait until every step of the journey is met, and return the outcomes. Raises `JourneyUnmet`."""
        from mockpin.expectations.journeys import JourneyUnmet  # noqa: PLC0415 - loaded when first needed

        outcomes = journey.watch(
            lambda: self.list_events(after=after, **filters), clock=time.monotonic, sleep=time.sleep
        )
        if not all(outcome.met for outcome in outcomes):
            raise JourneyUnmet(journey.name, outcomes, self._describe_refusals(after))
        return outcomes

    def _owns(self, exchange: Record, token: str) -> bool:
        sent_to = {"ad_account_id": exchange["ad_account_id"]}
        return sent_to == self.scope or exchange["headers"].get("authorization", "").endswith(token)

    def _describe_refusals(self, after: int) -> tuple[str, ...]:
        return tuple(describe_refusals(select_later_exchanges(self.list_requests(), after)))

    def _read_requests(
        self, scope: Mapping[str, str], *, after: int = 0, payloads: bool = True
    ) -> Iterator[Record]:
        limit, most = FIRST_REQUESTS, MAX_PAYLOADS if payloads else MAX_VERDICTS
        while True:
            page = self.admin.get("requests", after=after, limit=limit, payloads=payloads, **scope)
            yield from page["requests"]
            after = page["next"]
            if len(page["requests"]) < limit:
                return
            limit = choose_limit(page["requests"], limit, most)


def complete_bodies(requests: Sequence[Record], events: Iterable[Record]) -> list[Record]:
    """Fill in the bodies that were read without the payloads of their events, as far as these are kept."""
    payloads = {event["seq"]: event["payload"] for event in events}
    for request in requests:
        if request["body"] is None and request["event_seqs"]:
            request["body"] = {"data": [payloads[seq] for seq in request["event_seqs"] if seq in payloads]}
    return [*requests]


def choose_limit(page: Sequence[Record], limit: int, most: int) -> int:
    """Choose the number of records of the next page, so that it has about `most` events.

    A request is listed with up to 1,000 events, so a page of many requests would keep the server busy.
    """
    events = sum(max(1, len(record.get("event_seqs", ()))) for record in page)
    return max(1, min(PAGE_SIZE, 2 * limit, most * len(page) // events))
