"""The whole path on the shipped cases: Segment event or conversion event or tag in, Pinterest's verdict out.

Everything is real: the transformer's mapping, its sender, a socket, the emulator and its history.
"""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockpin.fixtures import cases
from transformer import PRESETS, Destination, Sender, Subscription

if TYPE_CHECKING:
    import httpx

    from mockpin.testing.client import MockPin

JSON = Any
#: Rules that fail no event, and decide how it is reported.
DECISIVE = ("event-time-late",)


@dataclass(frozen=True)
class Outcome:
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


def play(mock: "MockPin", http: "httpx.Client", *, now: Callable[[], float]) -> Iterator[Outcome]:
    """Send each shipped case in order and tell what became of it."""
    for _, case in cases("demo"):
        kind = next(kind for kind in SENDERS if kind in case)
        yield SENDERS[kind](case, mock, http, now())


def send_segment_event(case: JSON, mock: "MockPin", _http: "httpx.Client", now: float) -> Outcome:
    """Through the destination's subscriptions and, where one takes the event, the sender."""
    event = {**case["segment_event"], "timestamp": iso(now - case["age"])}
    destination = Destination(
        {"ad_account_id": mock.ad_account_id, "conversion_token": mock.conversion_token}, subscriptions(case)
    )
    outcomes = destination.convert(event)
    converted = [each.conversion.event for each in outcomes if each.conversion]
    if not converted:
        return Outcome(case["title"], "segment", "not sent", why_not_sent(outcomes))
    Sender(mock.ad_account_id, mock.conversion_token, api_uri=mock.api_uri).send(converted)
    return told(case, "segment", mock)


def subscriptions(case: JSON) -> list[Subscription]:
    """The case's own preset with its overrides, or every preset."""
    presets = [PRESETS[case["preset"]]] if "preset" in case else list(PRESETS.values())
    overrides = case.get("overrides", {})
    return [Subscription(each.trigger, {**each.mapping.raw, **overrides}, each.name) for each in presets]


def why_not_sent(outcomes: list[Any]) -> str:
    """The transformer's first error, or that no trigger takes the event."""
    return next((str(each.error) for each in outcomes if each.error), "no subscription's trigger takes it")


def send_conversion_event(case: JSON, mock: "MockPin", http: "httpx.Client", now: float) -> Outcome:
    """Straight to the API, as somebody's own code would."""
    event = {**copy.deepcopy(case["conversion_event"]), "event_time": int(now - case["age"])}
    http.post(
        f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events",
        json={"data": [event]},
        headers={"Authorization": f"Bearer {mock.conversion_token}"},
    )
    return told(case, "api", mock)


def send_tag(case: JSON, mock: "MockPin", http: "httpx.Client", _now: float) -> Outcome:
    """As the Pinterest tag does from a browser."""
    tag = case["tag"]
    http.get(
        f"{mock.url}/v3/",
        params={"tid": mock.tag_id, "event": tag["event"], **{k: json.dumps(tag[k]) for k in ("ed", "pd")}},
    )
    return told(case, "tag", mock)


SENDERS: Mapping[str, Callable[[JSON, "MockPin", "httpx.Client", float], Outcome]] = {
    "segment_event": send_segment_event,
    "conversion_event": send_conversion_event,
    "tag": send_tag,
}


def told(case: JSON, source: str, mock: "MockPin") -> Outcome:
    """What the emulator made of the last request."""
    exchange = mock.requests()[-1]
    if exchange["status"] == 400:  # noqa: PLR2004 - HTTP's own number
        return Outcome(case["title"], source, "refused", json.loads(exchange["answer"])["message"])
    record = mock.events(after=exchange["event_seqs"][0] - 1)[0]
    return Outcome(case["title"], source, record["status"], explain(record), record)


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


def iso(seconds: float) -> str:
    """Epoch seconds as Segment writes a timestamp, `2026-01-31T12:00:00.000Z`."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
