"""Reads a pasted text as a payload, conversion events or Segment events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from mockpin.emulator.json_texts import DEEPEST, MAX_VALUES, may_hold_too_much, may_nest_deeply, nests_deeply
from mockpin_validator.contract.kinds import Kind, list_events, tell_kind

if TYPE_CHECKING:
    from mockpin_validator.archive.placing import PlacedFinding

    Event = Mapping[str, Any]

TOO_MUCH = (
    f"The document holds more than {MAX_VALUES:,} values, which would hold up other requests. Paste a part of"
    " it, or judge the whole file on the command line: mockpin validate FILE."
)
TOO_DEEP = (
    f"Objects and lists lie more than {DEEPEST} deep within one another in the document. An event needs six"
    " levels: send plain objects and arrays."
)
#: Events of one request at most. Judging this many takes about a second.
MAX_EVENTS = 1000
TOO_MANY = (
    f"The document holds {{number:,}} events, and one request may have {MAX_EVENTS:,}. Paste a part of it, or"
    " judge the whole file on the command line: mockpin validate FILE."
)
EXAMPLE = 'a payload {"data": [...]}, a conversion event or a Segment event {"type": "track", ...}'


@dataclass(eq=False)
class DocumentUnreadable(ValueError):
    """The pasted text cannot be judged. `drawing` is the line that is not JSON, masked, over a caret.

    `status` is the page's: an error where the text is refused as the API would refuse it.
    """

    problem: str
    drawing: str = ""
    status: int = HTTPStatus.OK

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
    whole = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if may_hold_too_much(whole):
        raise DocumentUnreadable(TOO_MUCH, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    document = Document(whole)
    try:
        value = parse(document)
    except Unparsable as error:
        placed = place_in_text("", Positions(document), error.offset)(error.finding)
        finding = placed.finding
        place = f"line {finding.line}, column {finding.column}"
        problem = f"{finding.message.rstrip('.')}, {place}. {finding.fix}"
        raise DocumentUnreadable(problem, draw(placed)) from None
    if may_nest_deeply(whole) and nests_deeply(value):
        raise DocumentUnreadable(TOO_DEEP, status=HTTPStatus.BAD_REQUEST)
    return value


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
    kind = tell_kind(document)
    if kind in (Kind.PAYLOAD, Kind.LIST, Kind.CONVERSION_EVENT, Kind.EXPORT):
        events = [event for _, event in list_events(document)]
        if len(events) > MAX_EVENTS:
            too_large = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            raise DocumentUnreadable(TOO_MANY.format(number=len(events)), status=too_large)
        return document if kind is Kind.PAYLOAD else {"data": events}
    raise DocumentUnreadable(f"This is JSON, but nothing to judge: paste {EXAMPLE}.")
