"""Segment's HTTP tracking API: a request's body as the Segment events it carries.

Limits and fields as Segment's documentation of its HTTP API source has them: 32 KB a message, 500 KB and
2,500 messages a batch; what the server fills in is `type`, `messageId`, `timestamp` and `receivedAt`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from mockpin.emulator.json_texts import JsonUnreadable, object_of, parse_json
from mockpin.moments import write_iso
from mockpin_validator.contract.kinds import SEGMENT_TYPES, is_segment_event

Event = dict[str, Any]

BATCH = "batch"
#: The fields of a batch that apply to all of its messages.
SHARED = ("context", "integrations")
#: The credential of a Segment source. It is not part of a message.
WRITE_KEY = "writeKey"
MESSAGE_LIMIT = 32_000
BATCH_LIMIT = 500_000
BATCH_LENGTH = 2500


class MessageInvalid(ValueError):
    """A body that Segment's API would answer with 400. The message holds no values."""


class Message(NamedTuple):
    """A complete Segment event, or an unchanged message that Segment drops, with the reason."""

    event: Any
    dropped: str | None = None


def parse_body(kind: str, body: bytes) -> Event:
    """Parse the body of a request to /v1/{kind} within the limit of its kind. Raises `MessageInvalid`."""
    limit = BATCH_LIMIT if kind == BATCH else MESSAGE_LIMIT
    if len(body) > limit:
        raise MessageInvalid(f"The body has {len(body)} bytes; the limit is {limit}.")
    try:
        document = parse_json(body)
    except JsonUnreadable as error:
        raise MessageInvalid(f"The body is not JSON: {error}.") from None
    if not isinstance(document, dict):
        raise MessageInvalid("The body is not a JSON object.")
    return document


def read_messages(
    kind: str, document: Event, *, now: float, make_id: Callable[[], str]
) -> tuple[Message, ...]:
    """Read the messages of a parsed request to /v1/{kind}. Raises `MessageInvalid`."""
    messages = _unpack(document) if kind == BATCH else [Message({**document, "type": kind})]
    shared = {name: document[name] for name in SHARED if isinstance(document.get(name), dict)}
    filled_in = {"timestamp": document.get("sentAt") or write_iso(now), "receivedAt": write_iso(now)}
    return tuple(
        message
        if message.dropped
        else Message(_complete(_merge(shared, message.event), filled_in | {"messageId": make_id()}))
        for message in messages
    )


#: For a message and its index in the batch: whether Segment drops it, and why. Segment accepts the other
#: messages and answers 200.
DROP_RULES: Sequence[tuple[Callable[[Any, int], bool], str]] = (
    (
        lambda message, _: not is_segment_event(message),
        f"a message without a `type` of {', '.join(SEGMENT_TYPES)}",
    ),
    (
        lambda message, _: len(orjson.dumps(message)) > MESSAGE_LIMIT,
        f"a message of over {MESSAGE_LIMIT} bytes",
    ),
    (lambda _, index: index >= BATCH_LENGTH, f"a message after the first {BATCH_LENGTH} of a batch"),
)


def find_drop_reason(message: Any, index: int) -> str | None:
    """Return why Segment drops a message; None if it does not."""
    return next((f"Segment drops {reason}" for drops, reason in DROP_RULES if drops(message, index)), None)


def _unpack(document: Mapping[str, Any]) -> list[Message]:
    """Return the messages of a batch, unchanged."""
    batch = document.get(BATCH)
    if not isinstance(batch, list):
        raise MessageInvalid("`batch` is not a list of messages.")
    return [Message(message, find_drop_reason(message, index)) for index, message in enumerate(batch)]


def _merge(shared: Mapping[str, Event], message: Event) -> Event:
    own = {name: message.get(name) for name in shared}
    return message | {name: {**value, **object_of(own[name])} for name, value in shared.items()}


def _complete(message: Event, filled_in: Event) -> Event:
    missing = {name: value for name, value in filled_in.items() if message.get(name) is None}
    kept = {name: value for name, value in message.items() if name != WRITE_KEY}
    return kept | missing
