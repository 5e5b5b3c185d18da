"""Paths opened for reading, and small files read whole: what never ends is refused."""

import errno
import os
import select
import stat
from pathlib import Path
from typing import BinaryIO, Final

#: Seconds to wait until somebody writes to a named pipe.
PIPE_TIMEOUT: Final = 10.0
#: Bytes of the largest file that is read whole, such as a baseline or a mapping.
MAX_WHOLE: Final = 64_000_000
#: Devices that end: everything else of the kind, such as /dev/zero, never does.
_FINITE_DEVICES: Final = frozenset({"/dev/null", "/dev/stdin"})
_DEVICE: Final = "it is a device and not a file"


def open_path(path: Path, *, timeout: float = PIPE_TIMEOUT) -> BinaryIO:
    """A path opened for reading.

    OSError if it cannot be opened, with errno ENODEV if it is a device without an end; TimeoutError if it is
    a named pipe without a writer.
    """
    kind = path.stat().st_mode
    if stat.S_ISFIFO(kind):
        return open_pipe(path, timeout=timeout)
    if stat.S_ISBLK(kind) or (stat.S_ISCHR(kind) and str(path) not in _FINITE_DEVICES):
        raise OSError(errno.ENODEV, _DEVICE)
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


def read_whole(path: Path) -> bytes:
    """The content of a small file. Raises OSError as `open_path` and `read_limited` do."""
    with open_path(path) as stream:
        return read_limited(stream)


def read_limited(stream: BinaryIO, *, limit: int = MAX_WHOLE) -> bytes:
    """The rest of a stream. Raises OSError with errno EFBIG if it has more bytes than the limit."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"it has more than {limit:,} bytes")
    return content


def show_name(name: str) -> str:
    r"""A file's name for reports: bytes that are not UTF-8 are written out, such as \udce9."""
    return name.encode(errors="backslashreplace").decode()


def require_ordinary(path: Path) -> None:
    """Raise OSError if a path is missing or not an ordinary file: for files that a library reads itself."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.ENODEV, "it is not an ordinary file")
