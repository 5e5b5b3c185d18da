import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.account_starts import LAST
from mockpin.emulator.history.clean_requests import SLICE_EVENTS
from mockpin.emulator.history.first_reports import FirstReports
from mockpin.emulator.history.reading import PAGE
from mockpin.emulator.history.shadow_answers import ShadowAnswer
from mockpin.emulator.history.store import Store
from tests.mockpin.emulator.history.rows import (
    ONE,
    OTHER,
    add,
    add_requests,
    count,
    exchange,
    key,
    make_store,
    request,
    row,
    seqs,
)


@pytest.fixture
def store():
    return make_store()


def test_events_can_be_read_up_to_a_number(store):
    assert [event.seq for event in store.events(after=1, until=2)] == [2]
    assert [event.seq for event in store.each_event(until=2)] == [1, 2]


def test_the_latest_events_come_newest_first_between_two_numbers(store):
    assert [event.seq for event in store.events(newest_first=True)] == [3, 2, 1]
    assert [event.seq for event in store.events(newest_first=True, limit=2)] == [3, 2]
    assert [event.seq for event in store.events(newest_first=True, until=2, after=1)] == [2]
    assert [event.seq for event in store.events(newest_first=True, ad_account_id=ONE)] == [2, 1]


def test_events_are_tallied_by_kind(store):
    add(store, row(4), row(5, account=OTHER))
    assert {tuple(item) for item in store.tally()} == {
        (0, "processed", 0, 3),
        (1, "processed", 0, 1),
        (0, "failed", 1, 1),
    }


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
    assert [event.seq for event in store.events(**conditions)] == seqs


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
    assert [event.seq for event in store.each_event()] == list(range(1, 2050))


def test_exchanges_are_selected_by_ad_account(store):
    with store.transaction():
        store.add_exchanges([exchange(1)])
        store.add_exchanges([exchange(2, account=OTHER)])
    assert [row.id for row in store.exchanges(ad_account_id=OTHER)] == [2]
    assert [row.id for row in store.exchanges(after=1)] == [2]
    assert store.exchange(7) is None


def test_the_latest_exchanges_come_newest_first_between_two_numbers_with_or_without_events():
    store = Store()
    with store.transaction():
        store.add_exchanges([exchange(1), exchange(2, 1, 3), exchange(3), exchange(4), exchange(5)])
    assert [row.id for row in store.exchanges(newest_first=True)] == [5, 4, 3, 2, 1]
    assert [row.id for row in store.exchanges(newest_first=True, eventless=True)] == [5, 4, 3, 1]
    assert [
        row.id for row in store.exchanges(newest_first=True, after=1, until=4, limit=1, eventless=True)
    ] == [4]


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


def test_exchanges_are_described_together_as_one_by_one(store):
    with store.transaction():
        store.add_exchanges([exchange(1, 1, 2), exchange(2), exchange(3, 3, 3, account=OTHER), exchange(900)])
        store.add_shadow_answer(ShadowAnswer(3, OTHER, 5.0, 200, 422, 1, "[]"))
    rows = store.exchanges()
    together = [*store.describe_each(rows)]
    assert together == [store.describe(row) for row in rows]
    assert [len(request["body"].get("data", ())) for request in together] == [2, 0, 1, 0]
    assert [item.get("shadow", {}).get("status") for item in together] == [None, None, 422, None]
    assert [*store.describe_each(rows[::-1])] == together[::-1]
    assert [*store.describe_each([])] == []


def test_the_body_of_an_exchange_has_the_events_that_are_still_kept():
    store = Store(bound=2)
    add(store, row(1), row(2), row(3))
    with store.transaction():
        store.add_exchanges([exchange(1, first=1, last=3)])
    assert len(store.describe(store.exchange(1))["body"]["data"]) == 2


def test_names_are_told_as_they_were_sent_and_without_those_of_tests():
    store = Store()
    names = ["b", "a", "b", "c"]
    add(store, *(row(seq, sent_name=name) for seq, name in enumerate(names, 1)))
    add(store, row(5, sent_name="t", test=True), row(6, sent_name="o", account=OTHER))
    assert store.sent_names(ONE) == ["b", "a", "c"]


def test_a_tag_fired_when_it_last_reported(store):
    assert store.last_tag_event_at(ONE) is None
    add(store, row(4, source="tag", received_at=5.5), row(5, received_at=9.0))
    assert store.last_tag_event_at(ONE) == 5.5


