import shutil
import sqlite3
from pathlib import Path

import pytest

from mockpin.emulator.history.store_errors import StoreInUse, StoreUnreadable
from mockpin.emulator.history.store_file import (
    PRAGMAS,
    has_clean_requests,
    make_temporary,
    open_database,
    open_for_reading,
    open_settled,
)
from mockpin.emulator.history.tables import APPLICATION


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


@pytest.mark.parametrize("value", [None, b"\x00"])
def test_pythons_sqlite3_need_not_look_how_to_store_a_value(value):
    assert sqlite3.adapters[type(value), sqlite3.PrepareProtocol](value) is value


def test_a_second_process_is_refused(path):
    database = open_database(path)
    with pytest.raises(StoreInUse, match="is in use by another mockpin: stop that one"):
        open_database(path)
    database.close()


def test_a_file_that_is_not_a_database_is_refused_and_unchanged(tmp_path):
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


def test_a_store_that_is_only_read_cannot_be_written(path):
    open_database(path).close()
    database = open_for_reading(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM events")
    database.close()


def test_the_store_of_a_killed_server_can_be_read(path):
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


def test_reading_an_empty_file_fails_and_leaves_it_empty(tmp_path):
    file = tmp_path / "a?b#%.db"
    file.touch()
    with pytest.raises(StoreUnreadable, match="it is not a store of mockpin"):
        open_for_reading(str(file))
    assert file.read_bytes() == b""


def test_a_store_without_clean_requests_is_read_as_it_is(path):
    open_database(path).close()
    database = open_settled(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM events")
    database.close()


def test_of_a_store_with_clean_requests_a_copy_is_read(path):
    written = open_database(path)
    columns = [row[1] for row in written.execute("PRAGMA table_info(clean_requests)")]
    written.execute(f"INSERT INTO clean_requests VALUES ({', '.join('1' for _ in columns)})")
    assert has_clean_requests(written)
    written.close()
    copy = open_settled(path)
    copy.execute("DELETE FROM clean_requests")
    copy.close()
    again = open_for_reading(path)
    assert again.execute("SELECT count(*) FROM clean_requests").fetchone() == (1,)
    again.close()


def test_a_temporary_store_has_every_table_and_no_clean_requests():
    database = make_temporary()
    assert not has_clean_requests(database)
    database.execute("DROP TABLE clean_requests")
    assert not has_clean_requests(database)
    database.close()
