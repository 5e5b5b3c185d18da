import shutil
from contextlib import closing

import pytest

from mockpin.emulator.history.bounds import LOT_ROWS
from mockpin.emulator.history.clean_requests import SLICE_EVENTS
from mockpin.emulator.history.first_reports import FirstReports, make_digest
from mockpin.emulator.history.shadow_answers import ShadowAnswer
from mockpin.emulator.history.store import (
    EVENT_SIZE,
    EXCHANGE_SIZE,
    Store,
    measure_event,
    measure_exchange,
)
from mockpin.emulator.history.store_errors import StoreDamaged
from tests.mockpin.emulator.history.rows import (
    ONE,
    OTHER,
    add,
    add_requests,
    count,
    exchange,
    make_store,
    request,
    row,
    seqs,
)

KEY, OTHER_KEY = (make_digest("checkout", event_id) for event_id in ("o-1", "o-2"))


@pytest.fixture
def store():
    return make_store()


def test_real_events_and_those_of_a_test_can_be_written_together_and_make_room_among_themselves():
    store = Store(bound=2)
    with store.transaction():
        store.add_events([row(seq, test=seq % 2 == 0) for seq in range(1, 8)])
    assert [event.seq for event in store.events()] == [4, 5, 6, 7]
    assert (len(store), store.evicted) == (4, 3)


def test_the_oldest_make_room_and_are_counted():
    store = Store(bound=3)
    add(store, row(1, test=True), *(row(seq) for seq in range(2, 7)))
    assert [event.seq for event in store.events()] == [1, 4, 5, 6]
    assert (store.evicted, len(store)) == (2, 4)


def test_test_events_do_not_push_out_real_ones():
    store = Store(bound=2)
    add(store, row(1), *(row(seq, test=True) for seq in range(2, 7)))
    assert [event.seq for event in store.events()] == [1, 5, 6]


def test_exchanges_are_bounded_too():
    store = Store(bound=2)
    with store.transaction():
        for number in (1, 2, 3):
            store.add_exchanges([exchange(number)])
    assert [row.id for row in store.exchanges()] == [2, 3]


def test_a_reset_forgets_one_ad_account_and_uses_no_number_again(store):
    with store.transaction():
        store.add_first_reports([FirstReports(ONE, 1.0, {KEY: 1}), FirstReports(OTHER, 1.0, {KEY: 3})])
        store.reset(OTHER)
    assert [event.seq for event in store.events()] == [1, 2]
    assert [first.seqs for first in store.first_reports()] == [{KEY: 1}]
    assert store.last_seq == 3


def test_a_file_knows_everything_again(tmp_path):
    path = str(tmp_path / "store.db")
    store = Store(path, bound=2)
    add(store, row(1), row(2), row(3))
    with store.transaction():
        store.add_first_reports([FirstReports(ONE, 1.0, {KEY: 3}), FirstReports(ONE, 1.0, {})])
        store.add_exchanges([exchange(1)])
        store.reset(OTHER)
    store.close()
    again = Store(path, bound=2)
    assert (len(again), again.last_seq, again.last_exchange, again.evicted) == (2, 3, 1, 1)
    assert list(again.first_reports()) == [FirstReports(ONE, 1.0, {KEY: 3})]
    again.close()


def test_numbers_go_on_after_a_reset_and_a_restart(tmp_path):
    path = str(tmp_path / "store.db")
    store = Store(path)
    add(store, row(1), row(2))
    with store.transaction():
        store.reset()
    store.close()
    again = Store(path)
    assert (len(again), again.last_seq) == (0, 2)
    again.close()


def test_pruned_firsts_are_forgotten():
    store = Store()
    with store.transaction():
        store.add_first_reports([FirstReports(ONE, 1.0, {KEY: 1}), FirstReports(ONE, 1.0, {OTHER_KEY: 2})])
        store.prune_first_reports(1)
    assert [first.seqs for first in store.first_reports()] == [{OTHER_KEY: 2}]


def read_rows(store):
    return [number for (number,) in store._database.select("SELECT seq FROM events ORDER BY seq")]


def test_evicted_events_are_deleted_in_lots_and_read_no_more_before():
    store = Store(bound=2)
    for seq in range(1, LOT_ROWS + 2):
        add(store, row(seq))
    assert len(read_rows(store)) == LOT_ROWS + 1
    assert [event.seq for event in store.events()] == [LOT_ROWS, LOT_ROWS + 1]
    assert (len(store), store.evicted, store.event(1)) == (2, LOT_ROWS - 1, None)
    add(store, row(LOT_ROWS + 2))
    assert read_rows(store) == [LOT_ROWS + 1, LOT_ROWS + 2]


def test_a_store_that_is_closed_has_only_what_is_kept(tmp_path):
    path = str(tmp_path / "store.db")
    store = Store(path, bound=2)
    add(store, *(row(seq) for seq in range(1, 6)))
    store.close()
    with closing(Store(path, reading=True)) as left:
        assert ([event.seq for event in left.events()], left.evicted) == ([4, 5], 3)


