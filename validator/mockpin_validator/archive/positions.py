"""Where in the text of a JSON document its values stand."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mockpin_validator.archive.documents import Document

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'(?P<key>"(?:[^"\\]|\\.)*")(?=[ \t\r\n]*:)|"(?:[^"\\]|\\.)*"|[{}\[\]]')
_DECODER = json.JSONDecoder(parse_float=len, parse_int=len, strict=False)


@dataclass
class Positions:
    """The places of a document's values, read as far as they are asked for and remembered.

    A place is an offset into the text, in characters. The text must be JSON, except for `line_and_column`;
    of keys that stand twice the last counts, as for every parser.
    """

    document: Document
    _members: dict[int, Mapping[str, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def text(self) -> str:
        """The document's text, decoded when it is first asked for."""
        return self.document.text.decode(errors="replace")

    def locate(self, pointer: str) -> int:
        """The offset of a JSON pointer's value, or that of the nearest value around it which exists."""
        offset = _skip(self.text, 0)
        for token in pointer.split("/")[1:]:
            member = self.members(offset).get(token.replace("~1", "/").replace("~0", "~"))
            if member is None:
                break
            offset = member
        return offset

    def line_start(self, offset: int) -> int:
        """The offset at which the line around an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_and_column(self, offset: int) -> tuple[int, int | None]:
        """Line and column of an offset in the document's file, from 1.

        Of a text that was made of a row or a recorded request: that one's number, and None.
        """
        if self.document.is_made:
            return self.document.line, None
        start = self.line_start(offset)
        column = offset - start + 1 + (0 if start else self.document.column)
        return self.document.line + self.text.count("\n", 0, start), column

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


def second_key(text: str) -> int | None:
    """The offset of the first key that its object has already; None if every object's keys differ."""
    objects: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        piece = token["key"] or token[0]
        if piece in "{[":
            objects.append(set())
        elif piece in "}]":
            objects.pop()
        elif token["key"]:
            key = json.loads(piece)
            if key in objects[-1]:
                return token.start()
            objects[-1].add(key)
    return None
