"""The whole path from one Segment call: event, mapping, conversion event, Pinterest's verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mockpin.emulator.masking.events import mask_json
from mockpin.emulator.masking.texts import mask_text
from mockpin.segment.doubts import find_doubts
from mockpin.segment.masking import mask_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mockpin.segment.messages import Message
    from mockpin_transformer import Conversion, Destination, Outcome

    Event = Mapping[str, Any]


@dataclass(frozen=True)
class EventAnswer:
    """What Pinterest answered to one conversion event: the HTTP status, and the events of the history."""

    status: int
    event_seqs: tuple[int, ...]


@dataclass(frozen=True)
class Result:
    """What one subscription made of one Segment event, masked for the history.

    `status` is the transformer's `converted`, `not_subscribed` or `failed`, or `not_accepted` where Segment
    drops the message, which reached no subscription; `why` says why nothing was sent. `doubts` say what of
    the subscription itself may not be meant.
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
class Ingested:
    """One message, a Segment event as a rule, masked, beside what each subscription made of it."""

    event: Any
    results: tuple[Result, ...]

    def to_dict(self) -> dict[str, Any]:
        """`{event, results: [...]}`."""
        return {"event": self.event, "results": [each.to_dict() for each in self.results]}


@dataclass(frozen=True)
class DestinationRoute:
    """A destination with what holds of all its events, worked out once: see `plan_route`.

    `mask` makes of a Segment event what may be kept; `doubts` has each subscription's by its `id()`.
    """

    destination: Destination
    mask: Callable[[Any], Any]
    doubts: Mapping[int, tuple[str, ...]]


def plan_route(destination: Destination) -> DestinationRoute:
    """The route through a destination."""
    subscriptions = destination.subscriptions
    doubts = {id(each): tuple(map(mask_text, find_doubts(each))) for each in subscriptions}
    return DestinationRoute(destination, mask_for(subscriptions), doubts)


def ingest(
    messages: Iterable[Message], route: DestinationRoute, *, deliver: Callable[[Conversion], EventAnswer]
) -> tuple[Ingested, ...]:
    """Send each event through the destination; `deliver` hands a conversion event to the emulator."""
    return tuple(Ingested(route.mask(each.event), tuple(_results(each, route, deliver))) for each in messages)


def _results(
    message: Message, route: DestinationRoute, deliver: Callable[[Conversion], EventAnswer]
) -> Iterable[Result]:
    if message.dropped:
        return (Result("no mapping", "not_accepted", message.dropped),)
    outcomes = route.destination.convert(message.event)
    return (replace(_result(each, deliver), doubts=route.doubts[id(each.subscription)]) for each in outcomes)


def _result(outcome: Outcome, deliver: Callable[[Conversion], EventAnswer]) -> Result:
    name = outcome.subscription.name or str(outcome.subscription.trigger)
    if outcome.conversion is None:
        why = (
            str(outcome.error)
            if outcome.error
            else f"the event does not match: {outcome.subscription.trigger}"
        )
        return Result(name, outcome.status, mask_text(why))
    reply = deliver(outcome.conversion)
    payload = mask_json(outcome.conversion.event, mask_text)
    return Result(name, outcome.status, None, payload, reply)


#: What became of a Segment event -> the log's word for it, the one that somebody can mend most first.
UNSENT = {"failed": "not-converted", "not_accepted": "not-accepted", "not_subscribed": "not-subscribed"}


def tell_why_unsent(ingested: Sequence[Ingested]) -> str | None:
    """A word for why nothing was sent of a call's events; None when something was."""
    became = {result.status for each in ingested for result in each.results}
    if "converted" in became:
        return None
    return next((word for status, word in UNSENT.items() if status in became), UNSENT["not_subscribed"])
