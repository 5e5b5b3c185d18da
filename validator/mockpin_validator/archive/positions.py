"""Where in the text of a JSON document the value of a JSON pointer stands."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'(?P<key>"(?:[^"\\]|\\.)*")(?=[ \t\r\n]*:)|"(?:[^"\\]|\\.)*"|[{}\[\]]')
_DECODER = json.JSONDecoder(parse_float=len, parse_int=len, strict=False)


class Position(NamedTuple):
    """A place in a text: line and column count from 1 (in characters), offset from 0."""

    line: int
    column: int
    offset: int


@dataclass
class Positions:
    """The places of a JSON document's values, read as far as they are asked for and remembered.

    The text must be JSON; of keys that stand twice the last counts, as for every parser.
    """

    text: str
    first_line: int = 1
    _members: dict[int, Mapping[str, int]] = field(default_factory=dict, repr=False)

    def locate(self, pointer: str) -> Position:
        """The place of a JSON pointer's value, or that of the nearest value around it which exists."""
        offset = _skip(self.text, 0)
        for token in pointer.split("/")[1:]:
            member = self.members(offset).get(token.replace("~1", "/").replace("~0", "~"))
            if member is None:
                break
            offset = member
        return self.position(offset)

    def position(self, offset: int) -> Position:
        """Line and column of an offset into the text."""
        start = self.text.rfind("\n", 0, offset) + 1
        return Position(self.first_line + self.text.count("\n", 0, start), offset - start + 1, offset)

    def members(self, offset: int) -> Mapping[str, int]:
        """Where the members begin of the object or array at an offset; none for another value."""
        if offset not in self._members:
            try:
                self._members[offset] = _read_members(self.text, offset)
            except RecursionError:  # nested deeper than Python's own parser goes
                self._members[offset] = {}
        return self._members[offset]


def _read_members(text: str, offset: int) -> dict[str, int]:
    opening = text[offset : offset + 1]
    members: dict[str, int] = {}
    at = _skip(text, offset + 1)
    while opening in ("{", "[") and text[at : at + 1] not in ("}", "]", ""):
        token, value = str(len(members)), at
        if opening == "{":
            token, end = _DECODER.raw_decode(text, at)
            value = _skip(text, _skip(text, end) + 1)
        members[token] = value
        at = _skip(text, _DECODER.raw_decode(text, value)[1])
        at = _skip(text, at + 1) if text[at : at + 1] == "," else at
    return members


def _skip(text: str, offset: int) -> int:
    """The offset after white space."""
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


def second_key(text: str, first_line: int = 1) -> Position | None:
    """The place of the first key that its object has already; None if every object's keys differ."""
    objects: list[set[str]] = []
    for found in _TOKEN.finditer(text):
        piece = found["key"] or found[0]
        if piece in "{[":
            objects.append(set())
        elif piece in "}]":
            objects.pop()
        elif found["key"]:
            key = json.loads(piece)
            if key in objects[-1]:
                return Positions(text, first_line).position(found.start())
            objects[-1].add(key)
    return None
