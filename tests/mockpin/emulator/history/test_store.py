import pytest

from mockpin.emulator.history.first_reports import DeduplicationKey, FirstReport
from mockpin.emulator.history.store import Store
from tests.mockpin.emulator.history.rows import ONE, OTHER, add, exchange, make_store, row

KEY = DeduplicationKey(ONE, "checkout", "o-1")


@pytest.fixture
def store():
    return make_store()


def test_real_events_and_those_of_a_test_can_be_written_together_and_make_room_among_themselves():
    store = Store(bound=2)
    with store.transaction():
        store.add_events([row(seq, test=seq % 2 == 0) for seq in range(1, 8)])
    assert [each.seq for each in store.events()] == [4, 5, 6, 7]
    assert (len(store), store.evicted) == (4, 3)


def test_the_oldest_make_room_and_are_counted():
    store = Store(bound=3)
    add(store, row(1, test=True), *(row(seq) for seq in range(2, 7)))
    assert [each.seq for each in store.events()] == [1, 4, 5, 6]
    assert (store.evicted, len(store)) == (2, 4)


def test_test_events_do_not_push_out_real_ones():
    store = Store(bound=2)
    add(store, row(1), *(row(seq, test=True) for seq in range(2, 7)))
    assert [each.seq for each in store.events()] == [1, 5, 6]


def test_exchanges_are_bounded_too():
    store = Store(bound=2)
    with store.transaction():
        for number in (1, 2, 3):
            store.add_exchanges([exchange(number)])
    assert [each.id for each in store.exchanges()] == [2, 3]


def test_a_reset_forgets_one_ad_account_and_uses_no_number_again(store):
    with store.transaction():
        store.add_first_reports(
            [(KEY, FirstReport(1, 1.0)), (KEY._replace(ad_account_id=OTHER), FirstReport(3, 1.0))]
        )
        store.reset(OTHER)
    assert [each.seq for each in store.events()] == [1, 2]
    assert [first.seq for _, first in store.first_reports()] == [1]
    assert store.last_seq == 3


def test_a_file_knows_everything_again(tmp_path):
    path = str(tmp_path / "store.db")
    store = Store(path, bound=2)
    add(store, row(1), row(2), row(3))
    with store.transaction():
        store.add_first_reports([(KEY, FirstReport(3, 1.0))])
        store.add_exchanges([exchange(1)])
        store.reset(OTHER)
    store.close()
    again = Store(path, bound=2)
    assert (len(again), again.last_seq, again.last_exchange, again.evicted) == (2, 3, 1, 1)
    assert list(again.first_reports()) == [(KEY, FirstReport(3, 1.0))]
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
        store.add_first_reports(
            [(KEY, FirstReport(1, 1.0)), (KEY._replace(event_id="o-2"), FirstReport(2, 1.0))]
        )
        store.prune_first_reports(1)
    assert [first.seq for _, first in store.first_reports()] == [2]
