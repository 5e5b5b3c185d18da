"""A JSON document as numbered lines with notes: how a page shows a payload.

Invisible characters, and those that change the direction of a line, are written as their escapes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

from mockpin_validator.judging.finding import SEVERITIES, Severity
from mockpin_validator.wording import make_visible

Kind = Literal["key", "string", "number", "word", "punctuation"]

MAX_LINES = 2000
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class LinePiece:
    """A piece of a line, and its kind: a key, a string, a number, a word such as null, or punctuation."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Note:
    """A remark on one place of the document. `kind` is a severity, or "known" for a hash explained."""

    kind: Severity | Literal["known"]
    pointer: str
    message: str
    fix: str = ""
    source: str = ""
    rule: str = ""
    documented: str = ""


@dataclass(frozen=True)
class Line:
    """One line: number from 1, depth, JSON pointer of the value that begins on it (or None), and notes."""

    number: int
    depth: int
    pointer: str | None
    tokens: tuple[LinePiece, ...]
    notes: tuple[Note, ...] = ()

    @property
    def severity(self) -> str:
        """The gravest kind among its notes, or nothing."""
        kinds = {note.kind for note in self.notes}
        return next((kind for kind in (*SEVERITIES, "known") if kind in kinds), "")


@dataclass(frozen=True)
class _Waiting:
    """A value or closing bracket that is not yet written."""

    value: Any
    pointer: str | None
    depth: int
    before: tuple[LinePiece, ...] = ()
    comma: str = ""


def annotate(document: Any, notes: Iterable[Note] = (), *, most: int = MAX_LINES) -> tuple[Line, ...]:
    """Return the document's lines, with each note on the line where its value begins.

    A note on a missing value is on the line of the object that lacks it. After `most` lines, a line with an
    ellipsis replaces the rest.
    """
    lines = tuple(islice(lay_out(document), most + 1))
    if len(lines) > most:
        lines = (*lines[:most], Line(most + 1, 0, None, (LinePiece("punctuation", "…"),)))
    begins = {line.pointer: line.number for line in reversed(lines) if line.pointer is not None}
    by_line: defaultdict[int, list[Note]] = defaultdict(list)
    for note in notes:
        by_line[_nearest(note.pointer, begins)].append(note)
    return tuple(
        replace(line, notes=tuple(by_line[line.number])) if line.number in by_line else line for line in lines
    )


def lay_out(document: Any) -> Iterator[Line]:
    """Yield the document's lines without notes, at any depth of nesting."""
    waiting = [_Waiting(document, "", 0)]
    number = 0
    while waiting:
        number += 1
        now = waiting.pop()
        waiting.extend(reversed(tuple(_open(now))))
        yield Line(number, now.depth, now.pointer, (*now.before, *_write(now)))


def _nearest(pointer: str, begins: Mapping[str, int]) -> int:
    while pointer and pointer not in begins:
        pointer = pointer.rpartition("/")[0]
    return begins.get(pointer, 1)


def _open(now: _Waiting) -> Iterator[_Waiting]:
    """Yield what follows the opening bracket of a value: its children and the closing bracket."""
    if now.pointer is None or not now.value or not isinstance(now.value, dict | list):
        return
    children = tuple(_children(now.value))
    for position, (step, before, value) in enumerate(children, 1):
        pointer = f"{now.pointer}/{step.replace('~', '~0').replace('/', '~1')}"
        yield _Waiting(value, pointer, now.depth + 1, before, "," if position < len(children) else "")
    yield _Waiting("}" if isinstance(now.value, dict) else "]", None, now.depth, (), now.comma)


def _children(value: dict[str, Any] | list[Any]) -> Iterator[tuple[str, tuple[LinePiece, ...], Any]]:
    if isinstance(value, list):
        yield from ((str(index), (), child) for index, child in enumerate(value))
    else:
        for key, child in value.items():
            yield key, (LinePiece("key", _quote(key)), LinePiece("punctuation", ": ")), child


def _write(now: _Waiting) -> Iterator[LinePiece]:
    if now.pointer is None:
        yield LinePiece("punctuation", now.value + now.comma)
    elif isinstance(now.value, dict | list):
        pair = "{}" if isinstance(now.value, dict) else "[]"
        yield LinePiece("punctuation", pair[0] if now.value else pair + now.comma)
    else:
        yield _scalar(now.value)
        if now.comma:
            yield LinePiece("punctuation", now.comma)


def _scalar(value: Any) -> LinePiece:
    if isinstance(value, str):
        return LinePiece("string", _quote(value))
    kind: Kind = "word" if value is None or isinstance(value, bool) else "number"
    return LinePiece(kind, json.dumps(value))


def _quote(text: str) -> str:
    cut = f"{text[:LONGEST_TEXT]}…" if len(text) > LONGEST_TEXT else text
    return make_visible(json.dumps(cut, ensure_ascii=False))