def test_what_a_killed_store_had_evicted_is_counted_once(tmp_path):
    path = str(tmp_path / "store.db")
    store = Store(path, bound=2)
    add(store, *(row(seq) for seq in range(1, 6)))
    for suffix in ("", "-wal"):
        shutil.copy(path + suffix, f"{path}.left{suffix}")
    store.close()
    with closing(Store(f"{path}.left", bound=2)) as left:
        assert ([event.seq for event in left.events()], left.evicted, len(left)) == ([4, 5], 3, 2)


@pytest.mark.parametrize(("byte_bound", "seqs"), [(250, [4, 5]), (100, [5]), (1, [5])])
def test_events_make_room_by_their_bytes_too_and_the_newest_stays(byte_bound, seqs):
    store = Store(byte_bound=byte_bound)
    add(store, *(row(seq, payload="x" * 98) for seq in range(1, 6)))
    assert [event.seq for event in store.events()] == seqs


def test_exchanges_make_room_by_their_bytes_too():
    store = Store(byte_bound=250)
    with store.transaction():
        store.add_exchanges([exchange(number)._replace(body=b"x" * 94) for number in (1, 2, 3)])
    assert [row.id for row in store.exchanges()] == [2, 3]


@pytest.mark.parametrize(("text", "size"), [("abc", 5), ("äöü", 8), ("\U0001f600", 6)])
def test_a_store_measures_its_rows_as_it_measures_new_ones(text, size):
    event, asked = row(1, payload=text), exchange(1)
    store = Store()
    with store.transaction():
        store.add_events([event])
        store.add_exchanges([asked])
    assert measure_event(event) == size
    assert store._database.select(f"SELECT {EVENT_SIZE} FROM events") == [(size,)]
    assert store._database.select(f"SELECT {EXCHANGE_SIZE} FROM exchanges") == [(measure_exchange(asked),)]


def test_a_smaller_bound_holds_from_the_start(tmp_path):
    path = str(tmp_path / "store.db")
    with closing(Store(path)) as store:
        add(store, *(row(seq) for seq in range(1, 6)))
    with closing(Store(path, bound=2)) as again:
        assert ([event.seq for event in again.events()], again.evicted) == ([4, 5], 3)


def test_a_failed_transaction_evicts_nothing():
    store = Store(bound=2)
    add(store, row(1), row(2))

    def write_and_break():
        with store.transaction():
            store.add_events([row(3)])
            store.reset()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    assert ([event.seq for event in store.events()], store.evicted) == ([1, 2], 0)


def test_what_was_evicted_before_a_reset_is_counted_after_a_restart(tmp_path):
    path = str(tmp_path / "pins.db")
    with closing(Store(path, bound=2)) as store:
        add(store, *(row(seq) for seq in range(1, 6)))
        with store.transaction():
            store.reset()
    with closing(Store(path, bound=2)) as again:
        assert again.evicted == 3


def test_a_reset_after_an_eviction_keeps_the_count():
    store = Store(bound=2)
    add(store, row(1), row(2), row(3), row(4, account=OTHER))
    with store.transaction():
        store.reset(OTHER)
    assert ([event.seq for event in store.events()], store.evicted) == ([3], 2)


@pytest.mark.parametrize(("count", "is_given_back"), [(1000, True), (100, False)])
def test_an_empty_history_gives_many_free_pages_back(count, is_given_back):
    store = Store()
    add(store, *(row(seq, payload="x" * 10_000) for seq in range(1, count + 1)))
    with store.transaction():
        store.reset()
    ((before,),) = store._database.select("PRAGMA page_count")
    store.give_back_memory()
    ((after,),) = store._database.select("PRAGMA page_count")
    assert (after < before / 10) is is_given_back


def test_a_history_with_events_keeps_its_free_pages():
    store = Store()
    add(store, row(1, account=OTHER), *(row(seq, payload="x" * 10_000) for seq in range(2, 1000)))
    with store.transaction():
        store.reset(ONE)
    store.give_back_memory()
    ((pages,),) = store._database.select("PRAGMA page_count")
    assert (pages > 500, [event.seq for event in store.events()]) == (True, [1])


def test_a_reset_of_one_ad_account_leaves_the_others_and_their_bounds():
    store = Store(bound=3)
    with store.transaction():
        store.add_exchanges([exchange(1), exchange(2, account=OTHER)])
    add(store, *(row(seq, account=ONE if seq % 2 else OTHER) for seq in range(1, 7)))
    with store.transaction():
        store.reset(ONE)
    assert ([event.seq for event in store.events()], len(store), store.evicted) == ([4, 6], 2, 3)
    add(store, row(7), row(8))
    assert [event.seq for event in store.events()] == [6, 7, 8]
    assert [event.seq for event in store.events(ad_account_id=ONE)] == [7, 8]
    assert [row.id for row in store.exchanges()] == [2]


