"""From the bytes of a document to its JSON value, or to the finding that says why there is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.positions import second_key
from mockpin_validator.archive.rules import DUPLICATE_KEY, UNREADABLE
from mockpin_validator.judging.finding import Complaint, Evidence, Finding
from mockpin_validator.judging.rule import build_finding

_THE_FILE: Final = Evidence("the file itself", "observed", "")
_TWIN: Final = Complaint(
    "",
    "This key stands twice in one object, and readers differ in which of the two they take.",
    "Write every key once.",
)
_NO_NUMBER: Final = re.compile(r"-?(NaN|Infinity|undefined|None)")

#: What to do about a text that is no JSON, by a word of the parser's message.
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
    """A document is no JSON; `finding` says where and why."""

    finding: Finding

    def __str__(self) -> str:
        """Where, what, and what to do."""
        return f"Line {self.finding.line}: {self.finding.message} {self.finding.fix}"


def parse(document: Document) -> Any:
    """The JSON value of a document. `Unparsable` if there is none; blank lines must not be asked for."""
    if document.flaw:
        complaint = Complaint("", f"{document.flaw}.", document.flaw.fix, evidence=_THE_FILE)
        raise Unparsable(build_finding(UNREADABLE, complaint, "error", line=document.line or None))
    try:
        return orjson.loads(document.text)
    except orjson.JSONDecodeError as error:
        raise Unparsable(finding_of(document, error)) from None


def finding_of(document: Document, error: orjson.JSONDecodeError) -> Finding:
    """Why a text is no JSON, at its line and column."""
    broken = undecodable(document.text) if "valid UTF-8" in error.msg else None
    reason = said_of(document.text, error)
    advice = next((said for word, said in ADVICE if word in error.msg), "Write the document as JSON.")
    line, column = broken or (error.lineno, error.colno)
    complaint = Complaint("", f"This is not JSON: {reason}.", advice)
    return build_finding(UNREADABLE, complaint, "error", line=document.line + line - 1, column=column)


def said_of(text: bytes, error: orjson.JSONDecodeError) -> str:
    """The parser's reason, put for people where it can be."""
    if "valid UTF-8" in error.msg:
        return "a byte that is not UTF-8"
    around = text.decode(errors="replace")[max(0, error.pos - 2) : error.pos + 10]
    if found := _NO_NUMBER.search(around):
        return f"{found[1]} is no JSON value"
    return error.msg.replace("infinity when parsed as double", "too large: infinity when parsed as double")


def undecodable(text: bytes) -> tuple[int, int] | None:
    """Line and column of the first byte that is not UTF-8."""
    try:
        text.decode()
    except UnicodeDecodeError as error:
        before = text[: error.start]
        last = before.rpartition(b"\n")[2]
        return before.count(b"\n") + 1, len(last.decode()) + 1
    return None


def twins_of(document: Document, value: Any) -> Iterator[Finding]:
    """An error if an object of the document has a key twice, at the second.

    Printing the value again gives the same bytes only when no key was lost, which settles most documents.
    """
    if _printed(value) == document.text.strip():
        return
    if place := second_key(document.text.decode(), document.line):
        yield build_finding(DUPLICATE_KEY, _TWIN, "error", line=place.line, column=place.column)


def _printed(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # it reads deeper nesting than it prints
        return b""
