import sqlite3
from threading import Thread

import pytest

from mockpin.emulator.history.event_fields import EventRow
from mockpin.emulator.history.first_reports import DeduplicationKey, FirstReport
from mockpin.emulator.history.records import ExchangeRow
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_file import StoreClosed, StoreUnwritable

ONE, OTHER = "549755885175", "549755885176"
KEY = DeduplicationKey(ONE, "checkout", "o-1")


def row(seq, *, account=ONE, test=False, **changes):
    event = EventRow(
        seq, 1.0, account, "api", test, "checkout", "Checkout",
        f"o-{seq}", "web", 1, "processed", "", "", None,
        False, "", "web", "[]", '{"user_data":{"em":["x"],"ph":[]}}', "1",
    )  # fmt: skip
    return event._replace(**changes)


def exchange(number, first=None, last=None, account=ONE):
    return ExchangeRow(
        number,
        1.0,
        account,
        "POST",
        "/",
        b"{}",
        b"{}",
        None if first else b"{}",
        200,
        b"{}",
        b"{}",
        1.0,
        first,
        last,
        None,
    )


def add(store, *rows):
    with store.transaction():
        for each in rows:
            store.add_events([each])


@pytest.fixture
def store():
    with_rows = Store()
    add(with_rows, row(1), row(2, test=True), row(3, account=OTHER, duplicate_of=1, status="failed"))
    return with_rows


def test_real_events_and_those_of_a_test_can_be_written_together_and_make_room_among_themselves():
    store = Store(bound=2)
    with store.transaction():
        store.add_events([row(seq, test=seq % 2 == 0) for seq in range(1, 8)])
    assert [each.seq for each in store.events()] == [4, 5, 6, 7]
    assert (len(store), store.evicted) == (4, 3)


def test_events_can_be_read_up_to_a_number(store):
    assert [each.seq for each in store.events(after=1, until=2)] == [2]
    assert [each.seq for each in store.each_event(until=2)] == [1, 2]


def test_the_latest_events_come_newest_first_between_two_numbers(store):
    assert [each.seq for each in store.latest_events()] == [3, 2, 1]
    assert [each.seq for each in store.latest_events(limit=2)] == [3, 2]
    assert [each.seq for each in store.latest_events(before=3, after=1)] == [2]
    assert [each.seq for each in store.latest_events(ad_account_id=ONE)] == [2, 1]


def test_events_are_tallied_by_kind(store):
    add(store, row(4), row(5, account=OTHER))
    assert {tuple(each) for each in store.tally()} == {
        (0, "processed", 0, 3),
        (1, "processed", 0, 1),
        (0, "failed", 1, 1),
    }


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
    ((pages,),) = store._database.execute("PRAGMA page_count").fetchall()
    store._database.execute(f"PRAGMA max_page_count = {pages + 2}")
    return store


@pytest.mark.parametrize(("conditions", "seqs"), [
    ({}, [1, 2, 3]), ({"after": 1}, [2, 3]), ({"limit": 1}, [1]),
    ({"test": True}, [2]), ({"duplicate": True}, [3]),
    ({"duplicate": False, "test": False}, [1]), ({"ad_account_id": OTHER}, [3]),
    ({"event_name": "Checkout"}, [1, 2, 3]),
    ({"event_name": "checkout", "status": "failed"}, [3]),
    ({"event_id": "o-2"}, [2]), ({"source": "tag"}, []),
    ({"reported_as": "web", "action_source": "web", "limited_data_processing": False}, [1, 2, 3]),
])  # fmt: skip
def test_events_are_selected_by_what_the_admin_api_filters_by(store, conditions, seqs):
    assert [each.seq for each in store.events(**conditions)] == seqs


def test_a_record_has_the_keys_of_the_admin_api(store):
    assert set(store.event(1).to_dict()) == {
        "seq", "received_at", "ad_account_id", "source", "test", "event_name", "sent_name", "event_id",
        "action_source", "event_time", "status", "error_message", "warning_message", "duplicate_of",
        "limited_data_processing", "reported_as", "match_keys", "findings", "payload", "request_id", "fault",
    }  # fmt: skip
    assert store.event(1).to_dict()["match_keys"] == ["em"]
    assert store.event(99) is None


