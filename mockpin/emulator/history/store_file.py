"""Opening the SQLite file behind the history, or saying clearly why it cannot be opened.

StoreFailed
├── StoreUnreadable   the file cannot be opened, or is not a store of mockpin
├── StoreDamaged      parts of the file cannot be read
├── StoreTooNew       a newer mockpin wrote it
├── StoreInUse        another process has it
├── StoreUnwritable   what came in cannot be kept, as on a full disk
└── StoreClosed       whoever had the file has let go of it
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EFBIG
from os import R_OK, W_OK, X_OK, access
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType
from urllib.parse import quote

from mockpin.emulator.history import shadow_answers
from mockpin.emulator.history.event_fields import EVENT_FIELDS, EventRow
from mockpin.emulator.history.records import ExchangeRow

Obstacle = tuple[Callable[[Path], bool], str]

MEMORY = ":memory:"
APPLICATION = 0x6D6F636B
#: How a file of SQLite's begins, and where its header has the number of the application that wrote it.
MAGIC = b"SQLite format 3\0"
APPLICATION_BYTES = slice(68, 72)
NOT_OURS = "it is not a store of mockpin; name another file"
#: Page size before anything else: it cannot change once a table is there. 16 KiB pages waste least on
#: rows of 1.6 KB. Exclusive: one process owns the state, and its death frees the lock.
PRAGMAS = (
    "PRAGMA page_size = 16384",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -32000",
)
TYPES = {"seq": "INTEGER PRIMARY KEY", "id": "INTEGER PRIMARY KEY"}
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
#: What SQLite's codes say of a file, whoever may do what with it.
REASONS: Mapping[int, str] = MappingProxyType({
    sqlite3.SQLITE_NOTADB: NOT_OURS,
    sqlite3.SQLITE_CORRUPT: "it is damaged; take a copy from before, or name another file",
    sqlite3.SQLITE_FULL: "the disk is full; make room",
})  # fmt: skip
#: Bytes by which SQLite may grow a file at once: a page, and what its log adds to it.
GROWTH = 2 * 16384
UNKNOWN = "the system does not say why; look at its disk, or name another file"
NOTHING_LOST = "nothing that was stored is lost"
HOW_TO_SALVAGE = (
    "Start mockpin serve once with --salvage to keep the rest in a new file, or name another file."
)
TOO_LARGE = (
    "it has reached the largest size that the system allows a file (EFBIG); "
    "raise the limit that ulimit -f shows, or use another file system"
)
#: What may stand between us and a file, asked in this order, and what to do.
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


@dataclass(eq=False)
class StoreFailed(Exception):
    """The history's file cannot be used."""

    path: str
    reason: str = ""

    def __str__(self) -> str:
        return f"The store {self.path} cannot be opened: {self.reason}."


class StoreUnreadable(StoreFailed):
    """The file cannot be opened, or is not a store of mockpin."""


class StoreDamaged(StoreFailed):
    """Parts of the file cannot be read; `reason` says which."""

    def __str__(self) -> str:
        return f"The store {self.path} is damaged: {self.reason}. {HOW_TO_SALVAGE}"


class StoreTooNew(StoreFailed):
    """A newer mockpin wrote the file."""

    def __str__(self) -> str:
        what = f"The store {self.path} was written by a newer mockpin ({self.reason})"
        return f"{what}: use that one, or another file."


class StoreInUse(StoreFailed):
    """Another process has the file."""

    def __str__(self) -> str:
        return f"The store {self.path} is in use by another mockpin: stop that one, or use another file."


class StoreUnwritable(StoreFailed):
    """What came in cannot be kept, as on a full disk."""

    def __str__(self) -> str:
        what = f"The store {self.path} cannot be written: {self.reason}"
        return f"{what}. Nothing of the request was done; send it again once that is mended."


class StoreClosed(StoreFailed):
    """Whoever had the file has let go of it."""

    def __str__(self) -> str:
        return f"The store {self.path} is closed."


def declare(name: str, columns: Iterable[str]) -> str:
    """The statement that makes a table of these columns."""
    typed = ", ".join(f"{column} {TYPES.get(column, '')}" for column in columns)
    return f"CREATE TABLE {name} ({typed})"


#: What a version of the store changed beside the columns of events. New columns come last, as in the rows.
OTHER_CHANGES: Mapping[int, Sequence[str]] = MappingProxyType({
    2: (
        "ALTER TABLE exchanges ADD COLUMN source DEFAULT 'api'",
        "ALTER TABLE exchanges ADD COLUMN reason",
        "ALTER TABLE exchanges ADD COLUMN cause_path",
        "ALTER TABLE exchanges ADD COLUMN cause",
        "CREATE INDEX IF NOT EXISTS eventless_exchanges ON exchanges (id) WHERE first_seq IS NULL",
        "CREATE INDEX IF NOT EXISTS faulted_exchanges ON exchanges (id, fault) WHERE fault IS NOT NULL",
    ),
})  # fmt: skip
VERSION = max(*OTHER_CHANGES, *(field.since for field in EVENT_FIELDS))


