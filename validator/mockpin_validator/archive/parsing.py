"""From the bytes of a document to its JSON value, or to the finding that says why there is none."""

import re
from dataclasses import dataclass
from typing import Any, Final

import orjson

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.positions import Positions, second_key
from mockpin_validator.archive.rules import DUPLICATE_KEY, UNREADABLE
from mockpin_validator.judging.finding import Complaint, Finding
from mockpin_validator.judging.rule import build_finding

_DUPLICATE: Final = Complaint(
    "",
    "This key stands twice in one object, and readers differ in which of the two they take.",
    "Write every key once.",
)
_NO_NUMBER: Final = re.compile(r"-?(NaN|Infinity|undefined|None)")

#: What to do about a text that is not JSON, by a word of the parser's message.
ADVICE: Final = (
    ("byte order mark", "Save the file as UTF-8 without a byte order mark."),
    ("UTF-8", "Save the file as UTF-8."),
    ("depth limit", "No payload is nested this deeply: send plain objects and arrays."),
    ("infinity when parsed", "Write a number that a double can hold."),
    ("surrogate", "Write whole characters: a \\u escape of a surrogate needs its other half."),
    ("after document", "Write one document a line (for example with jq -c)."),
    ("end of data", "The text stops early: write the whole document."),
)


@dataclass(eq=False)
class Unparsable(Exception):
    """A document is not JSON; `finding` says where and why.

    `offset` is the place in its text, in characters; None if no text could be read.
    """

    finding: Finding
    offset: int | None = None

    def __str__(self) -> str:
        """Where, what, and what to do."""
        return f"Line {self.finding.line}: {self.finding.message} {self.finding.fix}"


def parse(document: Document) -> Any:
    """The JSON value of a document. `Unparsable` if there is none; blank lines must not be asked for."""
    if document.flaw:
        raise Unparsable(build_finding(UNREADABLE, document.flaw, "error", line=document.line or None))
    try:
        return orjson.loads(document.text)
    except orjson.JSONDecodeError as error:
        raise explain_unparsable(document, error) from None


def explain_unparsable(document: Document, error: orjson.JSONDecodeError) -> Unparsable:
    """Why a text is not JSON, at its line and column."""
    undecodable = find_undecodable(document.text) if "valid UTF-8" in error.msg else None
    offset = error.pos if undecodable is None else undecodable
    advice = next((advice for word, advice in ADVICE if word in error.msg), "Write the document as JSON.")
    complaint = Complaint("", f"This is not JSON: {name_reason(document.text, error)}.", advice)
    line, column = Positions(document).line_and_column(offset)
    return Unparsable(build_finding(UNREADABLE, complaint, "error", line=line, column=column), offset)


def name_reason(text: bytes, error: orjson.JSONDecodeError) -> str:
    """The parser's reason, put for people where it can be."""
    if "valid UTF-8" in error.msg:
        return "a byte that is not UTF-8"
    around = text.decode(errors="replace")[max(0, error.pos - 2) : error.pos + 10]
    if found := _NO_NUMBER.search(around):
        return f"{found[1]} is not a JSON value"
    return error.msg.replace("infinity when parsed as double", "too large: infinity when parsed as double")


def find_undecodable(text: bytes) -> int | None:
    """The offset, in characters, of the first byte that is not UTF-8."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return len(text[: error.start].decode())
    return None


def find_duplicate_key(document: Document, value: Any) -> tuple[Finding, int] | None:
    """An error if an object of the document has a key twice, and the offset of the second.

    Printing the value again gives the same bytes only when no key was lost, which settles most documents.
    """
    if _printed(value) == document.text.strip():
        return None
    offset = second_key(document.text.decode())
    return None if offset is None else (build_finding(DUPLICATE_KEY, _DUPLICATE, "error"), offset)


def _printed(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # it reads deeper nesting than it prints
        return b""
