"""Recognizes whether a JSON document is Segment's, Pinterest's or neither, by its members."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from mockpin.segment.messages import BATCH, is_event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Object = Mapping[str, Any]

DATA: Final = "data"
#: An object with one of these members is a conversion event, even if it lacks the others.
EVENT_MEMBERS: Final = frozenset({"event_name", "event_id", "event_time", "action_source", "user_data"})


class Kind(Enum):
    """What an object is: an event of Segment or Pinterest, or a request that contains a list of events."""

    SEGMENT_EVENT = auto()
    SEGMENT_BATCH = auto()
    CONVERSION_EVENT = auto()
    PAYLOAD = auto()


SEGMENT_KINDS: Final = (Kind.SEGMENT_EVENT, Kind.SEGMENT_BATCH)
PINTEREST_KINDS: Final = (Kind.CONVERSION_EVENT, Kind.PAYLOAD)
#: The first test that is true decides: an object with an `event_name` is Pinterest's, whatever its `type`.
_MARKS: Final[tuple[tuple[Kind, Callable[[Object], bool]], ...]] = (
    (Kind.PAYLOAD, lambda document: isinstance(document.get(DATA), list)),
    (Kind.CONVERSION_EVENT, lambda document: "event_name" in document),
    (Kind.SEGMENT_EVENT, is_event),
    (Kind.SEGMENT_BATCH, lambda document: isinstance(document.get(BATCH), list)),
    (Kind.CONVERSION_EVENT, lambda document: not EVENT_MEMBERS.isdisjoint(document)),
)
#: A list of the admin API -> the member of its records that was sent.
RECORD_MEMBERS: Final = {"events": "payload", "requests": "body"}
_HOLDERS: Final = {Kind.PAYLOAD: DATA, Kind.SEGMENT_BATCH: BATCH}


def tell_kind(document: Any) -> Kind | None:
    """Return what a document is; None for a list, a non-object, or an object of an unknown kind."""
    if not isinstance(document, dict):
        return None
    return next((kind for kind, holds in _MARKS if holds(document)), None)


def unpack_export(document: Any) -> list[tuple[str, Any]] | None:
    """Return the payloads or conversion events of an export of the emulator, each with its pointer.

    An export is a page of the admin API's events or requests, or one of their records. A request whose body
    is not a payload is left out. None for another document.
    """
    if not isinstance(document, dict):
        return None
    for page, member in RECORD_MEMBERS.items():
        records = document.get(page)
        if isinstance(records, list) and all(
            isinstance(record, dict) and member in record for record in records
        ):
            values = ((f"/{page}/{index}/{member}", record[member]) for index, record in enumerate(records))
            return [(pointer, value) for pointer, value in values if _is_sent(value, member)]
        if "received_at" in document and _is_sent(document.get(member), member):
            return [(f"/{member}", document[member])]
    return None


def _is_sent(value: Any, member: str) -> bool:
    """Whether a record's value is what was sent, and not a note about a body that could not be read."""
    return isinstance(value, dict) and (member != "body" or DATA in value)


def list_events(document: Any) -> tuple[str | None, list[Any]]:
    """Return the pointer to the list of a document's events, and the events.

    The pointer is None if the document is one event.
    """
    if isinstance(document, list):
        return "", document
    if (exported := unpack_export(document)) is not None:
        return "", [event for _, inner in exported for event in list_events(inner)[1]]
    kind = tell_kind(document)
    holder = _HOLDERS.get(kind) if kind else None
    return (None, [document]) if holder is None else (f"/{holder}", document[holder])
