"""The tables of a store, and how a store of an older version gets the newest ones."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from mockpin.emulator.history import shadow_answers
from mockpin.emulator.history.clean_requests import COLUMNS
from mockpin.emulator.history.event_fields import EVENT_FIELDS, EventRow
from mockpin.emulator.history.first_reports import FirstReportsRow, digest_folded, join_records
from mockpin.emulator.history.obstacles import NOT_OURS
from mockpin.emulator.history.records import ExchangeRow
from mockpin.emulator.history.store_errors import StoreTooNew, StoreUnreadable

#: SQLite's application id of a store: "mock".
APPLICATION = 0x6D6F636B
TYPES = {"seq": "INTEGER PRIMARY KEY", "id": "INTEGER PRIMARY KEY"}


def declare(name: str, columns: Iterable[str]) -> str:
    """The statement that makes a table of these columns."""
    typed = ", ".join(f"{column} {TYPES.get(column, '')}" for column in columns)
    return f"CREATE TABLE {name} ({typed})"


#: Until version 2 a table `firsts` had the name and the event id of each first report.
COPY_FIRSTS = """INSERT INTO deduplication_keys
SELECT seq, ad_account_id, seen, join_key(name, event_id, seq) FROM firsts"""
#: What a version of the store changed beside the columns of events. New columns come last, as in the rows.
OTHER_CHANGES: Mapping[int, Sequence[str]] = {
    2: (
        "ALTER TABLE exchanges ADD COLUMN source DEFAULT 'api'",
        "ALTER TABLE exchanges ADD COLUMN reason",
        "ALTER TABLE exchanges ADD COLUMN cause_path",
        "ALTER TABLE exchanges ADD COLUMN cause",
        "CREATE INDEX IF NOT EXISTS eventless_exchanges ON exchanges (id) WHERE first_seq IS NULL",
        "CREATE INDEX IF NOT EXISTS faulted_exchanges ON exchanges (id, fault) WHERE fault IS NOT NULL",
    ),
    3: (
        declare("deduplication_keys", FirstReportsRow._fields),
        COPY_FIRSTS,
        "DROP TABLE firsts",
        "DROP INDEX IF EXISTS events_by_account",
    ),
    4: (declare("clean_requests", COLUMNS),),
}
VERSION = max(*OTHER_CHANGES, *(field.since for field in EVENT_FIELDS))


def list_changes(version: int) -> Sequence[str]:
    """The statements that bring a store of the version before to `version`."""
    columns = [name for field in EVENT_FIELDS if field.since == version for name in field.column_names]
    added = [f"ALTER TABLE events ADD COLUMN {column}" for column in columns]
    return (*added, *OTHER_CHANGES.get(version, ()))


SCHEMA = (
    declare("events", EventRow._fields),
    declare("exchanges", ExchangeRow._fields),
    declare("deduplication_keys", FirstReportsRow._fields),
    declare("clean_requests", COLUMNS),
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID",
    "CREATE INDEX test_events ON events (seq) WHERE test",
    "CREATE INDEX eventless_exchanges ON exchanges (id) WHERE first_seq IS NULL",
    "CREATE INDEX faulted_exchanges ON exchanges (id, fault) WHERE fault IS NOT NULL",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)


def prepare_tables(database: sqlite3.Connection, path: str) -> None:
    """Make the tables of a new store, or bring those of an older one up to date. Raises StoreFailed."""
    if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in SCHEMA:
            database.execute(statement)
    check_version(database, path)
    database.create_function("join_key", 3, join_key, deterministic=True)
    migrate(database)
    database.execute(shadow_answers.CREATE)


def join_key(name: str, event_id: str, seq: int) -> bytes:
    """The key of a first report as a store of version 3 keeps it.

    Version 2 kept a hash of names and ids above 64 characters, so their keys differ until the window ends.
    """
    return join_records([(digest_folded(name, event_id), seq)])


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
