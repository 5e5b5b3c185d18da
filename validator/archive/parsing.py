"""From the bytes of a document to its JSON value, or to the finding that says why there is none."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import orjson

from validator.archive.lines import CUT_OFF, DAMAGED, NOT_OPENED, TOO_LONG, UNREADABLE, Document
from validator.finding import Finding

UNREADABLE_RULE: Final = "unreadable"
DUPLICATE_RULE: Final = "duplicate-key"
_SOURCE: Final = "RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format"
_NO_NUMBER: Final = re.compile(r"-?(NaN|Infinity|undefined|None)")

#: What to do about each flaw of a file.
FIXES: Final = {
    TOO_LONG: "Write one event a line (for example with jq -c '.data[]'), or send smaller batches.",
    CUT_OFF: "Get the file again; what came before this place was judged.",
    DAMAGED: "Get the file again; what came before this place was judged.",
    NOT_OPENED: "Check its name and who may read it.",
    UNREADABLE: "Check the disk or the mount; what came before this place was judged.",
}
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
        fix = FIXES[document.flaw.partition(":")[0]]
        raise Unparsable(complaint(f"{document.flaw}.", fix, line=document.line))
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
    return complaint(f"This is not JSON: {reason}.", advice, line=document.line + line - 1, column=column)


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


def complaint(message: str, fix: str, *, line: int, column: int | None = None) -> Finding:
    """An error about the document as a text."""
    return Finding(
        UNREADABLE_RULE, "error", "", message, fix, _SOURCE, "documented", line=line, column=column
    )  # fmt: skip


def repeats_key(document: Document, value: Any) -> bool:
    """Whether an object of the document has a key twice.

    Printing the value again gives the same bytes only when no key was lost, which settles most documents.
    """
    return _printed(value) != document.text.strip() and _has_twins(document.text)


def _printed(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # it reads deeper nesting than it prints
        return b""


def _has_twins(text: bytes) -> bool:
    twins = []

    def note(pairs: list[tuple[str, Any]]) -> None:
        if len({key for key, _ in pairs}) < len(pairs):
            twins.append(True)

    with suppress(RecursionError):  # nested deeper than Python's own parser goes
        json.loads(text, object_pairs_hook=note, parse_float=len, parse_int=len)
    return bool(twins)


def duplicate_key(document: Document) -> Finding:
    """A key stands twice in one object: which of the two is read is the reader's choice."""
    return Finding(
        DUPLICATE_RULE,
        "error",
        "",
        "A key stands twice in one object, and readers differ in which of the two they take.",
        "Write every key once.",
        f"{_SOURCE}, section 4",
        "documented",
        line=document.line,
        column=1,
    )
