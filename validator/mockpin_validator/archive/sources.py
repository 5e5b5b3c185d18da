"""Files to judge, and the parts in which several processes can take them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from mockpin_validator.archive.documents import (
    Document,
    explain_damage,
    number_lines,
    read_documents,
    skip_line,
    spans_lines,
)
from mockpin_validator.archive.forms import find_form, read_form
from mockpin_validator.archive.opening import DAMAGE, HEAD, STDIN, is_compressed, open_stream

#: Bytes of one part of a file of lines: a fraction of a second, so that Ctrl-C loses little.
PART: Final = 1 << 20


@dataclass(frozen=True)
class Part:
    """The documents that begin in a range of a file's bytes; without a stop, all from the start on.

    `line` is the number of the first line that begins in it.
    """

    name: str
    start: int = 0
    stop: int | None = None
    line: int = 1

    def documents(self, stdin: BinaryIO | None = None) -> Iterator[Document]:
        """Its documents. `OSError` if it cannot be opened."""
        with open_stream(self.name, stdin) as stream:
            if self.stop is None:
                yield from read_any(stream, self.name)
                return
            if self.start:
                stream.seek(self.start - 1)
                skip_line(stream, stop=self.stop)
            name = ".jsonl" if self.start else self.name
            yield from read_documents(stream, name, stop=self.stop, line=self.line)


def read_any(stream: BufferedReader, name: str) -> Iterator[Document]:
    """The documents of a whole file in any form; damage ends them with a flaw."""
    line = 0
    try:
        for document in read_form(stream, name):
            line = document.line
            yield document
    except DAMAGE as error:
        yield Document(b"", line + 1, flaw=explain_damage(error))


def divide_files(names: Iterable[str], *, jobs: int) -> Iterator[Part]:
    """Each file once: whole for one process, in parts for several."""
    files = dict.fromkeys(names)
    return map(Part, files) if jobs == 1 else chain.from_iterable(map(divide_file, files))


def divide_file(name: str, *, size: int = PART) -> Iterator[Part]:
    """A file in parts of about a size in bytes: a file of lines in ranges, any other whole.

    Every document begins in exactly one part. A file that cannot be opened is one part too. The lines of a
    part are counted when the next is asked for, near the time when it is judged: the disk is read once.
    """
    if name == STDIN or not has_lines(name):
        yield Part(name)
        return
    total, line_ends, line = Path(name).stat().st_size, 0, 1
    with Path(name).open("rb") as stream:
        for start in range(0, total, size):
            yield Part(name, start, min(start + size, total), line)
            text = stream.read(size)
            line_ends += text.count(b"\n")
            line = line_ends + (1 if text.endswith(b"\n") else 2)  # a line that is begun belongs to this part


def has_lines(name: str) -> bool:
    """Whether a file can be opened and holds lines of JSON."""
    with suppress(OSError):  # as of a name that is too long, or in a folder that may not be entered
        if Path(name).is_file() and Path(name).stat().st_size:
            with Path(name).open("rb") as stream:
                return begins_lines(stream, name)
    return False


def begins_lines(stream: BufferedReader, name: str) -> bool:
    """Whether a file at its beginning holds lines of JSON as they are; any other must be read whole."""
    head = stream.peek(HEAD)
    if is_compressed(head) or find_form(head, name):
        return False
    first = next((line.text for line in number_lines(stream) if not line.text.isspace()), None)
    return first is not None and not spans_lines(first, name)
