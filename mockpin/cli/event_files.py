"""Events out of files for `transform` and `send`: JSON, JSON Lines, either compressed by gzip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockpin.cli.documents import parse_document, read_texts
from mockpin.cli.errors import name_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The members under which requests hold their events: Segment's batch, Pinterest's payload.
HOLDERS = ("batch", "data")


class Located(NamedTuple):
    """An event and where it was read."""

    event: Any
    place: str


def read_events(names: Iterable[str]) -> Iterator[Located]:
    """Every event of the files, `-` being standard input; InputUnreadable where one cannot be read."""
    from transformer.js import parse_json

    for name, document in read_texts(names):
        parse_document(document, name)  # says where and why it cannot be read
        value = parse_json(document.text.decode())  # its numbers are JavaScript's
        yield from _find_events(value, f"{name_file(name)}:{document.line}")


def is_conversion_event(event: Any) -> bool:
    """Whether this is Pinterest's form of an event already; Segment's has a `type`."""
    return isinstance(event, dict) and "event_name" in event and "type" not in event


def is_segment_event(event: Any) -> bool:
    """Whether this is a call to Segment, each of which has a `type`."""
    return isinstance(event, dict) and "type" in event


def _find_events(document: Any, place: str) -> Iterator[Located]:
    """One event, a list of them, or a request that holds them."""
    if isinstance(document, dict):
        document = next(
            (document[each] for each in HOLDERS if isinstance(document.get(each), list)), document
        )
    if not isinstance(document, list):
        yield Located(document, place)
        return
    for index, event in enumerate(document):
        yield Located(event, f"{place}#{index}")
