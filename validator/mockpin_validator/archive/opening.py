"""Files and standard input opened for reading, with gzip and zstd undone."""

import errno
import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from mockpin_validator.files import open_path

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STDIN: Final = "-"
#: What reading a compressed stream raises that is damaged or cut off.
_BAD_COMPRESSION: Final = (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError)
#: What reading an opened stream raises: its compression is bad, or the disk is.
DAMAGE: Final = (*_BAD_COMPRESSION, OSError)
#: Bytes that can be looked at before anything is read.
HEAD: Final = 1 << 16


@contextmanager
def open_stream(name: str, stdin: BinaryIO | None = None) -> Iterator[BufferedReader]:
    """A file, or standard input for `-`, as plain bytes that can be peeked at.

    Raises OSError if it cannot be opened, as `open_path` does.
    """
    if name == STDIN and stdin is not None:
        yield decompress(BufferedReader(EndingStream(stdin), HEAD))
        return
    if not name:  # Path would take it for the current folder
        raise FileNotFoundError(errno.ENOENT, "its name is empty")
    with open_path(Path(name)) as stream:
        yield decompress(stream)


def decompress(stream: BinaryIO) -> BufferedReader:
    """Undo the compression of a stream, however often it was compressed.

    Damage of a compressed stream is raised when it is read, not here.
    """
    buffered = cast("BufferedReader", stream)
    if not hasattr(stream, "peek"):
        buffered = BufferedReader(cast("RawIOBase", stream), HEAD)
    for magic, undo in _COMPRESSIONS.items():
        try:
            if buffered.peek(len(magic)).startswith(magic):
                return decompress(undo(buffered))
        except _BAD_COMPRESSION as error:
            return BufferedReader(DamagedStream(error))
    return buffered


class EndingStream(RawIOBase):
    """A stream that has ended when it says so once; a terminal reads on after Ctrl-D."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = cast("BufferedReader", stream)
        self._has_ended = False

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what is there into a buffer; nothing once the stream has ended."""
        size = 0 if self._has_ended else self._stream.readinto1(buffer)
        self._has_ended = not size
        return size


class DamagedStream(RawIOBase):
    """A stream whose first bytes cannot be decompressed: every reading raises the error that this gave."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, _buffer: object) -> int:
        """Raises the error."""
        raise self._error


def is_compressed(head: bytes) -> bool:
    """Whether a file that begins with these bytes is compressed."""
    return head.startswith(tuple(_COMPRESSIONS))


#: How a compressed stream begins -> how its compression is undone.
_COMPRESSIONS: Final[dict[bytes, Callable[[BinaryIO], BinaryIO]]] = {
    b"\x1f\x8b": lambda stream: cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb")),
    b"\x28\xb5\x2f\xfd": lambda stream: cast("BinaryIO", zstd.ZstdFile(stream)),
}