def test_events_that_were_evicted_are_gone_and_none_of_the_others():
    store = Store(bound=2)
    add(store, row(1), row(2), row(3))
    assert store.gone([1, 3, 2, 4]) == [1, 4]
    assert store.gone([]) == []


def test_events_that_contain_a_name_or_a_value_are_selected_by_it():
    store = Store()
    add(store, row(1), row(2, payload='{"order":"o-1"}'), row(3, payload='{"order":"o-2"}'))
    assert [event.seq for event in store.events(containing=("order",))] == [2, 3]
    assert [event.seq for event in store.events(containing=("order", "o-2"), after=1)] == [3]
    assert store.events(containing=("o-",)) == []


def test_a_window_ends_at_the_last_of_its_events(store):
    assert store.find_window_end(after=0, size=2) == 2
    assert store.find_window_end(after=1, size=2) == 3
    assert store.find_window_end(after=0, size=4) == LAST


def test_home_is_where_the_tag_last_fired_else_where_the_last_event_came():
    store = Store()
    assert store.find_home() == ("", False)
    add(store, row(1), row(2, account=OTHER))
    assert store.find_home() == (OTHER, True)
    add(store, row(3, account="7", source="tag"), row(4))
    assert store.find_home() == ("7", False)


def test_pages_of_events_and_exchanges_begin_after_a_number(store):
    with store.transaction():
        store.add_exchanges([exchange(1), exchange(2, account=OTHER), exchange(3)])
    assert [row.id for row in store.each_exchange(ad_account_id=ONE)] == [1, 3]
    assert [row.id for row in store.exchanges(limit=2)] == [1, 2]
    assert [event.seq for event in store.each_event(after=1, test=False)] == [3]
    assert (store.shadow_answers(), store.shadow_of(store.event(1))) == ([], None)


@given(
    st.lists(st.integers(1, 2 * SLICE_EVENTS), min_size=1, max_size=4),
    st.integers(0, 2000),
    st.integers(0, 3000),
    st.integers(1, 1500),
)
def test_a_read_of_some_events_gives_what_it_gives_when_all_rows_are_made(sizes, after, until, limit):
    store, settled, first = Store(), Store(), 1
    for number, size in enumerate(sizes, 1):
        for target in (store, settled):
            add_requests(target, request(number, first, first + size - 1))
        first += size
    while settled.settle_slice():
        pass
    span, newest_first = {"after": after, "until": until, "limit": limit}, {"newest_first": True}
    for how in (span, span | newest_first, {"limit": 1} | newest_first):
        assert seqs(store.events(**how)) == seqs(settled.events(**how))


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_page_leaves_most_requests_as_they_are(newest_first):
    store = Store()
    add_requests(store, *(request(number, number, number) for number in range(1, 3 * SLICE_EVENTS + 1)))
    assert len(store.events(limit=10, newest_first=newest_first)) == 10
    assert count(store, "clean_requests") == 2 * SLICE_EVENTS


def test_first_reports_are_read_page_by_page_oldest_first():
    store = Store()
    with store.transaction():
        store.add_first_reports([FirstReports(ONE, 1.0, {key(seq): seq}) for seq in range(1, PAGE + 3)])
    assert [first.seqs[key(seq)] for seq, first in enumerate(store.first_reports(), 1)] == [
        *range(1, PAGE + 3)
    ]


def test_what_a_real_service_answered_is_told_of_the_events_that_it_is_about(store):
    differing = '[{"seq": 1, "message": "no"}, {"seq": null, "message": "busy"}]'
    with store.transaction():
        store.add_shadow_answer(ShadowAnswer(1, ONE, 5.0, 200, 422, 1, differing))
    assert store.shadow_of(store.event(1))["agrees"] is False
    assert len(store.shadow_of(store.event(2))["disagreements"]) == 1
    assert store.shadow_of(row(4, request_id="2")) is None
    assert [answer.status for answer in store.shadow_answers(ad_account_id=ONE)] == [422]
    assert store.shadow_answers(ad_account_id=OTHER) == []


@pytest.mark.parametrize("read", [lambda store: store.event(1).seq, lambda store: store.exchange(1).id])
def test_a_read_of_one_row_makes_the_rows_of_clean_requests(read):
    store = Store()
    add_requests(store, request(1, 1, 1))
    assert read(store) == 1
