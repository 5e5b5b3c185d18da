"""What a JSON document is: a payload, a conversion event, a list, a Segment event, a tag hit or an export.

Used by all that read documents: `validate`, `transform`, `send`, `replay` and the workbench.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any, Final

#: An object with one of these members is a conversion event, even if it lacks the others.
EVENT_MEMBERS: Final = frozenset({"event_name", "event_id", "event_time", "action_source", "user_data"})
#: The types of Segment's events.
SEGMENT_TYPES: Final = ("track", "page", "screen", "identify", "group", "alias")
#: Parameters of which a hit of Pinterest's tag has one, beside the tag's id.
_HIT_MEMBERS: Final = frozenset({"event", "ed", "pd"})
#: A page of the admin API -> the member of its records that was sent.
_RECORD_MEMBERS: Final = {"events": "payload", "requests": "body"}


class Kind(Enum):
    """What a document is."""

    PAYLOAD = auto()
    CONVERSION_EVENT = auto()
    SEGMENT_EVENT = auto()
    SEGMENT_BATCH = auto()
    TAG_HIT = auto()
    EXPORT = auto()
    LIST = auto()


SEGMENT_KINDS: Final = (Kind.SEGMENT_EVENT, Kind.SEGMENT_BATCH)
PINTEREST_KINDS: Final = (Kind.CONVERSION_EVENT, Kind.PAYLOAD)
_HOLDERS: Final = {Kind.PAYLOAD: "data", Kind.SEGMENT_BATCH: "batch"}


def tell_kind(document: Any) -> Kind | None:
    """Return what a document is; None for an object of an unknown kind and for any other value."""
    if isinstance(document, list):
        return Kind.LIST
    if not isinstance(document, dict):
        return None
    for kind, holds in _MARKS:
        if holds(document):
            return kind
    return None


def is_segment_event(document: Any) -> bool:
    """Whether a document has a `type` that Segment knows."""
    return isinstance(document, dict) and document.get("type") in SEGMENT_TYPES


def list_events(document: Any) -> list[tuple[str, Any]]:
    """Return the events in a document, each with its pointer; "" for a document that is one event."""
    kind = tell_kind(document)
    if kind is Kind.EXPORT:
        return [
            (pointer + inner, event)
            for pointer, value in unpack_export(document)
            for inner, event in list_events(value)
        ]
    if kind is Kind.LIST:
        return [(f"/{index}", event) for index, event in enumerate(document)]
    holder = _HOLDERS.get(kind) if kind else None
    if holder is None:
        return [("", document)]
    return [(f"/{holder}/{index}", event) for index, event in enumerate(document[holder])]


def unpack_export(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the payloads or conversion events of an export of the emulator, each with its pointer.

    An export is a page of the admin API's events or requests, or one of their records. A request whose body
    is not a payload is left out.
    """
    for page, member in _RECORD_MEMBERS.items():
        if _is_page(document, page, member):
            values = [
                (f"/{page}/{index}/{member}", record[member]) for index, record in enumerate(document[page])
            ]
            return [(pointer, value) for pointer, value in values if _is_sent(value, member)]
    return [
        (f"/{member}", document[member])
        for member in _RECORD_MEMBERS.values()
        if _is_sent(document.get(member), member)
    ][:1]


def _is_record_page(document: Mapping[str, Any]) -> bool:
    return any(_is_page(document, page, member) for page, member in _RECORD_MEMBERS.items())


def _is_record(document: Mapping[str, Any]) -> bool:
    return "received_at" in document and any(
        _is_sent(document.get(member), member) for member in _RECORD_MEMBERS.values()
    )


def _is_page(document: Mapping[str, Any], page: str, member: str) -> bool:
    records = document.get(page)
    return isinstance(records, list) and all(
        isinstance(record, dict) and member in record for record in records
    )


def _is_sent(value: Any, member: str) -> bool:
    """Whether a record's value is what was sent, and not a note about a body that could not be read."""
    return isinstance(value, dict) and (member != "body" or "data" in value)


#: The first test that is true decides: an object with an `event_name` is Pinterest's, whatever its `type`. A
#: page comes last: an event that carries an empty list named `events` is still an event, and must be judged.
_MARKS: Final[tuple[tuple[Kind, Callable[[Mapping[str, Any]], bool]], ...]] = (
    (Kind.PAYLOAD, lambda document: isinstance(document.get("data"), list)),
    (Kind.EXPORT, _is_record),
    (Kind.CONVERSION_EVENT, lambda document: "event_name" in document),
    (Kind.SEGMENT_EVENT, is_segment_event),
    (Kind.SEGMENT_BATCH, lambda document: isinstance(document.get("batch"), list)),
    (Kind.CONVERSION_EVENT, lambda document: not EVENT_MEMBERS.isdisjoint(document)),
    (Kind.TAG_HIT, lambda document: "tid" in document and not _HIT_MEMBERS.isdisjoint(document)),
    (Kind.EXPORT, _is_record_page),
)
