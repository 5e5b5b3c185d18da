"""Opening the SQLite file behind the history, or saying clearly why it cannot be opened.

StoreFailed
├── StoreUnreadable   the file cannot be opened, or is no store of mockpin's
├── StoreTooNew       a newer mockpin wrote it
├── StoreInUse        another process has it
└── StoreUnwritable   what came in cannot be kept, as on a full disk
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mockpin.core.records import EventRow, ExchangeRow

MEMORY = ":memory:"
VERSION = 1
APPLICATION = 0x6D6F636B
#: Page size before anything else: it cannot change once a table is there. 16 KiB pages waste least on
#: rows of 1.6 KB. Exclusive: one process owns the state, and its death frees the lock.
PRAGMAS = (
    "PRAGMA page_size = 16384",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -32000",
)
TYPES = {"seq": "INTEGER PRIMARY KEY", "id": "INTEGER PRIMARY KEY"}


@dataclass(eq=False)
class StoreFailed(Exception):
    """The history's file cannot be used."""

    path: str
    reason: str = ""

    def __str__(self) -> str:
        return f"The store {self.path} cannot be opened: {self.reason}."


class StoreUnreadable(StoreFailed):
    """The file cannot be opened, or is no store of mockpin's."""


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
        return f"{what}. Nothing of the request was kept; it can be sent again once there is room."


def declare(name: str, columns: Iterable[str]) -> str:
    """The statement that makes a table of these columns."""
    typed = ", ".join(f"{column} {TYPES.get(column, '')}" for column in columns)
    return f"CREATE TABLE {name} ({typed})"


SCHEMA = (
    declare("events", EventRow._fields),
    declare("exchanges", ExchangeRow._fields),
    declare("firsts", ("seq", "ad_account_id", "name", "event_id", "seen")),
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID",
    "CREATE INDEX events_by_account ON events (ad_account_id, event_name)",
    "CREATE INDEX test_events ON events (seq) WHERE test",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


def open_database(path: str = MEMORY) -> sqlite3.Connection:
    """A connection to a store, made when there is none yet. Raises StoreFailed."""
    return connect(path, path, prepare)


def open_for_reading(path: str) -> sqlite3.Connection:
    """A connection that only reads a store that is there, and changes nothing. Raises StoreFailed."""
    address = f"file:{quote(str(Path(path).absolute()))}?mode=ro"
    return connect(path, address, check_version)


def connect(
    path: str, address: str, prepare: Callable[[sqlite3.Connection, str], None]
) -> sqlite3.Connection:
    """A connection to a store once it is prepared for use. Raises StoreFailed."""
    try:
        database = sqlite3.connect(
            address, uri=address != path, timeout=0.2, isolation_level=None, check_same_thread=False
        )
        try:
            prepare(database, path)
        except BaseException:
            database.close()
            raise
    except sqlite3.OperationalError as error:
        raise (StoreInUse(path) if "locked" in str(error) else StoreUnreadable(path, str(error))) from None
    except sqlite3.DatabaseError as error:
        raise StoreUnreadable(path, str(error)) from None
    return database


def prepare(database: sqlite3.Connection, path: str) -> None:
    """Take the file, and make or check what is in it."""
    for pragma in PRAGMAS:
        database.execute(pragma)
    database.execute("BEGIN EXCLUSIVE")
    if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in SCHEMA:
            database.execute(statement)
    check_version(database, path)
    database.execute("COMMIT")


def check_version(database: sqlite3.Connection, path: str) -> None:
    """Refuse what is not ours or is newer than we are."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise StoreUnreadable(path, "it is no store of mockpin's")
    if version > VERSION:
        raise StoreTooNew(path, f"format {version}, this one knows {VERSION}")
