"""Segment's HTTP tracking API: a request's body as the Segment events it carries.

Limits and fields as Segment's documentation of its HTTP API source has them: 32 KB a message, 500 KB and
2,500 messages a batch; what the server fills in is `type`, `messageId`, `timestamp` and `receivedAt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.moments import write_iso

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Event = dict[str, Any]

KINDS = ("track", "page", "screen", "identify", "group", "alias")
BATCH = "batch"
#: What a batch says for all of its messages.
SHARED = ("context", "integrations")
#: What opens a source of Segment's is no part of a message.
WRITE_KEY = "writeKey"
MESSAGE_LIMIT = 32_000
BATCH_LIMIT = 500_000
BATCH_LENGTH = 2500


@dataclass(eq=False)
class MessageInvalid(ValueError):
    """A body that Segment's API would answer with 400. `problem` is a sentence without values."""

    problem: str

    def __str__(self) -> str:
        return self.problem


class Message(NamedTuple):
    """A message: a complete Segment event, or as it is one that Segment drops, with the reason."""

    event: Any
    dropped: str | None = None


def read_messages(kind: str, body: bytes, *, now: float, make_id: Callable[[], str]) -> tuple[Message, ...]:
    """The messages of a request to /v1/{kind}. Raises `MessageInvalid`."""
    said = _parse(body, limit=BATCH_LIMIT if kind == BATCH else MESSAGE_LIMIT)
    messages = _unpack(said) if kind == BATCH else [Message({**said, "type": kind})]
    shared = {name: said[name] for name in SHARED if isinstance(said.get(name), dict)}
    filled_in = {"timestamp": said.get("sentAt") or write_iso(now), "receivedAt": write_iso(now)}
    return tuple(
        each
        if each.dropped
        else Message(_complete(_merge(shared, each.event), filled_in | {"messageId": make_id()}))
        for each in messages
    )


def is_event(message: Any) -> bool:
    """Whether Segment knows what a message is."""
    return isinstance(message, dict) and message.get("type") in KINDS


#: Whether Segment drops a message of a batch, by itself and by its place in it, and why. It takes
#: the others, and answers as if nothing were.
DROPPED: Sequence[tuple[Callable[[Any, int], bool], str]] = (
    (lambda message, _: not is_event(message), f"what has no `type` of {', '.join(KINDS)}"),
    (lambda message, _: len(orjson.dumps(message)) > MESSAGE_LIMIT, f"what has over {MESSAGE_LIMIT} bytes"),
    (lambda _, place: place >= BATCH_LENGTH, f"what comes after {BATCH_LENGTH} others in its batch"),
)


def tell_why_dropped(message: Any, place: int) -> str | None:
    """Why Segment drops a message; None when it does not."""
    return next((f"Segment drops {what}" for drops, what in DROPPED if drops(message, place)), None)


def _parse(body: bytes, *, limit: int) -> Event:
    if len(body) > limit:
        raise MessageInvalid(f"The body has {len(body)} bytes; the limit is {limit}.")
    try:
        said = parse_json(body)
    except JsonUnreadable as error:
        raise MessageInvalid(f"The body is not JSON: {error}.") from None
    if not isinstance(said, dict):
        raise MessageInvalid("The body is not a JSON object.")
    return said


def _unpack(said: Mapping[str, Any]) -> list[Message]:
    """The messages of a batch, as they are."""
    batch = said.get(BATCH)
    if not isinstance(batch, list):
        raise MessageInvalid("`batch` is not a list of messages.")
    return [Message(each, tell_why_dropped(each, place)) for place, each in enumerate(batch)]


def _merge(shared: Mapping[str, Event], message: Event) -> Event:
    own = {name: message.get(name) for name in shared}
    return message | {name: {**value, **_object(own[name])} for name, value in shared.items()}


def _object(value: object) -> Event:
    return value if isinstance(value, dict) else {}


def _complete(message: Event, filled_in: Event) -> Event:
    missing = {name: value for name, value in filled_in.items() if message.get(name) is None}
    said = {name: value for name, value in message.items() if name != WRITE_KEY}
    return said | missing
