"""Files to judge, and the parts in which several processes can take them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from mockpin_validator.archive.arrays import ArrayReader
from mockpin_validator.archive.documents import (
    MARK,
    Document,
    documents_of,
    flaw_of,
    numbered,
    skip_line,
    spans_lines,
)
from mockpin_validator.archive.har import har_documents, is_har
from mockpin_validator.archive.opening import DAMAGE, HEAD, STDIN, is_compressed, opened
from mockpin_validator.archive.tables import PARQUET, csv_documents, is_csv, parquet_documents

if TYPE_CHECKING:
    from io import BufferedReader

#: Bytes of one part of a file of lines: a fraction of a second, so that Ctrl-C loses little.
PART: Final = 1 << 20


@dataclass(frozen=True)
class Part:
    """The documents that begin in a range of a file's bytes; without a stop, all from the start on."""

    name: str
    start: int = 0
    stop: int | None = None

    @property
    def size(self) -> int:
        """Bytes of the file that it covers, 0 for what has no size."""
        if self.stop is not None:
            return self.stop - self.start
        path = Path(self.name)
        return path.stat().st_size if path.is_file() else 0

    def documents(self, stdin: BinaryIO | None = None) -> Iterator[Document]:
        """Its documents, their lines counted from its own beginning. `OSError` if it cannot be opened."""
        with opened(self.name, stdin) as stream:
            if self.stop is None:
                yield from read_any(stream, self.name)
                return
            if self.start:
                stream.seek(self.start - 1)
                skip_line(stream, stop=self.stop)
            yield from documents_of(stream, ".jsonl" if self.start else self.name, stop=self.stop)


def read_any(stream: "BufferedReader", name: str) -> Iterator[Document]:
    """The documents of a whole file in any form; damage ends them with a flaw."""
    line = 0
    try:
        for document in read_form(stream, name):
            line = document.line
            yield document
    except DAMAGE as error:
        yield Document(b"", line + 1, flaw=flaw_of(error))


def read_form(stream: "BufferedReader", name: str) -> Iterator[Document]:
    """The documents of a file by its form: lines, one document, an array, HAR, CSV or Parquet."""
    head = stream.peek(HEAD)
    if head.startswith(PARQUET):
        yield from parquet_documents(stream)
    elif is_array(head):
        yield from ArrayReader(stream).chunks()
    elif is_har(head):
        yield from har_documents(stream)
    elif is_csv(head, name):
        yield from csv_documents(stream)
    else:
        yield from documents_of(stream, name)


def is_array(head: bytes) -> bool:
    """Whether a file that begins so holds arrays of JSON."""
    return head.removeprefix(MARK).lstrip()[:1] == b"["


def parts_of(name: str, *, size: int = PART) -> Iterator[Part]:
    """A file in parts of about a size in bytes: a file of lines in ranges, any other whole.

    Every document begins in exactly one part. A file that cannot be opened is one part too.
    """
    if name == STDIN or is_whole(name):
        yield Part(name)
        return
    total = Path(name).stat().st_size
    for start in range(0, total, size):
        yield Part(name, start, min(start + size, total))


def is_whole(name: str) -> bool:
    """Whether a file must be read from its beginning: it does not hold lines of JSON as they are."""
    if not Path(name).is_file() or not Path(name).stat().st_size:
        return True
    with suppress(OSError), Path(name).open("rb") as stream:
        head = stream.peek(HEAD)
        if is_compressed(name) or head.startswith(PARQUET) or is_array(head) or is_har(head):
            return True
        lines = (each for each in numbered(stream) if not each.text.isspace())
        return is_csv(head, name) or spans_lines(next(lines, Document(b"")).text, name)
    return True
