"""Clean requests are one row each until somebody reads; a reader sees no difference to others."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import orjson
import pytest

from mockpin.emulator.history.bounds import LOT_ROWS
from mockpin.emulator.history.clean_requests import SLICE_EVENTS, UnsettledRequests
from mockpin.emulator.history.salvage import salvage
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_errors import StoreDamaged, StoreUnwritable
from tests.mockpin.emulator.history.rows import (
    ONE,
    OTHER,
    add,
    add_requests,
    count,
    event,
    exchange,
    key,
    request,
    row,
    seqs,
)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "store.db")


@pytest.fixture
def killed(path, tmp_path):
    """The file of a store whose process died with two clean requests."""
    with closing(Store(path)) as store:
        add_requests(store, request(1, 1, 2), request(2, 3, 3))
        for file in tmp_path.glob("store.db*"):
            shutil.copy(file, tmp_path / file.name.replace("store", "killed"))
    return str(tmp_path / "killed.db")


def test_a_request_is_one_row_until_somebody_reads():
    store = Store()
    add_requests(store, request(1, 1, 3))
    tables = ("clean_requests", "events", "exchanges", "deduplication_keys")
    assert [count(store, table) for table in tables] == [1, 0, 0, 0]
    assert (len(store), store.last_seq, store.last_exchange) == (3, 3, 1)
    assert seqs(store.events()) == [1, 2, 3]
    assert [count(store, table) for table in tables] == [0, 3, 1, 1]


def test_what_it_evicts_is_counted():
    store = Store(bound=1)
    add_requests(store, request(1, 1, 2))
    add_requests(store, request(2, 3, 3))
    assert (store.evicted, store.evicted_exchanges) == (2, 1)


def test_the_rows_of_its_events_say_what_was_sent():
    store = Store()
    add_requests(store, request(1, 1, 2))
    made = row(2, event_name="add_to_cart", sent_name="AddToCart", event_id="é-2", event_time=2)
    made = made._replace(limited_reason="custom_data.opt_out_type does not ask for LDP")
    assert store.events()[1] == made._replace(payload=orjson.dumps(event(2)).decode())


@pytest.mark.parametrize(
    "read",
    [
        lambda store: len(store.exchanges()),
        lambda store: len(store.exchanges(newest_first=True)),
        lambda store: store.exchange(1).last_seq,
        lambda store: store.tally()[0].events,
        lambda store: store.event(1).seq,
        lambda store: len(store.describe(store.exchange(1))["body"]["data"]),
        lambda store: len([*store.first_reports()]),
        lambda store: len(store.events(newest_first=True)),
        lambda store: len(store.sent_names(ONE)),
        lambda store: 2 - len(store.gone([1, 2])),
    ],
)
def test_every_read_makes_the_rows_that_it_needs(read):
    store = Store()
    add_requests(store, request(1, 1, 1))
    assert read(store) == 1


def test_slices_are_made_until_none_is_left():
    store = Store()
    add_requests(store, request(1, 1, SLICE_EVENTS), request(2, SLICE_EVENTS + 1, SLICE_EVENTS + 1))
    assert (store.settle_slice(), store.settle_slice(), store.settle_slice()) == (True, False, False)
    assert count(store, "clean_requests") == 0


@pytest.mark.parametrize(("requests", "pauses"), [(1, 0), (SLICE_EVENTS, 0), (2 * SLICE_EVENTS + 1, 2)])
def test_others_get_the_store_between_two_slices(requests, pauses):
    store, paused = Store(), []
    add_requests(store, *(request(number, number, number) for number in range(1, requests + 1)))
    unsettled = UnsettledRequests(store._database, store._kept, pause=paused.append)
    unsettled.load()
    assert len([*unsettled.settle_windows(0, requests)]) == len(paused) + 2
    assert len(paused) == pauses


def test_evicted_events_are_read_no_more_and_their_rows_never_made():
    store = Store(bound=2)
    add_requests(store, request(1, 1, 3), request(2, 4, 4))
    assert (len(store), store.evicted) == (2, 2)
    assert seqs(store.events()) == [3, 4]
    assert count(store, "events") == 2


def test_requests_whose_events_are_all_evicted_are_taken_out_in_lots():
    store = Store(bound=1)
    for number in range(1, LOT_ROWS + 2):
        add_requests(store, request(number, number, number))
    tables = ("clean_requests", "exchanges", "deduplication_keys", "events")
    assert [count(store, table) for table in tables] == [1, 0, LOT_ROWS, 0]
    assert len([*store.first_reports()]) == LOT_ROWS + 1


def test_an_exchange_outlasts_its_evicted_events():
    store = Store(bound=3)
    add_requests(store, request(1, 1, LOT_ROWS), request(2, LOT_ROWS + 1, LOT_ROWS + 3))
    assert count(store, "clean_requests") == 1
    assert store.describe(store.exchange(1))["body"] == {"data": []}
    assert [exchange.id for exchange in store.exchanges()] == [1, 2]


def test_an_evicted_exchange_leaves_its_events():
    store = Store(bound=2)
    add_requests(store, request(1, 1, 1))
    with store.transaction():
        store.add_exchanges([exchange(2), exchange(3)])
    assert ([row.id for row in store.exchanges()], seqs(store.events())) == ([2, 3], [1])


def test_bytes_are_bounded_as_those_of_rows():
    size = len(orjson.dumps(event(1))) + len("[]")
    store = Store(byte_bound=2 * size)
    add_requests(store, request(1, 1, 3))
    assert seqs(store.events()) == [2, 3]


def test_nothing_is_left_of_a_transaction_that_fails():
    store = Store(bound=LOT_ROWS + 1)
    add_requests(store, *(request(number, number, number) for number in range(1, LOT_ROWS + 1)))
    with suppress(ZeroDivisionError), store.transaction():
        store.add_clean_requests([request(LOT_ROWS + 1, LOT_ROWS + 1, 3 * LOT_ROWS)])
        raise ZeroDivisionError
    assert (store.last_seq, count(store, "clean_requests")) == (LOT_ROWS, LOT_ROWS)
    assert seqs(store.events()) == [*range(1, LOT_ROWS + 1)]


def test_requests_stay_in_their_order_when_a_reset_fails():
    store = Store(bound=LOT_ROWS)
    add_requests(store, request(1, 1, 1), request(2, 2, 2), request(3, 3, 3, OTHER))
    with suppress(ZeroDivisionError), store.transaction():
        store.reset(OTHER)
        raise ZeroDivisionError
    add_requests(store, request(4, 4, 2 * LOT_ROWS + 4))
    assert [exchange.id for exchange in store.exchanges()] == [1, 2, 3, 4]


def test_rows_that_find_no_room_are_made_later():
    store = Store()
    add_requests(store, request(1, 1, 99))
    connection = store._database.connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(StoreUnwritable):
        store.events()
    connection.execute("PRAGMA max_page_count = 99999")
    assert len(store.events()) == 99


def test_a_reset_of_one_ad_account_leaves_the_others():
    store = Store()
    add(store, row(1))
    add_requests(store, request(1, 2, 3), request(2, 4, 4, OTHER))
    with store.transaction():
        store.reset(ONE)
    assert (len(store), seqs(store.events()), [exchange.id for exchange in store.exchanges()]) == (
        1,
        [4],
        [2],
    )
    assert [first.seqs for first in store.first_reports()] == [{key(4): 4}]


def test_a_reset_of_everything_leaves_nothing():
    store = Store()
    add_requests(store, request(1, 1, 2))
    with store.transaction():
        store.reset()
    assert (len(store), store.events(), store.exchanges(), [*store.first_reports()]) == (0, [], [], [])


def test_a_request_moves_with_its_ad_account():
    store = Store()
    add_requests(store, request(1, 1, 1))
    with store.transaction():
        assert store.move_ad_account(ONE, OTHER)
    assert [event.ad_account_id for event in store.events(ad_account_id=OTHER)] == [OTHER]
    assert [first.ad_account_id for first in store.first_reports()] == [OTHER]


def test_a_killed_store_is_read_without_a_change(killed):
    with closing(Store(killed, reading=True)) as store:
        assert seqs(store.events()) == [1, 2, 3]
        assert len(store.exchanges()) == 2
    with closing(Store(killed, reading=True)) as store:
        assert len(store) == 3


def test_a_killed_store_knows_its_first_reports_and_goes_on(killed):
    with closing(Store(killed, bound=2)) as store:
        assert [[*first.seqs] for first in store.first_reports()] == [[key(1), key(2)], [key(3)]]
        assert (store.last_seq, store.last_exchange, seqs(store.events())) == (3, 2, [2, 3])


def test_a_store_that_is_closed_has_made_all_rows(path):
    with closing(Store(path)) as store:
        add_requests(store, request(1, 1, 2))
    with closing(Store(path, reading=True)) as store:
        assert (count(store, "events"), count(store, "clean_requests")) == (2, 0)


def test_what_is_salvaged_is_settled(killed):
    salvage(killed)
    with closing(Store(killed)) as store:
        assert seqs(store.events()) == [1, 2, 3]


def test_of_damaged_events_the_exchange_is_left(killed):
    with closing(Store(killed)) as store:
        add_requests(store, request(3, 4, 5))
        store._database.connection.execute("UPDATE clean_requests SET events = '[{'")
        assert (seqs(store.events()), len(store.exchanges())) == ([1, 2, 3], 3)


def test_a_killed_store_is_read_as_far_as_damage_allows(killed):
    with closing(Store(killed, reading=True)) as store:
        page = store._database.select_number(
            "SELECT rootpage FROM sqlite_master WHERE name = 'clean_requests'"
        )
    with closing(sqlite3.connect(killed)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with Path(killed).open("r+b") as file:
        file.seek((page - 1) * 16384)
        file.write(b"\xff" * 16384)
    with pytest.raises(StoreDamaged, match="requests from 1 on cannot be read"):
        Store(killed, reading=True)


def test_settling_makes_one_row_of_the_first_reports_of_a_request_and_none_without_any():
    store, first = Store(), request(1, 1, 2)
    add_requests(store, first, request(2, 3, 3)._replace(keys=b""))
    store.settle_slice()
    kept = store._database.select("SELECT * FROM deduplication_keys")
    assert kept == [(2, ONE, first.exchange.received_at, first.keys)]


def test_settling_makes_no_row_of_an_evicted_exchange():
    store = Store(bound=1)
    add_requests(store, request(1, 1, 1), request(2, 2, 2))
    store.settle_slice()
    assert store._database.select("SELECT id FROM exchanges") == [(2,)]


def test_only_the_requests_with_events_that_are_read_are_settled():
    store = Store()
    add_requests(store, request(1, 1, 1), request(2, 2, 2), request(3, 3, 3))
    assert seqs(store.events(after=1, until=2)) == [2]
    assert count(store, "clean_requests") == 2
