"""Sends the messages of a Segment call through a destination: mapping, conversion event, answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mockpin.emulator.json_texts import object_of
from mockpin.emulator.masking.events import mask_json
from mockpin.emulator.masking.texts import mask_text
from mockpin.observations.segment_names import DESTINATION_NAME, LEFT_OUT
from mockpin.segment.doubts import find_warnings
from mockpin.segment.masking import mask_for

if TYPE_CHECKING:
    from mockpin.segment.messages import Message
    from mockpin_transformer import Destination, Outcome

    #: Hands a conversion event to the emulator.
    Deliver = Callable[[Mapping[str, Any]], "EventAnswer"]


@dataclass(frozen=True)
class EventAnswer:
    """What Pinterest answered to one conversion event: the HTTP status, and the events of the history."""

    status: int
    event_seqs: tuple[int, ...]


@dataclass(frozen=True)
class SubscriptionResult:
    """What one subscription made of one Segment event, masked for the history.

    `status` is the transformer's `converted`, `not_subscribed` or `failed`, or `not_accepted` where Segment
    drops the message before any subscription. `why` says why nothing was sent. `doubts` are warnings about
    the subscription itself.
    """

    subscription: str
    status: str
    why: str | None = None
    payload: Any = None
    reply: EventAnswer | None = None
    doubts: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """`{subscription, status, why, payload, answer_status, event_seqs, doubts}`."""
        return {
            "subscription": self.subscription,
            "status": self.status,
            "why": self.why,
            "payload": self.payload,
            "answer_status": self.reply.status if self.reply else None,
            "event_seqs": list(self.reply.event_seqs) if self.reply else [],
            "doubts": list(self.doubts),
        }


@dataclass(frozen=True)
class IngestedMessage:
    """One message of a call, masked, with what each subscription made of it."""

    event: Any
    results: tuple[SubscriptionResult, ...]

    def to_dict(self) -> dict[str, Any]:
        """`{event, results: [...]}`."""
        return {"event": self.event, "results": [result.to_dict() for result in self.results]}


@dataclass(frozen=True)
class DestinationRoute:
    """A destination with what is the same for all its events. `plan_route` computes it once.

    `mask` masks a Segment event for the history. `doubts` are the warnings by the `id()` of the subscription.
    """

    destination: Destination
    mask: Callable[[Any], Any]
    doubts: Mapping[int, tuple[str, ...]]


def plan_route(destination: Destination) -> DestinationRoute:
    """Compute the route through a destination."""
    subscriptions = destination.subscriptions
    doubts = {
        id(subscription): tuple(map(mask_text, find_warnings(subscription))) for subscription in subscriptions
    }
    return DestinationRoute(destination, mask_for(subscriptions), doubts)


def ingest(
    messages: Iterable[Message], route: DestinationRoute, *, deliver: Deliver
) -> tuple[IngestedMessage, ...]:
    """Send each event through the destination, and what it makes of the event to the emulator."""
    return tuple(
        IngestedMessage(route.mask(message.event), tuple(_send_message(message, route, deliver)))
        for message in messages
    )


def is_left_out(event: Any) -> bool:
    """Whether the switches of a message's `integrations` keep it from this destination."""
    switches = object_of(object_of(event).get("integrations"))
    return switches.get(DESTINATION_NAME, switches.get("All")) is False


def _send_message(
    message: Message, route: DestinationRoute, deliver: Deliver
) -> Iterable[SubscriptionResult]:
    if message.dropped:
        return (SubscriptionResult("no mapping", "not_accepted", message.dropped),)
    if is_left_out(message.event):
        return (SubscriptionResult("no mapping", "not_subscribed", LEFT_OUT),)
    outcomes = route.destination.convert(message.event)
    return (
        replace(_send_outcome(outcome, deliver), doubts=route.doubts[id(outcome.subscription)])
        for outcome in outcomes
    )


def _send_outcome(outcome: Outcome, deliver: Deliver) -> SubscriptionResult:
    name = outcome.subscription.name or str(outcome.subscription.trigger)
    if outcome.conversion is None:
        why = (
            str(outcome.error)
            if outcome.error
            else f"the event does not match: {outcome.subscription.trigger}"
        )
        return SubscriptionResult(name, outcome.status, mask_text(why))
    event = read_as_sent(outcome.conversion.event)
    return SubscriptionResult(name, outcome.status, None, mask_json(event, mask_text), deliver(event))


#: Status of a Segment event that was not sent -> the log's reason. The most fixable one comes first.
REASONS_UNSENT = {
    "failed": "not-converted",
    "not_accepted": "not-accepted",
    "not_subscribed": "not-subscribed",
}


def find_unsent_reason(ingested: Sequence[IngestedMessage]) -> str | None:
    """Return the log's reason why a call sent no event; None if it sent one."""
    statuses = {result.status for message in ingested for result in message.results}
    if "converted" in statuses:
        return None
    return next(
        (word for status, word in REASONS_UNSENT.items() if status in statuses),
        REASONS_UNSENT["not_subscribed"],
    )


#: JSON readers take integers of up to 64 bits; what is larger becomes a double.
SMALLEST, LARGEST = -(2**63), 2**64 - 1


def read_as_sent(value: Any) -> Any:
    """Return the value with integers of over 64 bits as doubles, and a lone surrogate as U+FFFD.

    JavaScript has doubles alone, and Segment's mappings cut text in UTF-16 units. What Pinterest makes of a
    lone surrogate is not known; U+FFFD is a guess.
    """
    if isinstance(value, dict):
        return {read_as_sent(name): read_as_sent(member) for name, member in value.items()}
    if isinstance(value, list):
        return [read_as_sent(item) for item in value]
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    is_long = isinstance(value, int) and not SMALLEST <= value <= LARGEST
    return float(value) if is_long else value
