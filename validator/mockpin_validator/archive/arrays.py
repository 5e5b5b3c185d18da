"""JSON arrays of any length, read as documents of at most 1,000 elements each."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, NoReturn

from mockpin_validator.archive.documents import LIMIT, TOO_LONG, Document
from mockpin_validator.archive.payloads import BATCH

_STEP: Final = 1 << 20
_SPACE: Final = " \t\r\n"
#: What may follow an element.
_AFTER: Final = f"{_SPACE},]"
#: Characters of a text after which the parser may stop only because the text is not complete yet.
_REACH: Final = 16
#: Characters behind an error that are kept, so that it can be shown.
_SHOWN: Final = 200
#: Characters that are kept of an element which is nested too deeply for Python.
_DEEP: Final = 100_000


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER: Final = json.JSONDecoder(parse_float=len, parse_int=len, parse_constant=_refuse, strict=False)


@dataclass
class ArrayReader:
    """The text of a stream as far as it was read, and the place in it.

    `start` is where the chunk begins that is being gathered; what lies before it is dropped. Lines and
    columns count from 1, in characters.
    """

    stream: BinaryIO
    text: str = ""
    place: int = 0
    start: int = 0
    line: int = 1
    column: int = 1
    ended: bool = False
    _decode: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("surrogateescape"), repr=False
    )

    def chunks(self) -> Iterator[Document]:
        """The documents of the arrays in the stream, one after another."""
        first = 0
        while self.next_character() == "[":
            self.place += 1
            self.drop_text()
            for size, document in self.read_array(first):
                first += size
                yield document
                if document.flaw or size < 0:
                    return
            first = 0
        if self.next_character():
            yield self.rest()

    def read_array(self, first: int) -> Iterator[tuple[int, Document]]:
        """The chunks of the array whose bracket was read, each with its number of elements; -1 if broken."""
        elements, closed = 0, self.skip("]")
        if closed:
            yield 0, self.document(first)
        while not closed:
            if not self.read_element():
                yield -1, self.broken(first)
                return
            elements += 1
            ends, closed = self.place, self.skip("]")
            if not closed and not self.skip(","):
                yield -1, self.broken(first)
                return
            if closed or elements == BATCH or ends - self.start > LIMIT // 2:
                yield elements, self.document(first, ends)
                first, elements = first + elements, 0

    def document(self, first: int, ends: int | None = None) -> Document:
        """The chunk as an array of its own; what was read of the text is dropped."""
        text = self.text[self.start : ends if ends is not None else self.start]
        line, column = self.line, self.column
        lines = self.drop_text()
        return Document(f"[{text}]".encode(errors="surrogateescape"), line, lines, None, first, column - 2)

    def broken(self, first: int) -> Document:
        """The rest of the text up to a little behind the place where it is not JSON."""
        if self.place - self.start > LIMIT:
            return Document(b"", self.line, flaw=TOO_LONG)
        text = f"[{self.text[self.start : self.place + _SHOWN]}"
        line, column = self.line, self.column
        return Document(text.encode(errors="surrogateescape"), line, 1, None, first, column - 2)

    def rest(self) -> Document:
        """What follows the last array."""
        self.drop_text()
        text = self.text[: _SHOWN * 10]
        return Document(text.encode(errors="surrogateescape"), self.line, 1, None, 0, self.column - 1)

    def read_element(self) -> bool:
        """Move behind the next element; False if it is not JSON or longer than a request may be."""
        self.next_character()
        while True:
            try:
                _, ends = _DECODER.raw_decode(self.text, self.place)
                if self.ended or self._is_whole(ends):
                    self.place = ends
                    return True
            except json.JSONDecodeError as error:
                if self.ended or not self._may_go_on(error):
                    self.place = max(self.place, error.pos)
                    return False
            except RecursionError:
                self.place = min(len(self.text), self.place + _DEEP)
                return False
            except ValueError:
                return False
            if len(self.text) - self.place > LIMIT:
                self.place = len(self.text)
                return False
            self.read_more()

    def _is_whole(self, ends: int) -> bool:
        """Whether an element cannot go on behind its end, as a number at the end of the text could."""
        following = self.text[ends : ends + 1]
        return bool(following) and (following in _AFTER or len(self.text) - ends > _REACH)

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos >= len(self.text) - _REACH

    def next_character(self) -> str:
        """The next character that is not white space, which stays; "" at the end."""
        while True:
            while self.place < len(self.text) and self.text[self.place] in _SPACE:
                self.place += 1
            if self.place < len(self.text) or self.ended:
                return self.text[self.place : self.place + 1]
            self.read_more()

    def skip(self, character: str) -> bool:
        """Whether a character comes next, which is then read."""
        found = self.next_character() == character
        self.place += found
        return found

    def read_more(self) -> None:
        """Append the next million bytes to the text."""
        read = self.stream.read(max(_STEP, len(self.text) - self.start))
        self.ended = not read
        self.text += self._decode.decode(read, final=self.ended)

    def drop_text(self) -> int:
        """Forget the text that was read, and begin the next chunk; how many lines that text had."""
        passed = self.text[: self.place]
        lines = passed.count("\n")
        self.column = self.place - passed.rfind("\n") if lines else self.column + self.place
        self.line += lines
        self.text, self.place, self.start = self.text[self.place :], 0, 0
        return lines
