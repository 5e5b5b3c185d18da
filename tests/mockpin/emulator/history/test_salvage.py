"""What is read of a store whose pages or rows have been overwritten."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mockpin.emulator.history.account_starts import LAST
from mockpin.emulator.history.salvage import describe_lost, find_damage, salvage
from mockpin.emulator.history.shadow_answers import ShadowAnswer
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_errors import StoreUnreadable
from tests.mockpin.emulator.history.damage import PAGE, find_page, large_event, spoil
from tests.mockpin.emulator.history.rows import ONE, exchange
from tests.mockpin.sending import Sending


def change(path, statement):
    with sqlite3.connect(path) as database:
        database.execute(statement)
    database.close()


def test_salvaging_keeps_the_rest_in_a_new_store_and_the_damaged_file_beside_it(spoilt):
    damaged = Path(spoilt).read_bytes()
    assert salvage(spoilt).endswith(f"cannot be read. The damaged file is kept as {spoilt}.damaged.")
    assert Path(f"{spoilt}.damaged").read_bytes() == damaged
    sending = Sending(store=Store(spoilt))
    assert (sending.emulator.store.last_seq, sending.records()[-1]["event_id"]) == (200, "19-9")
    sending.post(large_event("19-9"))
    assert sending.records()[-1]["duplicate_of"] == 200
    sending.emulator.close()


def test_each_damaged_place_costs_its_own_rows_alone(path):
    for event_id in (b"2-5", b"9-9", b"17-0"):
        spoil(path, find_page(path, b'"event_id":"%s"' % event_id))
    said = salvage(path)
    store = Store(path)
    assert said.count(" to ") == 3
    assert len(store) > 160
    store.close()


def test_a_second_salvage_keeps_both_damaged_files(spoilt):
    salvage(spoilt)
    spoil(spoilt, find_page(spoilt, b'"event_id":"17-0"'))
    assert salvage(spoilt).endswith("store.db.damaged-2.")
    assert Path(f"{spoilt}.damaged").exists()


def test_a_sound_store_is_left_as_it_is(path):
    before = Path(path).read_bytes()
    assert salvage(path) == f"The store {path} is not damaged; nothing was salvaged."
    assert Path(path).read_bytes() == before
    assert not Path(f"{path}.salvaged").exists()


def test_a_file_that_is_not_a_store_is_not_salvaged(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("notes" * 9999)
    with pytest.raises(StoreUnreadable):
        salvage(str(file))


@pytest.mark.parametrize("payload", ["'{'", "NULL", "'[]'", "'{\"user_data\": 1}'"])
def test_a_row_whose_payload_is_damaged_says_so_and_the_others_are_read(payload, path):
    change(path, f"UPDATE events SET payload = {payload}, findings = 'x' WHERE seq = 7")
    store = Store(path, reading=True)
    records = [row.to_dict() for row in store.events(limit=20)]
    assert [record["payload"].get("damaged") for record in records[5:8]] == [
        None,
        "the store is damaged here",
        None,
    ]
    assert records[6]["findings"] == []
    assert store.describe(store.exchange(1))["body"]["data"][6]["user_data"] == {}
    store.close()


def test_a_row_that_is_not_utf_8_is_read_with_a_replacement(path):
    change(path, "UPDATE events SET event_id = CAST(X'6fff' AS TEXT) WHERE seq = 7")
    store = Store(path, reading=True)
    assert store.event(7).event_id == "o\ufffd"
    store.close()


def test_salvaging_leaves_out_a_row_whose_json_is_damaged(path):
    change(path, "UPDATE events SET payload = '{' WHERE seq = 7")
    assert salvage(path).startswith(f"Salvaged the store {path}: event 7 cannot be read.")
    store = Store(path)
    assert store.event(7) is None
    store.close()


def test_the_check_of_a_store_ends_in_time(path):
    change(path, "CREATE TABLE pages AS SELECT zeroblob(15000) FROM exchanges a, exchanges b")
    spoil(path, Path(path).stat().st_size // PAGE - 390)  # of 400, which SQLite checks from the end
    database = sqlite3.connect(path)
    assert find_damage(database)
    assert not find_damage(database, timeout=-1)
    database.close()


def test_a_damaged_page_of_its_tables_is_damage_to_a_check(path):
    spoil(path, find_page(path, b"CREATE TABLE"))
    database = sqlite3.connect(path)
    assert find_damage(database)
    database.close()


def test_of_a_store_of_an_older_version_what_it_has_is_copied(path):
    with closing(Store(path)) as store, store.transaction():
        store.add_exchanges([exchange(store.last_exchange + 1)])
        store.add_shadow_answer(ShadowAnswer(21, ONE, 5.0, 200, 422, 1, "[]"))
        store.reset("1")
    change(path, "DROP TABLE clean_requests")
    change(path, "UPDATE events SET payload = '{' WHERE seq IN (1, 200)")
    assert salvage(path).startswith(f"Salvaged the store {path}: events 1, 200 cannot be read.")
    with closing(Store(path)) as store:
        assert (len(store), store.last_seq, store.last_exchange) == (198, 200, 21)
        assert [answer.status for answer in store.shadow_answers()] == [422]


@pytest.mark.parametrize(("lost", "said"), [
    ([range(7, 8)], "event 7 cannot be read"),
    ([range(7, 9), range(12, 13)], "events 7 to 8, 12 cannot be read"),
    ([range(7, LAST + 1)], "events from 7 on cannot be read"),
    ([range(i, i + 1) for i in range(1, 20, 2)], "events 1, 3, 5, 7, 9 and 5 places more cannot be read"),
])  # fmt: skip
def test_lost_rows_are_named_by_number(lost, said):
    assert describe_lost("event", lost) == said
