"""What a JSON document is, told by its members: Segment's, Pinterest's, or neither's."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from mockpin.segment.messages import BATCH, is_event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Object = Mapping[str, Any]

DATA: Final = "data"
#: By one of these an object is known as a conversion event, even one that lacks the others.
EVENT_MEMBERS: Final = frozenset({"event_name", "event_id", "event_time", "action_source", "user_data"})


class Kind(Enum):
    """What an object is: an event of the one or the other, or a request that holds a list of them."""

    SEGMENT_EVENT = auto()
    SEGMENT_BATCH = auto()
    CONVERSION_EVENT = auto()
    PAYLOAD = auto()


OF_SEGMENT: Final = (Kind.SEGMENT_EVENT, Kind.SEGMENT_BATCH)
OF_PINTEREST: Final = (Kind.CONVERSION_EVENT, Kind.PAYLOAD)
#: The first that holds decides: an object with an `event_name` is Pinterest's, whatever its `type`.
_MARKS: Final[tuple[tuple[Kind, Callable[[Object], bool]], ...]] = (
    (Kind.PAYLOAD, lambda found: isinstance(found.get(DATA), list)),
    (Kind.CONVERSION_EVENT, lambda found: "event_name" in found),
    (Kind.SEGMENT_EVENT, is_event),
    (Kind.SEGMENT_BATCH, lambda found: isinstance(found.get(BATCH), list)),
    (Kind.CONVERSION_EVENT, lambda found: not EVENT_MEMBERS.isdisjoint(found)),
)
#: A page of the admin API -> what each of its records holds under which name.
RECORD_MEMBERS: Final = {"events": "payload", "requests": "body"}
_HOLDERS: Final = {Kind.PAYLOAD: DATA, Kind.SEGMENT_BATCH: BATCH}


def tell_kind(document: Any) -> Kind | None:
    """What a document is; None of a list, of what is no object, and of an object that is neither's."""
    if not isinstance(document, dict):
        return None
    return next((kind for kind, holds in _MARKS if holds(document)), None)


def unpack_export(document: Any) -> list[tuple[str, Any]] | None:
    """What an export of the emulator holds: pointers, and the payload or conversion event at each.

    An export is a page of the admin API's events or requests, or one of their records. A request whose body
    is not a payload is left out. None for another document.
    """
    if not isinstance(document, dict):
        return None
    for page, member in RECORD_MEMBERS.items():
        records = document.get(page)
        if isinstance(records, list) and all(isinstance(each, dict) and member in each for each in records):
            found = ((f"/{page}/{index}/{member}", each[member]) for index, each in enumerate(records))
            return [each for each in found if _is_sent(each[1], member)]
        if "received_at" in document and _is_sent(document.get(member), member):
            return [(f"/{member}", document[member])]
    return None


def _is_sent(value: Any, member: str) -> bool:
    """Whether a record's value is what was sent, and not a note about a body that could not be read."""
    return isinstance(value, dict) and (member != "body" or DATA in value)


def list_events(document: Any) -> tuple[str | None, list[Any]]:
    """The pointer to the list of a document's events (None: the document is one event), and the events."""
    if isinstance(document, list):
        return "", document
    if (found := unpack_export(document)) is not None:
        return "", [event for _, inner in found for event in list_events(inner)[1]]
    kind = tell_kind(document)
    holder = _HOLDERS.get(kind) if kind else None
    return (None, [document]) if holder is None else (f"/{holder}", document[holder])
