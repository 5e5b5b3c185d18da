import sqlite3
from contextlib import closing

import pytest

from mockpin.emulator.history.first_reports import FirstReports, make_digest
from mockpin.emulator.history.salvage import salvage
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_errors import StoreTooNew
from mockpin.emulator.history.store_file import open_database
from mockpin.emulator.history.tables import VERSION
from tests.mockpin.emulator.history.rows import add, row


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "store.db")


def make_second_version(database):
    """Turn the tables of first reports, and the version, into those of version 2."""
    database.execute("DROP TABLE deduplication_keys")
    database.execute("DROP TABLE clean_requests")
    database.execute("CREATE TABLE firsts (seq INTEGER PRIMARY KEY, ad_account_id, name, event_id, seen)")
    database.execute("PRAGMA user_version = 2")


def test_first_reports_of_an_older_version_are_known(path):
    database = open_database(path)
    make_second_version(database)
    database.execute("INSERT INTO firsts VALUES (7, '1', 'addtocart', 'o-1', 2.5)")
    database.close()
    with closing(Store(path)) as store:
        assert list(store.first_reports()) == [FirstReports("1", 2.5, {make_digest("AddToCart", "o-1"): 7})]


def test_a_store_of_the_second_version_is_read_as_it_is(path):
    with closing(Store(path)) as store:
        add(store, row(1), row(2))
    database = sqlite3.connect(path)
    make_second_version(database)
    database.commit()
    database.close()
    with closing(Store(path, reading=True)) as store:
        assert [event.seq for event in store.events()] == [1, 2]
    salvage(path)
    with closing(Store(path)) as store:
        assert store.last_seq == 2


def test_a_store_of_a_newer_mockpin_is_refused(path):
    database = open_database(path)
    database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    with pytest.raises(StoreTooNew, match=r"newer mockpin .*: use that one, or another file"):
        open_database(path)


#: The columns of each version of the store. A new or changed column is a new version, with a line here.
FIRST = {
    "events": [
        "seq", "received_at", "ad_account_id", "source", "test", "event_name", "sent_name", "event_id",
        "action_source", "event_time", "status", "error_message", "warning_message", "duplicate_of",
        "limited", "limited_reason", "reported_as", "findings", "payload", "request_id",
    ],
    "exchanges": [
        "id", "received_at", "ad_account_id", "method", "path", "query", "headers", "body", "status",
        "answer_headers", "answer", "milliseconds", "first_seq", "last_seq", "fault",
    ],
}  # fmt: skip
SECOND = {
    "events": [*FIRST["events"], "fault"],
    "exchanges": [*FIRST["exchanges"], "source", "reason", "cause_path", "cause"],
}
VERSIONS = {1: FIRST, 2: SECOND, 3: SECOND, 4: SECOND}


def read_columns(database):
    return {
        table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")] for table in VERSIONS[1]
    }


def test_a_changed_column_needs_a_new_version_of_the_store(path):
    database = open_database(path)
    assert read_columns(database) == VERSIONS[VERSION], "the columns changed: make a new version of the store"
    database.close()


@pytest.mark.parametrize("older", [version for version in VERSIONS if version < VERSION])
def test_a_store_of_an_older_version_gains_the_new_columns(older, path):
    database = open_database(path)
    for table, columns in read_columns(database).items():
        for name in [name for name in columns if name not in VERSIONS[older][table]]:
            database.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    make_second_version(database)
    database.execute(f"PRAGMA user_version = {older}")
    database.close()
    database = open_database(path)
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert read_columns(database) == VERSIONS[VERSION]
    database.close()
