import sqlite3
from threading import Thread

import pytest

from mockpin.emulator.history.database import trim_heap
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_errors import StoreClosed, StoreDamaged, StoreUnwritable
from tests.mockpin.emulator.history.damage import find_page, spoil
from tests.mockpin.emulator.history.rows import add, make_store, row


@pytest.fixture
def store():
    return make_store()


def test_what_a_transaction_adds_is_the_latest_only_once_it_is_committed(store):
    seen = []
    with store.transaction():
        store.add_events([row(4)])
        reader = Thread(target=lambda: seen.append(store.last_seq))
        reader.start()
        reader.join(0.05)
        assert seen == []
    reader.join(60)
    assert seen == [4]


@pytest.fixture
def full_store(store):
    """A store with room for a few small events more, as on a disk that is almost full."""
    ((pages,),) = store._database.connection.execute("PRAGMA page_count").fetchall()
    store._database.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    return store


def test_nothing_of_a_broken_transaction_is_kept(store):
    def write_and_break():
        with store.transaction():
            store.add_events([row(4)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    assert (len(store), store.event(4)) == (3, None)


def test_a_full_disk_is_reported_and_the_counts_stay_right(full_store):
    before = full_store.last_seq, full_store.last_exchange, full_store.evicted, len(full_store)
    with pytest.raises(StoreUnwritable, match="cannot be written: the disk is full; make room"):
        add(full_store, row(4, payload=b"x" * 200_000))
    assert (full_store.last_seq, full_store.last_exchange, full_store.evicted, len(full_store)) == before
    assert [event.seq for event in full_store.events()] == [1, 2, 3]
    assert full_store.trouble == "the disk is full; make room"


def test_a_store_is_out_of_trouble_with_the_next_that_it_writes(full_store):
    with pytest.raises(StoreUnwritable):
        add(full_store, row(4, payload=b"x" * 200_000))
    add(full_store, row(4))
    assert (full_store.trouble, full_store.last_seq) == ("", 4)


def test_an_unreferenced_store_is_closed():
    store = Store()
    database = store._database.connection
    del store
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        database.execute("SELECT 1")


def test_a_store_that_was_closed_says_so():
    store = Store()
    store.close()
    with pytest.raises(StoreClosed, match="The store :memory: is closed"):
        store.events()
    with pytest.raises(StoreClosed), store.transaction():
        pass


def test_trimming_the_heap_leaves_what_is_used():
    texts = [f"{number:>1000}" for number in range(1000)]
    trim_heap()
    assert texts[999] == f"{999:>1000}"


def test_a_damaged_store_is_refused_with_what_is_lost_and_what_to_do(spoilt):
    with pytest.raises(
        StoreDamaged, match=r"events \d+ to \d+ cannot be read. Start mockpin serve .* --salvage"
    ):
        Store(spoilt)


def test_the_rest_of_a_damaged_store_can_be_read(spoilt):
    store = Store(spoilt, reading=True)
    seqs = [row.seq for row in store.each_event()]
    assert 100 not in seqs
    assert {1, 200} <= {*seqs}
    assert 180 < len(seqs) == len(store) < 200
    assert len(list(store.each_exchange())) == 20
    assert store.damage.startswith("events ")
    store.close()


def test_damage_that_appears_while_serving_is_said_and_nothing_more_is_written(path, caplog):
    store = Store(path)
    store._database.connection.close()
    spoil(path, find_page(path, b'"event_id":"9-9"'))
    store._database.connection = sqlite3.connect(path, check_same_thread=False)
    assert len(list(store.each_event())) > 180
    (line,) = caplog.messages
    assert line.startswith(f"The store {path} is damaged: events ")
    with pytest.raises(StoreUnwritable, match="start it once with --salvage"), store.transaction():
        pass
    store.close()


def test_a_store_is_open_until_it_is_closed():
    store = Store()
    assert store._database.is_open is True
    store.close()
    store.close()
    assert store._database.is_open is False
