"""Findings at their places in a file, with the line of text that is shown with each."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from mockpin_validator.archive.excerpt import Excerpt, excerpt
from mockpin_validator.archive.payloads import Payload
from mockpin_validator.archive.positions import Positions
from mockpin_validator.judging.finding import Finding
from mockpin_validator.masking import mask_pointer


class PlacedFinding(NamedTuple):
    """A finding in a file, with the line of text it is about, fit to be shown."""

    file: str
    finding: Finding
    excerpt: Excerpt | None = None


#: Gives a finding of one payload or text its place; called only for findings that are kept.
Placing = Callable[[Finding], PlacedFinding]


def place_in_payload(file: str, positions: Positions, payload: Payload) -> Placing:
    """A function that places the findings on a payload."""

    def place(finding: Finding) -> PlacedFinding:
        offset = positions.locate(payload.pointer(finding.path))
        around = positions.locate(payload.pointer(find_event_pointer(finding.path)))
        line, column = positions.line_and_column(offset)
        path = mask_pointer(payload.path(finding.path, positions.document.first))
        located = replace(finding, path=path, line=line, column=column)
        return PlacedFinding(file, located, excerpt(positions.text, offset, around))

    return place


def place_in_text(file: str, positions: Positions, offset: int | None) -> Placing:
    """A function that places the finding on a text itself; None if no text could be read."""

    def place(finding: Finding) -> PlacedFinding:
        if offset is None:
            return PlacedFinding(file, finding)
        line, column = positions.line_and_column(offset)
        shown = excerpt(positions.text, offset, positions.line_start(offset))
        return PlacedFinding(file, replace(finding, line=line, column=column), shown)

    return place


def make_line_finder(positions: Positions, payload: Payload) -> Callable[[int], int]:
    """Make a function that returns the line on which an event of a payload begins, by the event's index."""
    document = positions.document
    if document.lines <= 1 or document.is_made:
        return lambda _: document.line
    return lambda index: positions.line_and_column(positions.locate(payload.pointer(f"/data/{index}")))[0]


def find_event_pointer(path: str) -> str:
    """The pointer to the event that a path in a payload leads into, or the path of what is around events."""
    return "/".join(path.split("/")[:3])
