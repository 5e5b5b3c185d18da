"""Segment's HTTP tracking API: a request's body as the Segment events it carries.

Limits and fields as Segment's documentation of its HTTP API source has them: 32 KB a message,
500 KB a batch; what the server fills in is `type`, `messageId`, `timestamp` and `receivedAt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin.core.json_texts import JsonUnreadable, parse_json
from mockpin.moments import write_iso

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Event = dict[str, Any]

KINDS = ("track", "page", "screen", "identify", "group", "alias")
BATCH = "batch"
#: What a batch says for all of its messages.
SHARED = ("context", "integrations")
#: What opens a source of Segment's is no part of a message.
WRITE_KEY = "writeKey"
MESSAGE_LIMIT = 32_000
BATCH_LIMIT = 500_000


@dataclass(eq=False)
class MessageInvalid(ValueError):
    """A body that Segment's API would answer with 400. `problem` is a sentence without values."""

    problem: str

    def __str__(self) -> str:
        return self.problem


def read_messages(kind: str, body: bytes, *, now: float, make_id: Callable[[], str]) -> tuple[Any, ...]:
    """The messages of a request to /v1/{kind}: complete Segment events, and as it is what `is_event` denies.

    Raises `MessageInvalid`.
    """
    said = _parse(body, limit=BATCH_LIMIT if kind == BATCH else MESSAGE_LIMIT)
    messages = _unpack(said) if kind == BATCH else ({**said, "type": kind},)
    shared = {name: said[name] for name in SHARED if isinstance(said.get(name), dict)}
    filled_in = {"timestamp": said.get("sentAt") or write_iso(now), "receivedAt": write_iso(now)}
    return tuple(
        _complete(_merge(shared, each), filled_in | {"messageId": make_id()}) if is_event(each) else each
        for each in messages
    )


def is_event(message: Any) -> bool:
    """Whether Segment accepts a message; of a batch it takes the others, and answers as if nothing were."""
    return isinstance(message, dict) and message.get("type") in KINDS


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


def _unpack(said: Mapping[str, Any]) -> list[Any]:
    """The messages of a batch."""
    batch = said.get(BATCH)
    if not isinstance(batch, list):
        raise MessageInvalid("`batch` is not a list of messages.")
    return batch


def _merge(shared: Mapping[str, Event], message: Event) -> Event:
    own = {name: message.get(name) for name in shared}
    return message | {name: {**value, **_object(own[name])} for name, value in shared.items()}


def _object(value: object) -> Event:
    return value if isinstance(value, dict) else {}


def _complete(message: Event, filled_in: Event) -> Event:
    missing = {name: value for name, value in filled_in.items() if message.get(name) is None}
    said = {name: value for name, value in message.items() if name != WRITE_KEY}
    return said | missing
