"""What a test sent that is lost, refused or counted twice, in lines for a failing test.

Everything comes from the findings that were recorded when an event came in, and from observations: nothing
is judged a second time.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from mockpin.client.journal import describe_event, describe_exchange, describe_findings, describe_refusal
from mockpin.observations.endpoints import missed_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockpin.expectations.matching import Record
    from mockpin.observations.rule import Observation
    from mockpin_validator.judging.rule import Profile

    Listed = Mapping[str, Any]

#: Statuses that the sender earns; one that a fault of the test gave is not its doing.
REFUSED = (400, 401, 403, 413)
#: Observations that a test is not failed for: what is told request by request and event by event, what a
#: fault of the test's own did, and Segment calls that nobody takes, which a test may send on purpose.
NOT_FAILED_FOR = (
    "endpoint-missed", "event-failed", "event-not-retried", "event-refused", "segment-nothing-taken",
)  # fmt: skip
COSTLY = ("lost", "doubled")


def describe_lost_requests(requests: Iterable[Listed]) -> Iterator[str]:
    """Lines for each request that was refused, or that missed the events' endpoint."""
    for request in requests:
        if missed_events(request["method"], request["path"], request["status"]):
            yield f"  {describe_exchange(request)}: no endpoint is there, so its events are lost."
            yield "      POST to {PINTEREST_API_URI}/ad_accounts/{PINTEREST_AD_ACCOUNT_ID}/events."
        elif request["status"] in REFUSED and request["fault"] != "status":
            yield f"  {describe_exchange(request)}: {request['answer']}"
            yield from (f"      {line}" for line in describe_refusal(request))


def describe_bad_events(events: Iterable[Record], *, profile: Profile) -> Iterator[str]:
    """Lines for each event that failed without a fault, or breaks a rule of the profile."""
    for event in events:
        errors = find_errors(event, profile)
        failed = event["status"] == "failed" and event.get("fault") is None
        if failed or errors:
            yield f"  #{event['seq']} {describe_event(event)}"
            yield from (f"      {line}" for line in describe_findings(errors))


def find_errors(event: Record, profile: Profile) -> list[dict[str, Any]]:
    """The recorded findings that are errors under a profile."""
    if profile == "faithful":
        return [finding for finding in event["findings"] if finding["severity"] == "error"]
    from mockpin.rules import ROWS  # noqa: PLC0415 - loaded when first needed

    graver = (
        {**finding, "severity": ROWS[finding["rule"]].severity[profile]}
        for finding in event["findings"]
        if finding["rule"] in ROWS
    )
    return [finding for finding in graver if finding["severity"] == "error"]


def describe_observations(events: Sequence[Record], requests: Sequence[Listed]) -> Iterator[str]:
    """Lines for what loses conversions or counts them twice and no single event shows."""
    for seen in observe(events, requests):
        if seen.severity == "error" and seen.effect in COSTLY and seen.rule not in NOT_FAILED_FOR:
            places = ", ".join(map(str, seen.examples))
            yield f"  {seen.rule}: {seen.sentence} {seen.fix} Such as {places}."


def observe(events: Sequence[Record], requests: Sequence[Listed]) -> tuple[Observation, ...]:
    """The observations on events and requests as the admin API lists them; none on nothing."""
    if not events and not requests:
        return ()
    from mockpin.observations.in_history import read_facts  # noqa: PLC0415 - loaded when first needed
    from mockpin.observations.relation import Facts  # noqa: PLC0415 - as above

    with Facts() as facts:
        facts.add(read_facts(events, requests, key=os.urandom(16)))
        return facts.observe()


def count_warnings(events: Iterable[Record]) -> Counter[str]:
    """On how many events each rule has a warning."""
    return Counter(
        rule
        for event in events
        for rule in {each["rule"] for each in event["findings"] if each["severity"] == "warning"}
    )