def test_the_number_of_a_lost_first_report_is_not_used_again(tmp_path):
    path = str(tmp_path / "store.db")
    store = Store(path)
    with store.transaction():
        store.add_events([row(1), row(2)])
        store.add_first_reports([FirstReports(ONE, 1.0, {KEY: 2})])
    store._database.connection.execute("DELETE FROM events WHERE seq = 2")
    store.close()
    with closing(Store(path)) as again:
        assert again.last_seq == 2


def test_clean_requests_are_numbered_and_evict_as_events_and_exchanges_do():
    store = Store(bound=2)
    add_requests(store, request(1, 1, 2), request(2, 3, 3), request(3, 4, 5))
    assert (store.last_seq, store.last_exchange) == (5, 3)
    assert (store.evicted, store.evicted_exchanges, len(store)) == (3, 1, 2)
    assert seqs(store.events(ad_account_id=ONE)) == [4, 5]


def test_the_bytes_of_a_clean_request_are_those_of_its_rows():
    size = measure_event(settle(request(1, 1, 1)).events()[0])
    for bound, kept in ((2 * size, [1, 2]), (2 * size - 1, [2])):
        store = Store(byte_bound=bound)
        add_requests(store, request(1, 1, 1), request(2, 2, 2))
        assert seqs(store.events()) == kept


def settle(*requests):
    """A store in which the rows of clean requests are made."""
    store = Store()
    add_requests(store, *requests)
    assert store.settle_slice() is False
    assert count(store, "events") == store.last_seq
    return store


def test_what_is_kept_of_an_ad_account_moves_to_another():
    store = make_store()
    with store.transaction():
        store.add_exchanges([exchange(1), exchange(2, account=OTHER)])
        assert store.move_ad_account(ONE, OTHER)
    assert seqs(store.events(ad_account_id=OTHER)) == [1, 2, 3]
    assert (store.events(ad_account_id=ONE), store.moves) == ([], 1)
    assert [row.ad_account_id for row in store.exchanges()] == [OTHER, OTHER]


def test_moving_an_ad_account_of_which_nothing_is_kept_changes_nothing():
    store = make_store()
    with store.transaction():
        assert not store.move_ad_account("7", OTHER)
    assert (seqs(store.events(ad_account_id=OTHER)), store.moves) == ([3], 0)


def test_an_ad_account_that_another_has_moved_to_and_left_has_its_events_from_then_on():
    store = Store()
    add(store, row(1))
    for former, present in ((ONE, OTHER), (OTHER, ONE)):
        with store.transaction():
            store.move_ad_account(former, present)
    add(store, row(2, account=OTHER))
    assert (seqs(store.events(ad_account_id=ONE)), seqs(store.events(ad_account_id=OTHER))) == ([1], [2])


def test_answers_of_a_real_service_are_kept_for_as_long_as_exchanges():
    store = Store(bound=2)
    for number in (1, 2, 3):
        with store.transaction():
            store.add_exchanges([exchange(number)])
            store.add_shadow_answer(ShadowAnswer(number, ONE, 5.0, 200, 200, 1, "[]"))
    assert [answer.request_id for answer in store.shadow_answers()] == [2, 3]


def test_a_damaged_store_is_not_written_and_shows_what_can_be_read(spoilt):
    with pytest.raises(StoreDamaged, match="cannot be read"):
        Store(spoilt)
    with closing(Store(spoilt, reading=True)) as store:
        assert "cannot be read" in store.damage
        assert 180 < len(store) < 200


def test_a_store_in_memory_is_at_no_path_and_has_no_trouble():
    assert (Store().path, Store().trouble, Store().damage) == (":memory:", "", "")


def test_a_reset_of_one_ad_account_takes_its_clean_requests_and_leaves_the_others():
    store = Store()
    add_requests(store, request(1, 1, 2), request(2, 3, 4, OTHER))
    with store.transaction():
        store.reset(ONE)
    assert (len(store), seqs(store.events()), len(store.exchanges())) == (2, [3, 4], 1)
    with store.transaction():
        store.reset()
    assert (len(store), store.last_seq, store.last_exchange, store.exchanges()) == (0, 4, 2, [])


def test_to_add_no_events_changes_nothing():
    store = Store()
    with store.transaction():
        store.add_events([])
    assert (store.last_seq, len(store)) == (0, 0)


def test_the_clean_requests_of_a_reset_ad_account_are_not_made_into_rows():
    store = Store()
    add_requests(store, request(1, 1, SLICE_EVENTS), request(2, SLICE_EVENTS + 1, SLICE_EVENTS + 1, OTHER))
    with store.transaction():
        store.reset(ONE)
    assert store.settle_slice() is False
    assert count(store, "events") == 1


def test_a_failed_transaction_brings_back_its_own_clean_requests_and_no_earlier_ones():
    store = Store()
    add_requests(store, request(1, 1, SLICE_EVENTS), request(2, SLICE_EVENTS + 1, SLICE_EVENTS + 1, OTHER))
    with store.transaction():
        store.reset(ONE)

    def reset_and_break():
        with store.transaction():
            store.reset(OTHER)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reset_and_break()
    assert (len(store), store.settle_slice(), seqs(store.events())) == (1, False, [SLICE_EVENTS + 1])
