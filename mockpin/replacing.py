"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def replacing(path: Path, *, mode: int = 0o666) -> AbstractContextManager[BinaryIO]:
    """A file to write that takes the place of another when the context ends without an error.

    Its bytes are on the disk by then. `mode` is the most that the umask lets others do. A link stays, and the
    file that it names is replaced; a device or a pipe, such as /dev/stdout, is written to. Raises OSError.
    """
    if path.exists() and not path.is_file():
        return path.open("wb")
    return _replace(path.resolve(), mode)


@contextmanager
def _replace(path: Path, mode: int) -> Iterator[BinaryIO]:
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with suppress(OSError):  # it has its final name, or its folder is missing
            draft.unlink()
