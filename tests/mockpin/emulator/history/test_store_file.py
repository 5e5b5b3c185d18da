import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mockpin.emulator.history.store_file import (
    APPLICATION,
    PRAGMAS,
    VERSION,
    StoreInUse,
    StoreTooNew,
    StoreUnreadable,
    open_database,
    open_for_reading,
)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "store.db")


def test_a_store_is_made_and_opened_again(path):
    for _ in range(2):
        database = open_database(path)
        assert database.execute("SELECT count(*) FROM events").fetchone() == (0,)
        database.close()


def test_a_new_store_has_large_pages_and_a_write_ahead_log(path):
    database = open_database(path)
    pragmas = [
        database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_size", "journal_mode", "synchronous")
    ]
    database.close()
    assert pragmas == [16384, "wal", 1]


def test_a_second_process_is_refused(path):
    database = open_database(path)
    with pytest.raises(StoreInUse, match="is in use by another mockpin: stop that one"):
        open_database(path)
    database.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("not a database, but quite long enough to look like one" * 20)
    with pytest.raises(StoreUnreadable, match="it is not a store of mockpin"):
        open_database(str(file))
    assert file.read_text().startswith("not a database")


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_database_of_something_else_is_refused_and_left_as_it_is(journal, path):
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA journal_mode = {journal}")
        database.execute("CREATE TABLE theirs (x)")
    database.close()
    before = Path(path).read_bytes()
    with pytest.raises(StoreUnreadable, match="it is not a store of mockpin; name another file"):
        open_database(path)
    assert Path(path).read_bytes() == before
    assert [file.name for file in Path(path).parent.iterdir()] == ["store.db"]


def test_a_database_of_something_else_is_refused_while_its_log_is_not_written_back(path):
    theirs = sqlite3.connect(path)
    theirs.execute("PRAGMA journal_mode = WAL")
    theirs.execute("CREATE TABLE theirs (x)")
    before = Path(path).read_bytes()
    with pytest.raises(StoreUnreadable, match="it is not a store of mockpin"):
        open_database(path)
    assert Path(path).read_bytes() == before
    theirs.close()


def test_a_store_whose_writer_was_killed_while_making_it_is_used(path):
    database = sqlite3.connect(path)
    for statement in (*PRAGMAS, f"PRAGMA application_id = {APPLICATION}", "PRAGMA journal_mode = WAL"):
        database.execute(statement)
    database.close()
    open_database(path).close()


def test_a_store_without_a_name_is_refused():
    with pytest.raises(StoreUnreadable, match="its name is empty; name a file, or name none to use memory"):
        open_database("")


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
VERSIONS = {1: FIRST, 2: SECOND}


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
    database.execute(f"PRAGMA user_version = {older}")
    database.close()
    database = open_database(path)
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert read_columns(database) == VERSIONS[VERSION]
    database.close()


def test_a_store_that_is_only_read_cannot_be_written(path):
    open_database(path).close()
    database = open_for_reading(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM events")
    database.close()


def test_what_a_killed_server_left_can_be_read(path):
    database = open_database(path)
    database.execute("INSERT INTO counters VALUES ('last_seq', 7)")
    shutil.copy(path, f"{path}.left")
    shutil.copy(f"{path}-wal", f"{path}.left-wal")
    database.close()
    left = open_for_reading(f"{path}.left")
    assert left.execute("SELECT value FROM counters").fetchone() == (7,)
    left.close()


def test_a_store_in_use_is_not_read(path):
    database = open_database(path)
    with pytest.raises(StoreInUse):
        open_for_reading(path)
    database.close()


def test_an_empty_file_is_no_store_and_reading_does_not_make_it_one(tmp_path):
    file = tmp_path / "a?b#%.db"
    file.touch()
    with pytest.raises(StoreUnreadable, match="it is not a store of mockpin"):
        open_for_reading(str(file))
    assert file.read_bytes() == b""


def test_a_file_in_no_folder_is_refused(tmp_path):
    with pytest.raises(StoreUnreadable, match=f"there is no folder {tmp_path / 'no'}; make it"):
        open_database(str(tmp_path / "no" / "store.db"))


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_what_is_no_ordinary_file_is_refused_without_being_opened(opening, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreUnreadable, match="a device or the like; name an ordinary file"):
        opening(str(tmp_path / "pipe"))
    with pytest.raises(StoreUnreadable, match="it is a folder; name a file in it"):
        opening(str(tmp_path))


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_a_name_that_no_file_can_have_is_refused_in_the_systems_words(opening):
    with pytest.raises(StoreUnreadable, match="the system says 'File name too long'"):
        opening("x" * 300)


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_a_damaged_store_is_called_so(opening, path):
    open_database(path).close()
    os.truncate(path, 20_000)
    with pytest.raises(StoreUnreadable, match="it is damaged; take a copy from before"):
        opening(path)


def test_a_file_that_is_not_there_is_not_read(path):
    with pytest.raises(StoreUnreadable, match="there is no such file; give the one that mockpin"):
        open_for_reading(path)


#: Opens a store as somebody who may do no more than modes allow, which a superuser is not.
AS_SOMEBODY = """
import os, sys
from mockpin.emulator.history import store_file
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
try:
    getattr(store_file, sys.argv[2])(sys.argv[1]).close()
except store_file.StoreUnreadable as error:
    print(error.reason)
"""


@pytest.mark.parametrize(("opening", "file_mode", "folder_mode", "said"), [
    ("open_for_reading", 0o444, 0o755, ""),
    ("open_for_reading", 0o000, 0o755, "you may not read it"),
    ("open_for_reading", 0o444, 0o555, "you may not write to its folder, {}; copy it"),
    ("open_for_reading", 0o444, 0o000, "you may not enter its folder, {}"),
    ("open_database", 0o444, 0o755, "you may not write to it; name another file"),
    ("open_database", 0o644, 0o555, "you may not write to its folder, {}"),
])  # fmt: skip
def test_what_one_may_not_do_with_a_store_is_said(opening, file_mode, folder_mode, said):
    with TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        open_database(str(path)).close()
        for each, mode in ((path, file_mode), (path.parent, folder_mode)):
            if os.geteuid() == 0:
                os.chown(each, 65534, 65534)
            each.chmod(mode)
        command = [sys.executable, "-c", AS_SOMEBODY, str(path), opening]
        opened = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        path.parent.chmod(0o755)
    assert opened.stdout.strip() == said.format(folder)


#: Fills a store until the system lets its file grow no more.
UNTIL_TOO_LARGE = """
import resource, sys
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_file import StoreUnwritable
store = Store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    with store.transaction():
        store._database.execute("INSERT INTO counters VALUES ('x', zeroblob(900000))")
        store._database.execute("PRAGMA cache_spill = 1")
except StoreUnwritable as error:
    print(error.reason)
"""


def test_the_largest_size_of_a_file_is_named_when_it_is_reached(path):
    filled = subprocess.run(
        [sys.executable, "-c", UNTIL_TOO_LARGE, path], stdout=subprocess.PIPE, text=True, check=True
    )
    assert "the largest size that the system allows a file (EFBIG); raise the limit" in filled.stdout