def test_all_events_are_read_page_by_page(store):
    add(store, *(row(seq) for seq in range(4, 2050)))
    assert [each.seq for each in store.each_event()] == list(range(1, 2050))


def test_nothing_of_a_broken_transaction_is_kept(store):
    def write_and_break():
        with store.transaction():
            store.add_events([row(4)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    assert (len(store), store.event(4)) == (3, None)


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


def test_exchanges_are_selected_by_ad_account(store):
    with store.transaction():
        store.add_exchanges([exchange(1)])
        store.add_exchanges([exchange(2, account=OTHER)])
    assert [each.id for each in store.exchanges(ad_account_id=OTHER)] == [2]
    assert [each.id for each in store.exchanges(after=1)] == [2]
    assert store.exchange(7) is None


def test_the_latest_exchanges_come_newest_first_between_two_numbers_with_or_without_events():
    store = Store()
    with store.transaction():
        store.add_exchanges([exchange(1), exchange(2, 1, 3), exchange(3), exchange(4), exchange(5)])
    assert [row.id for row in store.latest_exchanges()] == [5, 4, 3, 2, 1]
    assert [row.id for row in store.latest_exchanges(eventless=True)] == [5, 4, 3, 1]
    assert [row.id for row in store.latest_exchanges(after=1, before=5, limit=1, eventless=True)] == [4]


def test_exchanges_that_met_a_fault_are_known_by_its_kind():
    store = Store()
    with store.transaction():
        store.add_exchanges([exchange(1), exchange(2)._replace(fault="drop"), exchange(3)])
    assert store.faulted_exchanges() == {2: "drop"}


def test_the_body_of_an_exchange_is_made_of_its_events(store):
    with store.transaction():
        store.add_exchanges([exchange(1, first=1, last=3)])
    described = store.describe(store.exchange(1))
    assert (described["event_seqs"], len(described["body"]["data"])) == ([1, 2, 3], 3)


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


def test_a_full_disk_is_said_and_leaves_the_counts_true(full_store):
    before = full_store.last_seq, full_store.last_exchange, full_store.evicted, len(full_store)
    with pytest.raises(StoreUnwritable, match="cannot be written: the disk is full; make room"):
        add(full_store, row(4, payload=b"x" * 200_000))
    assert (full_store.last_seq, full_store.last_exchange, full_store.evicted, len(full_store)) == before
    assert [each.seq for each in full_store.events()] == [1, 2, 3]
    assert full_store.trouble == "the disk is full; make room"


def test_a_store_is_out_of_trouble_with_the_next_that_it_writes(full_store):
    with pytest.raises(StoreUnwritable):
        add(full_store, row(4, payload=b"x" * 200_000))
    add(full_store, row(4))
    assert (full_store.trouble, full_store.last_seq) == ("", 4)


def test_names_are_told_as_they_were_sent_and_without_those_of_tests():
    store = Store()
    names = ["b", "a", "b", "c"]
    add(store, *(row(seq, sent_name=name) for seq, name in enumerate(names, 1)))
    add(store, row(5, sent_name="t", test=True), row(6, sent_name="o", account=OTHER))
    assert store.sent_names(ONE) == ["b", "a", "c"]


def test_a_tag_fired_when_it_last_reported(store):
    assert store.last_fired(ONE) is None
    add(store, row(4, source="tag", received_at=5.5), row(5, received_at=9.0))
    assert store.last_fired(ONE) == 5.5


def test_a_store_that_nobody_holds_any_longer_is_closed():
    store = Store()
    database = store._database
    del store
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        database.execute("SELECT 1")


def test_events_that_were_evicted_are_gone_and_none_of_the_others():
    store = Store(bound=2)
    add(store, row(1), row(2), row(3))
    assert store.gone([1, 3, 2, 4]) == [1, 4]
    assert store.gone([]) == []


def test_a_store_that_was_closed_says_so():
    store = Store()
    store.close()
    with pytest.raises(StoreClosed, match="The store :memory: is closed"):
        store.events()
