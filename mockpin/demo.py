"""The whole path on the shipped cases: Segment event or conversion event or tag in, Pinterest's verdict out.

Everything is real: the transformer's mapping, its sender, a socket, the emulator and its history.
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
#: Rules that fail no event, and decide how it is reported.
DECISIVE = ("event-time-late",)


@dataclass(frozen=True)
class CaseOutcome:
    """What became of one case.

    Attributes:
        title: What was sent, in words.
        source: `segment`, `api` or `tag`.
        verdict: `processed`, `failed`, `refused` (the whole request, 400) or `not sent`.
        why: What made it failed, refused, not sent, a duplicate, limited or late; empty when nothing did.
        record: The event of the history, as the admin API gives it; None when nothing was kept.
    """

    title: str
    source: str
    verdict: str
    why: str
    record: Mapping[str, JSON] | None = None


@dataclass(frozen=True)
class DemoSetup:
    """Where the cases are played: the emulator, a client that speaks to it, and the time."""

    mock: "MockPin"
    http: "httpx.Client"
    now: Callable[[], float]


def play(stage: DemoSetup) -> Iterator[CaseOutcome]:
    """Send each shipped case in order and tell what became of it."""
    for _, case in cases("demo"):
        kind = next(kind for kind in SENDERS if kind in case)
        yield SENDERS[kind](case, stage)


def send_segment_event(case: JSON, stage: DemoSetup) -> CaseOutcome:
    """Through the destination's subscriptions and, where one takes the event, the sender."""
    mock = stage.mock
    event = {**case["segment_event"], "timestamp": write_iso(stage.now() - case["age"])}
    settings = {"ad_account_id": mock.ad_account_id, "conversion_token": mock.conversion_token}
    outcomes = Destination(settings, choose_subscriptions(case)).convert(event)
    converted = [each.conversion.event for each in outcomes if each.conversion]
    if not converted:
        return CaseOutcome(case["title"], "segment", "not sent", explain_silence(outcomes))
    Sender(mock.ad_account_id, mock.conversion_token, api_uri=mock.api_uri).send(converted)
    return tell_outcome(case, "segment", mock)


def choose_subscriptions(case: JSON) -> list[Subscription]:
    """The case's own preset with its overrides, or every preset."""
    presets = [PRESETS[case["preset"]]] if "preset" in case else list(PRESETS.values())
    overrides = case.get("overrides", {})
    return [Subscription(each.trigger, {**each.mapping.raw, **overrides}, each.name) for each in presets]


def explain_silence(outcomes: list[Any]) -> str:
    """The transformer's first error, or that no trigger takes the event."""
    return next((str(each.error) for each in outcomes if each.error), "no subscription's trigger takes it")


def send_conversion_event(case: JSON, stage: DemoSetup) -> CaseOutcome:
    """Straight to the API, as somebody's own code would."""
    mock = stage.mock
    event = {**case["conversion_event"], "event_time": int(stage.now() - case["age"])}
    stage.http.post(
        f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events",
        json={"data": [event]},
        headers={"Authorization": f"Bearer {mock.conversion_token}"},
    )
    return tell_outcome(case, "api", mock)


def send_tag(case: JSON, stage: DemoSetup) -> CaseOutcome:
    """As the Pinterest tag does from a browser."""
    tag = case["tag"]
    stage.http.get(
        f"{stage.mock.url}/v3/",
        params={
            "tid": stage.mock.tag_id,
            "event": tag["event"],
            **{k: json.dumps(tag[k]) for k in ("ed", "pd")},
        },
    )
    return tell_outcome(case, "tag", stage.mock)


SENDERS: Mapping[str, Callable[[JSON, DemoSetup], CaseOutcome]] = {
    "segment_event": send_segment_event,
    "conversion_event": send_conversion_event,
    "tag": send_tag,
}


def tell_outcome(case: JSON, source: str, mock: "MockPin") -> CaseOutcome:
    """What the emulator made of the last request."""
    exchange = mock.requests()[-1]
    if exchange["status"] == HTTPStatus.BAD_REQUEST:
        return CaseOutcome(case["title"], source, "refused", json.loads(exchange["answer"])["message"])
    record = mock.events(after=exchange["event_seqs"][0] - 1)[0]
    return CaseOutcome(case["title"], source, record["status"], explain(record), record)


def explain(record: Mapping[str, JSON]) -> str:
    """What made it fail, be a duplicate, fall under limited data processing or not, or count as late."""
    decisive = [
        each for each in record["findings"] if each["severity"] == "error" or each["rule"] in DECISIVE
    ]
    reasons = [each["message"] for each in decisive]
    if record["duplicate_of"]:
        reasons.append("An event with this ad account, name and id came before.")
    if record["payload"].get("custom_data", {}).get("opt_out_type"):
        reasons.append(f"{record['limited_data_processing']['reason']}.")
    return " ".join(reasons)