def list_changes(version: int) -> Sequence[str]:
    """The statements that bring a store of the version before to `version`."""
    columns = [name for field in EVENT_FIELDS if field.since == version for name in field.column_names]
    added = [f"ALTER TABLE events ADD COLUMN {column}" for column in columns]
    return (*added, *OTHER_CHANGES.get(version, ()))


SCHEMA = (
    declare("events", EventRow._fields),
    declare("exchanges", ExchangeRow._fields),
    declare("firsts", ("seq", "ad_account_id", "name", "event_id", "seen")),
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID",
    "CREATE INDEX events_by_account ON events (ad_account_id, event_name)",
    "CREATE INDEX test_events ON events (seq) WHERE test",
    "CREATE INDEX eventless_exchanges ON exchanges (id) WHERE first_seq IS NULL",
    "CREATE INDEX faulted_exchanges ON exchanges (id, fault) WHERE fault IS NOT NULL",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


def open_database(path: str = MEMORY) -> sqlite3.Connection:
    """A connection to a store, made when there is none yet. Raises StoreFailed.

    A file that is not a store of ours stays as it is: it is looked at before it is opened for writing.
    """
    with explained(path, TO_WRITE):
        if path != MEMORY:
            refuse_foreign(path)
        return connect(path, path, prepare)


def make_temporary() -> sqlite3.Connection:
    """A connection to an empty store in a temporary file, which SQLite removes when it is closed."""
    return connect("", "", prepare)


def open_for_reading(path: str) -> sqlite3.Connection:
    """A connection that only reads a store that is there, and changes nothing. Raises StoreFailed."""
    with explained(path, TO_READ):
        return connect(path, _address_for_reading(path), check_version)


def _address_for_reading(path: str) -> str:
    return f"file:{quote(os.fsencode(Path(path).absolute()))}?mode=ro"


def refuse_foreign(path: str) -> None:
    """Raise StoreUnreadable for a file with content that is not a store, without changing anything.

    The header says whose a database is, unless its log has a newer one.
    """
    file = Path(path)
    header = read_header(file) if file.is_file() else b""
    if not header or header[APPLICATION_BYTES] == APPLICATION.to_bytes(4):
        return
    if not (header.startswith(MAGIC) and file.with_name(f"{file.name}-wal").exists()):
        raise StoreUnreadable(path, NOT_OURS)
    connect(path, _address_for_reading(path), check_version).close()


def read_header(file: Path) -> bytes:
    """The first bytes of a file; none when it cannot be read, which SQLite then explains."""
    try:
        with file.open("rb") as stream:
            return stream.read(100)
    except OSError:
        return b""


def connect(
    path: str, address: str, prepare: Callable[[sqlite3.Connection, str], None]
) -> sqlite3.Connection:
    """A connection to a store once it is prepared for use."""
    database = sqlite3.connect(
        address, uri=address != path, timeout=0.2, isolation_level=None, check_same_thread=False
    )
    try:
        prepare(database, path)
    except BaseException:
        database.close()
        raise
    return database


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
    sizes = [each.stat().st_size for each in (file, file.with_name(f"{file.name}-wal")) if each.exists()]
    with TemporaryFile(dir=file.parent) as probe:
        try:
            os.truncate(probe.fileno(), max(sizes, default=0) + GROWTH)
        except OSError as error:
            return error.errno != EFBIG
    return True


def find_obstacle(path: str, obstacles: Sequence[Obstacle]) -> str:
    """What stands between us and a file, in words; empty when it is none of these."""
    file = Path(path).absolute()
    try:
        return next((said.format(file) for stands, said in obstacles if stands(file)), "")
    except OSError as error:
        return f"the system says {os.strerror(error.errno or 0)!r}"


def prepare(database: sqlite3.Connection, path: str) -> None:
    """Take the file, and make or check what is in it.

    A new file is marked as ours before its log begins, so that one whose writer was killed at once is known.
    """
    for pragma in PRAGMAS:
        database.execute(pragma)
    if not database.execute("PRAGMA page_count").fetchone()[0]:
        database.execute(f"PRAGMA application_id = {APPLICATION}")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("BEGIN EXCLUSIVE")
    if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in SCHEMA:
            database.execute(statement)
    check_version(database, path)
    migrate(database)
    database.execute(shadow_answers.CREATE)
    database.execute("COMMIT")


def migrate(database: sqlite3.Connection) -> None:
    """Bring a store of an older version up to this one."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    for newer in range(version + 1, VERSION + 1):
        for statement in list_changes(newer):
            database.execute(statement)
    database.execute(f"PRAGMA user_version = {VERSION}")


def check_version(database: sqlite3.Connection, path: str) -> None:
    """Refuse what is not ours or is newer than we are."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise StoreUnreadable(path, NOT_OURS)
    if version > VERSION:
        raise StoreTooNew(path, f"format {version}, this one knows {VERSION}")
