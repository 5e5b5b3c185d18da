"""Files and standard input opened for reading, with gzip and zstd undone."""

import errno
import gzip
import os
import select
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, Final, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


STDIN: Final = "-"
#: What reading a compressed stream raises that is damaged or cut off.
_BAD_COMPRESSION: Final = (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError)
#: What reading an opened stream raises: its compression is bad, or the disk is.
DAMAGE: Final = (*_BAD_COMPRESSION, OSError)
#: Bytes that can be looked at before anything is read.
HEAD: Final = 1 << 16
#: Seconds to wait until somebody writes to a named pipe.
PIPE_TIMEOUT: Final = 10.0
#: Devices that end: everything else of the kind, such as /dev/zero, never does.
_FINITE_DEVICES: Final = frozenset({"/dev/null", "/dev/stdin"})


@contextmanager
def opened(name: str, stdin: BinaryIO | None = None) -> Iterator[BufferedReader]:
    """A file, or standard input for `-`, as plain bytes that can be peeked at.

    OSError if it cannot be opened, with errno ENODEV if it is a device without an end; TimeoutError if it is
    a named pipe without a writer.
    """
    if name == STDIN and stdin is not None:
        yield decompressed(stdin)
        return
    with open_path(Path(name)) as stream:
        yield decompressed(stream)


def open_path(path: Path, *, timeout: float = PIPE_TIMEOUT) -> BinaryIO:
    """A path opened for reading; errors as `opened` has them."""
    kind = path.stat().st_mode
    if stat.S_ISFIFO(kind):
        return open_pipe(path, timeout=timeout)
    if stat.S_ISBLK(kind) or (stat.S_ISCHR(kind) and str(path) not in _FINITE_DEVICES):
        raise OSError(errno.ENODEV, "it is a device and not a file")
    return path.open("rb")


def open_pipe(path: Path, *, timeout: float) -> BinaryIO:
    """A named pipe, once somebody has it open for writing."""
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not select.select([pipe], [], [], 0)[0] and not wait_for_writer(pipe, timeout):
        os.close(pipe)
        raise TimeoutError(0, f"no program wrote to this pipe within {timeout:g} s")
    os.set_blocking(pipe, True)
    return os.fdopen(pipe, "rb")


def wait_for_writer(pipe: int, timeout: float) -> bool:
    """Whether something can be read from a pipe in time."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    return bool(poll.poll(timeout * 1000))


def decompressed(stream: BinaryIO) -> BufferedReader:
    """The stream with its compression undone, however often it was compressed.

    Damage of a compressed stream is raised when it is read, not here.
    """
    buffered = cast("BufferedReader", stream)
    if not hasattr(stream, "peek"):
        buffered = BufferedReader(cast("RawIOBase", stream), HEAD)
    for magic, undo in _COMPRESSIONS.items():
        try:
            if buffered.peek(len(magic)).startswith(magic):
                return decompressed(undo(buffered))
        except _BAD_COMPRESSION as error:
            return BufferedReader(DamagedStream(error))
    return buffered


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


def begins_compressed(head: bytes) -> bool:
    """Whether what begins so is compressed."""
    return head.startswith(tuple(_COMPRESSIONS))


#: How a compressed stream begins -> how its compression is undone.
_COMPRESSIONS: Final[dict[bytes, Callable[[BinaryIO], BinaryIO]]] = {
    b"\x1f\x8b": lambda stream: cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb")),
    b"\x28\xb5\x2f\xfd": lambda stream: cast("BinaryIO", zstd.ZstdFile(stream)),
}
