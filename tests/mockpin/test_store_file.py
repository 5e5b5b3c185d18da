import sqlite3

import pytest

from mockpin.store_file import VERSION, StoreInUse, StoreTooNew, StoreUnreadable, open_database


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
    with pytest.raises(StoreUnreadable, match="file is not a database"):
        open_database(str(file))
    assert file.read_text().startswith("not a database")


def test_a_database_of_something_else_is_refused(path):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (x)")
    database.close()
    with pytest.raises(StoreUnreadable, match="it is a database of something else"):
        open_database(path)


def test_a_store_of_a_newer_mockpin_is_refused(path):
    database = open_database(path)
    database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    with pytest.raises(StoreTooNew, match=r"newer mockpin .*: use that one, or another file"):
        open_database(path)


def test_a_file_in_no_folder_is_refused(tmp_path):
    with pytest.raises(StoreUnreadable, match="unable to open database file"):
        open_database(str(tmp_path / "no" / "store.db"))
