"""Opening the SQLite file behind the history."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import NoneType
from urllib.parse import quote

from mockpin.emulator.history.clean_requests import EXISTS
from mockpin.emulator.history.event_fields import keep
from mockpin.emulator.history.obstacles import NOT_OURS, TO_READ, TO_WRITE, explained
from mockpin.emulator.history.store_errors import StoreUnreadable
from mockpin.emulator.history.tables import APPLICATION, check_version, prepare_tables

MEMORY = ":memory:"
#: How a file of SQLite's begins, and where its header has the number of the application that wrote it.
MAGIC = b"SQLite format 3\0"
APPLICATION_BYTES = slice(68, 72)
#: Page size before anything else: it cannot change once a table is there. 16 KiB pages waste least on
#: rows of 1.6 KB. Exclusive: one process owns the state, and its death frees the lock.
PRAGMAS = (
    "PRAGMA page_size = 16384",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -32000",
)
# SQLite takes these as they are, but Python's sqlite3 looks for an adapter of every value that is neither a
# number nor a text, and takes 0.1 to 0.3 µs to find none.
for kind in (bytes, NoneType):
    sqlite3.register_adapter(kind, keep)


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


def open_settled(path: str) -> sqlite3.Connection:
    """A connection as `open_for_reading` gives; of a temporary copy where clean requests are not settled.

    A killed process leaves such requests. Raises StoreFailed.
    """
    database = open_for_reading(path)
    with explained(path, TO_READ):
        if not has_clean_requests(database):
            return database
        copy = make_temporary()
        database.backup(copy)
        database.close()
        return copy


def has_clean_requests(database: sqlite3.Connection) -> bool:
    """Whether there are clean requests that can be read; an older store knows nothing of them."""
    try:
        is_known = database.execute(EXISTS).fetchone()[0]
        return bool(is_known and database.execute("SELECT count(*) FROM clean_requests").fetchone()[0])
    except sqlite3.DatabaseError:  # damage, of which the reader of rows says what is lost
        return False


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
    prepare_tables(database, path)
    database.execute("COMMIT")
