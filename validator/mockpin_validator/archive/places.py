"""Where findings stand in a document's text, and the line of it that is shown with them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.excerpt import excerpt
from mockpin_validator.archive.positions import Position, Positions
from mockpin_validator.archive.requests import Request
from mockpin_validator.archive.tally import PlacedFinding
from mockpin_validator.judging.finding import Finding
from mockpin_validator.masking import mask_pointer


@dataclass
class Places:
    """Places findings in a document; its text is decoded when the first is placed."""

    document: Document
    file: str

    @cached_property
    def positions(self) -> Positions:
        """The places of the document's values."""
        return Positions(self.document.text.decode(errors="replace"), self.document.line)

    def line_of(self, at: Position) -> int:
        """The line in the file, or the number of the row or request that the text was made of."""
        return self.document.line if self.document.is_made else at.line

    def column_of(self, at: Position) -> int | None:
        """The column in the file; None where the text was made."""
        if self.document.is_made:
            return None
        return at.column + (self.document.column if at.line == self.document.line else 0)

    def place_in(self, request: Request | None) -> Callable[[Finding], PlacedFinding]:
        """A function that places the findings of one request."""

        def place(finding: Finding) -> PlacedFinding:
            at = self.positions.locate(request.pointer(finding.path) if request else finding.path)
            around = self.positions.locate(request.pointer(event_of(finding.path)) if request else "")
            path = mask_pointer(request.path(finding.path, self.document.first) if request else finding.path)
            located = replace(finding, path=path, line=self.line_of(at), column=self.column_of(at))
            return PlacedFinding(self.file, located, excerpt(self.positions.text, at, around.offset))

        return place

    def lines_of(self, request: Request) -> Callable[[int], int]:
        """A function that tells the line on which an event of a request begins, by the event's index."""
        if self.document.lines <= 1 or self.document.is_made:
            return lambda _: self.document.line
        return lambda index: self.positions.locate(request.pointer(f"/data/{index}")).line

    def place_text(self, finding: Finding) -> PlacedFinding:
        """A finding about the text itself, which has its line and column already."""
        if finding.column is None:
            return PlacedFinding(self.file, finding)
        text = self.positions.text
        line = offset_of_line(text, (finding.line or 1) - self.document.line)
        at = Position(finding.line or 1, finding.column, line + finding.column - 1)
        located = replace(finding, line=self.line_of(at), column=self.column_of(at))
        return PlacedFinding(self.file, located, excerpt(text, at, line))


def event_of(path: str) -> str:
    """The pointer to the event that a path in a payload leads into, or the path of what is around events."""
    return "/".join(path.split("/")[:3])


def offset_of_line(text: str, number: int) -> int:
    """Where a line begins; its number counts from 0."""
    offset = 0
    for _ in range(number):
        offset = text.find("\n", offset) + 1
    return offset
