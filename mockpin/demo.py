"""Send the shipped demo cases through mockpin and collect the emulator's verdicts.

A case is a Segment event, a conversion event or a request of the Pinterest tag. Nothing is simulated: the
transformer maps and sends the Segment events over a socket, and the emulator stores what it receives.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from mockpin.fixtures import cases
from mockpin.moments import write_iso
from mockpin_transformer import PRESETS, Destination, Sender, Subscription

if TYPE_CHECKING:
    import httpx

    from mockpin.client.client import MockPin

JSON = Any
#: Rules that never fail an event but change how Pinterest reports it.
REPORTING_RULES = ("event-time-late",)


@dataclass(frozen=True)
class CaseOutcome:
    """The verdict on one case, and the reason for it.

    Attributes:
        title: A description of what was sent.
        source: `segment`, `api` or `tag`.
        verdict: `processed`, `failed`, `refused` (the whole request, 400) or `not sent`.
        why: Why it failed, was refused or not sent, or is a duplicate, limited or late; otherwise empty.
        record: The event in the history, as the admin API gives it; None when nothing was stored.
    """

    title: str
    source: str
    verdict: str
    why: str
    record: Mapping[str, JSON] | None = None


@dataclass(frozen=True)
class DemoSetup:
    """The emulator that receives the cases, an HTTP client, and a clock that gives seconds since 1970."""

    mock: "MockPin"
    http: "httpx.Client"
    now: Callable[[], float]


def send_cases(setup: DemoSetup) -> Iterator[CaseOutcome]:
    """Send each shipped case in order and yield its outcome."""
    for _, case in cases("demo"):
        kind = next(kind for kind in SENDERS if kind in case)
        yield SENDERS[kind](case, setup)


def send_segment_event(case: JSON, setup: DemoSetup) -> CaseOutcome:
    """Convert a Segment event with the case's subscriptions and send the result, if a trigger accepts it."""
    mock = setup.mock
    event = {**case["segment_event"], "timestamp": write_iso(setup.now() - case["age"])}
    settings = {"ad_account_id": mock.ad_account_id, "conversion_token": mock.conversion_token}
    outcomes = Destination(settings, choose_subscriptions(case)).convert(event)
    converted = [outcome.conversion.event for outcome in outcomes if outcome.conversion]
    if not converted:
        return CaseOutcome(case["title"], "segment", "not sent", explain_why_not_sent(outcomes))
    Sender(mock.ad_account_id, mock.conversion_token, api_uri=mock.api_uri).send(converted)
    return read_outcome(case, "segment", mock)


def choose_subscriptions(case: JSON) -> list[Subscription]:
    """Return the case's preset with its overrides, or every preset when it names none."""
    if "preset" not in case:
        return [preset.subscription for preset in PRESETS.values()]
    preset = PRESETS[case["preset"]]
    return [Subscription(preset.trigger, {**preset.mapping.raw, **case.get("overrides", {})}, preset.name)]


def explain_why_not_sent(outcomes: list[Any]) -> str:
    """Return the transformer's first error, or say that no trigger accepts the event."""
    errors = (str(outcome.error) for outcome in outcomes if outcome.error)
    return next(errors, "no subscription's trigger accepts it")


def send_conversion_event(case: JSON, setup: DemoSetup) -> CaseOutcome:
    """Send a conversion event to the API, as a team's own code would."""
    mock = setup.mock
    event = {**case["conversion_event"], "event_time": int(setup.now() - case["age"])}
    setup.http.post(
        f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events",
        json={"data": [event]},
        headers={"Authorization": f"Bearer {mock.conversion_token}"},
    )
    return read_outcome(case, "api", mock)


def send_tag(case: JSON, setup: DemoSetup) -> CaseOutcome:
    """Send a tag request, as the Pinterest tag does from a browser."""
    tag = case["tag"]
    setup.http.get(
        f"{setup.mock.url}/v3/",
        params={
            "tid": setup.mock.tag_id,
            "event": tag["event"],
            **{k: json.dumps(tag[k]) for k in ("ed", "pd")},
        },
    )
    return read_outcome(case, "tag", setup.mock)


SENDERS: Mapping[str, Callable[[JSON, DemoSetup], CaseOutcome]] = {
    "segment_event": send_segment_event,
    "conversion_event": send_conversion_event,
    "tag": send_tag,
}


def read_outcome(case: JSON, source: str, mock: "MockPin") -> CaseOutcome:
    """Read the emulator's verdict on the last request."""
    exchange = mock.requests()[-1]
    if exchange["status"] == HTTPStatus.BAD_REQUEST:
        return CaseOutcome(case["title"], source, "refused", json.loads(exchange["answer"])["message"])
    record = mock.events(after=exchange["event_seqs"][0] - 1)[0]
    return CaseOutcome(case["title"], source, record["status"], explain_verdict(record), record)


def explain_verdict(record: Mapping[str, JSON]) -> str:
    """Say why an event failed, is a duplicate or is late, and whether limited data processing applies."""
    reasons = [
        finding["message"]
        for finding in record["findings"]
        if finding["severity"] == "error" or finding["rule"] in REPORTING_RULES
    ]
    if record["duplicate_of"]:
        reasons.append("An event with this ad account, name and id came before.")
    if record["payload"].get("custom_data", {}).get("opt_out_type"):
        reasons.append(f"{record['limited_data_processing']['reason']}.")
    return " ".join(reasons)
