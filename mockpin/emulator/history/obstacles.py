"""Why the system or SQLite refuses a file, in words that say what to do."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EFBIG
from os import R_OK, W_OK, X_OK, access
from pathlib import Path
from tempfile import TemporaryFile

from mockpin.emulator.history.store_errors import StoreInUse, StoreUnreadable

#: A condition that keeps a file from being used, and the sentence about it.
Obstacle = tuple[Callable[[Path], bool], str]

NOT_OURS = "it is not a store of mockpin; name another file"
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
#: SQLite's codes that explain themselves, whatever the permissions of the file are.
REASONS: Mapping[int, str] = {
    sqlite3.SQLITE_NOTADB: NOT_OURS,
    sqlite3.SQLITE_CORRUPT: "it is damaged; take a copy from before, or name another file",
    sqlite3.SQLITE_FULL: "the disk is full; make room",
}
#: Bytes by which SQLite may grow a file at once: a page, and what its log adds to it.
GROWTH = 2 * 16384
UNKNOWN = "the system does not say why; look at its disk, or name another file"
TOO_LARGE = (
    "it has reached the largest size that the system allows a file (EFBIG); "
    "raise the limit that ulimit -f shows, or use another file system"
)
#: What may keep us from a file, asked in this order, and what to do.
IN_THE_WAY: Sequence[Obstacle] = (
    (lambda file: _may_not(file.parent, X_OK), "you may not enter its folder, {0.parent}"),
    (Path.is_dir, "it is a folder; name a file in it"),
    (lambda file: file.exists() and not file.is_file(), "it is a device or the like; name an ordinary file"),
)
CLOSED: Sequence[Obstacle] = (
    *IN_THE_WAY,
    (lambda file: not file.parent.is_dir(), "there is no folder {0.parent}; make it, or name another file"),
    (lambda file: _may_not(file, R_OK), "you may not read it"),
)
#: SQLite keeps files beside the store, also while it only reads.
TO_READ: Sequence[Obstacle] = (
    *CLOSED,
    (lambda file: not file.exists(), "there is no such file; give the one that mockpin serve --store wrote"),
    (lambda file: _may_not(file.parent, W_OK), "you may not write to its folder, {0.parent}; copy it"),
)
TO_WRITE: Sequence[Obstacle] = (
    *CLOSED,
    (lambda file: _may_not(file.parent, W_OK), "you may not write to its folder, {0.parent}"),
    (lambda file: _may_not(file, W_OK), "you may not write to it; name another file"),
    (lambda file: not _may_grow(file), TOO_LARGE),
)


@contextmanager
def explained(path: str, obstacles: Sequence[Obstacle] = ()) -> Iterator[None]:
    """Have SQLite's errors said in words of ours. Raises StoreFailed."""
    if not path:
        raise StoreUnreadable("''", "its name is empty; name a file, or name none to use memory")
    if obstacle := find_obstacle(path, IN_THE_WAY):  # to open a pipe would wait for its other end
        raise StoreUnreadable(path, obstacle)
    try:
        yield
    except sqlite3.Error as error:
        if read_code(error) in IN_USE:
            raise StoreInUse(path) from None
        raise StoreUnreadable(path, explain(error, path, obstacles)) from None


def explain(error: sqlite3.Error, path: str, obstacles: Sequence[Obstacle] = TO_WRITE) -> str:
    """An error of SQLite's about a file, in words of ours: why, and what to do."""
    return REASONS.get(read_code(error)) or find_obstacle(path, obstacles) or UNKNOWN


def read_code(error: sqlite3.Error) -> int:
    """SQLite's own code for an error, without what it adds for some; 0 where there is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _may_not(file: Path, do: int) -> bool:
    return file.exists() and not access(file, do)


def _may_grow(file: Path) -> bool:
    """Whether the system lets a file grow that is as large as the larger of the store and its log."""
    sizes = [path.stat().st_size for path in (file, file.with_name(f"{file.name}-wal")) if path.exists()]
    with TemporaryFile(dir=file.parent) as probe:
        try:
            os.truncate(probe.fileno(), max(sizes, default=0) + GROWTH)
        except OSError as error:
            return error.errno != EFBIG
    return True


def find_obstacle(path: str, obstacles: Sequence[Obstacle]) -> str:
    """Why a file cannot be used, in words; empty when the reason is unknown."""
    file = Path(path).absolute()
    try:
        return next((said.format(file) for stands, said in obstacles if stands(file)), "")
    except OSError as error:
        return f"the system says {os.strerror(error.errno or 0)!r}"
