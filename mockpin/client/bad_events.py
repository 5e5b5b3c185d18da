"""Describe what a test sent that is lost, refused or counted twice.

The lines repeat findings that were stored with each event, and observations. Nothing is judged a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mockpin.client.journal import describe_event, describe_exchange, describe_findings, describe_refusal
from mockpin.observations.endpoints import is_empty_flush, missed_events

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record
    from mockpin.observations.rule import Observation
    from mockpin_validator.judging.rule import Profile

    ListedRequest = Mapping[str, Any]

#: Statuses that the sender causes, unless a fault of the test set them.
REFUSED_STATUSES = (400, 401, 403, 413)
#: Observations that do not fail a test: those that requests and events already report, the effects of the
#: test's own faults, and Segment calls without a subscription, which a test may send on purpose.
TOLERATED_OBSERVATIONS = (
    "endpoint-missed", "event-failed", "event-not-retried", "event-refused", "segment-nothing-taken",
)  # fmt: skip
COSTLY_EFFECTS = ("lost", "doubled")


def describe_lost_requests(requests: Iterable[ListedRequest]) -> Iterator[str]:
    """Yield lines for each request that was refused or missed the events endpoint."""
    for request in requests:
        status, body = request["status"], request["body"]
        if missed_events(request["method"], request["path"], status, body):
            yield f"  {describe_exchange(request)}: there is no such endpoint, so its events are lost."
            yield "      POST to {PINTEREST_API_URI}/ad_accounts/{PINTEREST_AD_ACCOUNT_ID}/events."
        elif status in REFUSED_STATUSES and request["fault"] != "status" and not is_empty_flush(status, body):
            yield f"  {describe_exchange(request)}: {request['answer']}"
            yield from (f"      {line}" for line in describe_refusal(request))


def describe_bad_events(events: Iterable[Record], *, profile: Profile) -> Iterator[str]:
    """Yield lines for each event that failed without a fault or breaks a rule of the profile."""
    for event in events:
        errors = find_errors(event, profile)
        failed = event["status"] == "failed" and event.get("fault") is None
        if failed or errors:
            yield f"  #{event['seq']} {describe_event(event)}"
            yield from (f"      {line}" for line in describe_findings(errors))


def find_errors(event: Record, profile: Profile) -> list[dict[str, Any]]:
    """Return the stored findings that are errors under a profile."""
    if profile == "faithful":
        return [finding for finding in event["findings"] if finding["severity"] == "error"]
    from mockpin.rules import ROWS  # noqa: PLC0415 - loaded when first needed

    judged = (
        {**finding, "severity": ROWS[finding["rule"]].severity[profile]}
        for finding in event["findings"]
        if finding["rule"] in ROWS
    )
    return [finding for finding in judged if finding["severity"] == "error"]


def describe_observations(events: Sequence[Record], requests: Sequence[ListedRequest]) -> Iterator[str]:
    """Yield lines for observations that cost conversions or count them twice."""
    for observation in observe(events, requests):
        is_costly = observation.severity == "error" and observation.effect in COSTLY_EFFECTS
        if is_costly and observation.rule not in TOLERATED_OBSERVATIONS:
            examples = ", ".join(map(str, observation.examples))
            yield f"  {observation.rule}: {observation.sentence} {observation.fix} For example {examples}."


def observe(events: Sequence[Record], requests: Sequence[ListedRequest]) -> tuple[Observation, ...]:
    """Return the observations on events and requests as the admin API lists them."""
    if not events and not requests:
        return ()
    from mockpin.observations.in_history import read_facts  # noqa: PLC0415 - loaded when first needed
    from mockpin.observations.relation import Facts  # noqa: PLC0415 - as above

    with Facts() as facts:
        facts.add(read_facts(events, requests))
        return facts.observe()


def count_warnings(events: Iterable[Record]) -> Counter[str]:
    """Count by rule the events that have a warning."""
    return Counter(
        rule
        for event in events
        for rule in {finding["rule"] for finding in event["findings"] if finding["severity"] == "warning"}
    )
