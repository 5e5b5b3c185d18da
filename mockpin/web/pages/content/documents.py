"""Reads a pasted text as a payload, conversion events or Segment events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin_validator.contract.kinds import Kind, list_events, tell_kind

if TYPE_CHECKING:
    from mockpin_validator.archive.placing import PlacedFinding

    Event = Mapping[str, Any]

EXAMPLE = 'a payload {"data": [...]}, a conversion event or a Segment event {"type": "track", ...}'


@dataclass(eq=False)
class DocumentUnreadable(ValueError):
    """The pasted text cannot be judged. `drawing` is the line that is not JSON, masked, over a caret."""

    problem: str
    drawing: str = ""

    def __str__(self) -> str:
        return self.problem


def parse_document(text: bytes | str) -> Any:
    """Parse a pasted text. Raises `DocumentUnreadable` with line and column, as `mockpin validate` does."""
    from mockpin_validator.archive.documents import Document  # noqa: PLC0415 - loaded when first needed
    from mockpin_validator.archive.parsing import Unparsable, parse  # noqa: PLC0415 - as above
    from mockpin_validator.archive.placing import place_in_text  # noqa: PLC0415 - as above
    from mockpin_validator.archive.positions import Positions  # noqa: PLC0415 - as above

    if not text.strip():
        raise DocumentUnreadable(f"Nothing was pasted: paste {EXAMPLE}.")
    document = Document(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    try:
        return parse(document)
    except Unparsable as error:
        placed = place_in_text("", Positions(document), error.offset)(error.finding)
        finding = placed.finding
        place = f"line {finding.line}, column {finding.column}"
        problem = f"{finding.message.rstrip('.')}, {place}. {finding.fix}"
        raise DocumentUnreadable(problem, draw(placed)) from None


def draw(placed: PlacedFinding) -> str:
    """Draw the line of a finding with its number, and a caret below."""
    if placed.excerpt is None:
        return ""
    line, carets = placed.excerpt
    number = placed.finding.line
    return f"{number} | {line}\n{' ' * len(str(number))} | {carets}"


def find_segment_events(document: Any) -> tuple[Event, ...]:
    """Return the Segment events of a document: one event, a list, or a Segment batch; none for a payload."""
    if tell_kind(document) is Kind.PAYLOAD:
        return ()
    events = tuple(event for _, event in list_events(document))
    return events if all(tell_kind(event) is Kind.SEGMENT_EVENT for event in events) else ()


def find_payload(document: Any) -> Event:
    """Return the payload that a document is, or that would contain it. Raises `DocumentUnreadable`."""
    if tell_kind(document) is Kind.PAYLOAD:
        return document  # type: ignore[no-any-return]  # it is an object
    if tell_kind(document) in (Kind.LIST, Kind.CONVERSION_EVENT, Kind.EXPORT):
        return {"data": [event for _, event in list_events(document)]}
    raise DocumentUnreadable(f"This is JSON, but nothing to judge: paste {EXAMPLE}.")
