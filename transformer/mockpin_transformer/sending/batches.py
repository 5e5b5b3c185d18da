"""Conversion events cut into batches: at most 1,000 each, offline events in batches of their own."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mockpin_transformer.errors import NotJson
from mockpin_transformer.js import JSON
from mockpin_transformer.sending.receipt import Failure
from mockpin_transformer.sending.verdicts import read_event_id
from mockpin_transformer.wire import find_foreign, write_payload

#: What Pinterest takes in one request.
MOST_EVENTS: Final = 1000


@dataclass(frozen=True)
class EventBatch:
    """The events of one request, with the index of each in the list that was given."""

    offline: bool
    indexes: tuple[int, ...]
    events: tuple[dict[str, JSON], ...]

    def without(self, places: Container[int]) -> "EventBatch":
        """The batch without the events at these places in it."""
        left = [place for place in range(len(self.events)) if place not in places]
        return EventBatch(
            self.offline,
            tuple(self.indexes[place] for place in left),
            tuple(self.events[place] for place in left),
        )


def list_events(events: Iterable[JSON]) -> list[JSON]:
    """List the events of any iterable. TypeError for one event alone, or a payload."""
    if isinstance(events, Mapping):
        raise TypeError('Give a list of events, not one event or a payload: [event], or payload["data"].')
    return list(events)


def list_conversion_events(events: Iterable[dict[str, JSON]]) -> list[dict[str, JSON]]:
    """List the events of any iterable. TypeError as `list_events`, and for an event that is not a dict."""
    listed = list_events(events)
    for index, event in enumerate(listed):
        if not isinstance(event, dict):
            raise TypeError(f"A conversion event is a dict, and at {index} is a {type(event).__name__}.")
    return listed


def split(events: Sequence[dict[str, JSON]], *, size: int = MOST_EVENTS) -> Iterator[EventBatch]:
    """Split events into batches: first those that Pinterest deduplicates, then the offline ones."""
    for offline in (False, True):
        places = [place for place, event in enumerate(events) if is_offline(event) is offline]
        for start in range(0, len(places), size):
            indexes = tuple(places[start : start + size])
            yield EventBatch(offline, indexes, tuple(events[index] for index in indexes))


def is_offline(event: dict[str, JSON]) -> bool:
    """Whether Pinterest never deduplicates the event."""
    return event.get("action_source") == "offline"


@dataclass(frozen=True)
class BatchBody:
    """A request's body, the events in it, and those of their batch that JSON cannot hold, and why."""

    batch: EventBatch
    content: bytes
    unwritable: tuple[Failure, ...] = ()


def write_body(batch: EventBatch) -> BatchBody:
    """The body of a batch, written once, without the events that JSON cannot hold."""
    try:
        return BatchBody(batch, write_payload(batch.events))
    except NotJson:
        foreign = {place: next(find_foreign(event), None) for place, event in enumerate(batch.events)}
    failed = {place: error for place, error in foreign.items() if error}
    left = batch.without(failed)
    unwritable = (
        Failure(batch.indexes[place], read_event_id(batch.events[place]), str(error))
        for place, error in failed.items()
    )
    return BatchBody(left, write_payload(left.events), tuple(unwritable))
