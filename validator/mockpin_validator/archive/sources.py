"""Files to judge, and the parts in which several processes can take them."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from mockpin_validator.archive.documents import Document, documents_of, numbered, skip_line, spans_lines

if TYPE_CHECKING:
    from io import RawIOBase

STDIN: Final = "-"
#: Bytes of one part of a file of lines: a fraction of a second, so that Ctrl-C loses little.
PART: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"


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
            if self.start:
                stream.seek(self.start - 1)
                skip_line(stream, stop=self.stop)
            yield from documents_of(stream, ".jsonl" if self.start else self.name, stop=self.stop)


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
    """Whether a file must be read from its beginning: it is compressed, no regular file, or one document."""
    if not Path(name).is_file() or not Path(name).stat().st_size:
        return True
    with suppress(OSError), Path(name).open("rb") as stream:
        if is_gzip(stream):
            return True
        lines = (each for each in numbered(stream) if not each.text.isspace())
        return spans_lines(next(lines, Document(b"")).text, name)
    return True


@contextmanager
def opened(name: str, stdin: BinaryIO | None = None) -> Iterator[BinaryIO]:
    """A file, or standard input for `-`, to read its bytes from; gzip is undone."""
    if name == STDIN and stdin is not None:
        yield plain(stdin)
        return
    with Path(name).open("rb") as stream:
        yield plain(stream)


def plain(stream: BinaryIO) -> BinaryIO:
    """The stream, decompressed if it is gzip."""
    stream = (
        stream if hasattr(stream, "peek") else cast("BinaryIO", BufferedReader(cast("RawIOBase", stream)))
    )
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if is_gzip(stream) else stream


def is_gzip(stream: BinaryIO) -> bool:
    """Whether a buffered stream begins as gzip does; nothing is taken from it."""
    return bytes(cast("BufferedReader", stream).peek(2)[:2]) == _GZIP
