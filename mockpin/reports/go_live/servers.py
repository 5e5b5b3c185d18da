"""One report over several servers: their histories as one, and the way back from a number to its server.

Each server counts its events and requests from 1. While the report is made, the number `n` of the server at
`index` is `n * servers + index`, which no other server has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mockpin.observations.rule import ExamplePlace
from mockpin.reports.go_live.report import make_report

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record
    from mockpin.observations.limits import Limits
    from mockpin.reports.go_live.report import GoLiveReport


@dataclass(frozen=True)
class ServerHistory:
    """What one server received, as its admin API lists it. `url` is shown, so it holds no password."""

    url: str
    events: Sequence[Record]
    requests: Sequence[Mapping[str, Any]]
    evicted: int = 0


def make_report_of_servers(
    histories: Sequence[ServerHistory],
    *,
    expected: Mapping[str, int] | None = None,
    limits: Limits | None = None,
) -> GoLiveReport:
    """The report on everything that the servers received, in the order of its arrival.

    Its examples name their server. An ad account whose events several servers received is a reason.
    """
    numbering = Numbering(tuple(history.url for history in histories))
    report = make_report(
        _in_order(
            numbering.number_event(event, at)
            for at, history in enumerate(histories)
            for event in history.events
        ),
        _in_order(
            numbering.number_request(request, at)
            for at, history in enumerate(histories)
            for request in history.requests
        ),
        expected=expected,
        evicted=sum(history.evicted for history in histories),
        limits=limits,
        servers={history.url: len(history.events) for history in histories},
        divided=find_divided_accounts(histories),
    )
    return numbering.name_servers(report)


def find_divided_accounts(histories: Sequence[ServerHistory]) -> dict[str, tuple[str, ...]]:
    """Ad account -> the servers that received its events, where there are several."""
    servers: dict[str, list[str]] = defaultdict(list)
    for history in histories:
        for account in {event["ad_account_id"] for event in history.events}:
            servers[account].append(history.url)
    return {account: tuple(urls) for account, urls in sorted(servers.items()) if len(urls) > 1}


def _in_order(records: Iterator[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(records, key=lambda record: record["received_at"])


@dataclass(frozen=True)
class Numbering:
    """Numbers the events and requests of several servers, and finds the server of a number."""

    urls: tuple[str, ...]

    def number(self, own: int | str, index: int) -> int:
        """A number that is unique over all servers, from a server's own number and its index in `urls`."""
        return int(own) * len(self.urls) + index

    def number_event(self, event: Record, index: int) -> Record:
        """The event with its number, its first report's and its request's over all servers."""
        first = event["duplicate_of"]
        return {
            **event,
            "seq": self.number(event["seq"], index),
            "duplicate_of": None if first is None else self.number(first, index),
            "request_id": str(self.number(event.get("request_id") or 0, index)),
        }

    def number_request(self, request: Mapping[str, Any], index: int) -> Mapping[str, Any]:
        """The request with its number and its events' over all servers."""
        seqs = [self.number(seq, index) for seq in request.get("event_seqs", ())]
        return {**request, "id": str(self.number(request["id"], index)), "event_seqs": seqs}

    def find_event(self, number: int) -> ExamplePlace:
        """The event of a number, by its server's own."""
        return ExamplePlace(event=number // len(self.urls), server=self.urls[number % len(self.urls)])

    def find_request(self, number: int | str) -> ExamplePlace:
        """The request of a number, by its server's own."""
        return ExamplePlace(
            request=int(number) // len(self.urls), server=self.urls[int(number) % len(self.urls)]
        )

    def name_servers(self, report: GoLiveReport) -> GoLiveReport:
        """The report with each example by its server and that server's number."""
        return replace(
            report,
            observations=tuple(
                replace(seen, examples=tuple(map(self._find, seen.examples))) for seen in report.observations
            ),
            findings=tuple(
                replace(figures, examples=tuple(map(self._find, figures.examples)))
                for figures in report.findings
            ),
            deduplication={**report.deduplication, "classes": self._name_in_classes(report.deduplication)},
            conduct=tuple(
                {
                    **mistake,
                    "requests": [
                        [self.find_request(number).to_dict() for number in ids] for ids in mistake["requests"]
                    ],
                }
                for mistake in report.conduct
            ),
        )

    def _find(self, example: ExamplePlace) -> ExamplePlace:
        if example.event is not None:
            return self.find_event(example.event)
        return self.find_request(example.request or 0)

    def _name_in_classes(self, deduplication: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: {
                **figures,
                "examples": [self.find_event(number).to_dict() for number in figures["examples"]],
            }
            for name, figures in deduplication["classes"].items()
        }
