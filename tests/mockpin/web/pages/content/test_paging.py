"""Turning the pages of a history: newest first, nothing left out, no rare word slow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.emulator.history.event_fields import EventRow
from mockpin.emulator.history.store import Store
from mockpin.web.pages.content.paging import (
    CHUNK,
    MAX_SEARCHED_ROWS,
    ROWS,
    HistoryPosition,
    find_newer,
    find_older,
    name_fault,
    turn_page,
)
from mockpin.web.pages.content.search import parse_query
from tests.mockpin.sending import TOKEN, Sending, conversion_event

ROW = EventRow(
    seq=0,
    received_at=1.0,
    ad_account_id="1",
    source="api",
    test=False,
    event_name="checkout",
    sent_name="checkout",
    event_id="o",
    action_source="web",
    event_time=1,
    status="processed",
    error_message="",
    warning_message="",
    duplicate_of=None,
    limited=False,
    limited_reason="",
    reported_as="web",
    findings="[]",
    payload='{"user_data": {"em": ["x"]}}',
    request_id="1",
)


@pytest.mark.parametrize(("own", "named"), [("fail_events", "fail_events"), (None, "delay_ms")])
def test_an_event_has_the_fault_of_its_request_unless_one_failed_the_event_itself(own, named):
    assert name_fault({"request_id": "7", "fault": own}, {7: "delay_ms"})["fault"] == named


def fill(store, rows):
    with store.transaction():
        store.add_events(rows)


@pytest.fixture
def store():
    store = Store()
    yield store
    store.close()


def row(seq, **fields):
    return ROW._replace(seq=seq, **fields)


def seqs(page):
    return [record["seq"] for record in page.records]


def test_a_page_has_its_rows_and_says_where_the_next_begins(store):
    fill(store, [row(seq) for seq in range(1, ROWS + 4)])
    first = turn_page(store, parse_query(""))
    assert (seqs(first)[0], len(first.records), first.next_before.event, first.is_full) == (
        ROWS + 3,
        ROWS,
        4,
        True,
    )
    last = turn_page(store, parse_query(""), before=first.next_before)
    assert (seqs(last), last.next_before, last.is_full) == ([3, 2, 1], None, False)


def test_a_word_that_the_history_cannot_filter_is_looked_for(store):
    fill(
        store,
        [row(seq) if seq != 2 else row(2, payload='{"user_data": {"ph": ["x"]}}') for seq in range(1, 600)],
    )
    page = turn_page(store, parse_query("key:ph"))
    assert (seqs(page), page.looked_through) == ([2], 599)


def test_a_rare_word_stops_in_time_and_goes_on_from_there(store):
    fill(store, [row(seq, event_id="rare" if seq == 1 else "o") for seq in range(1, MAX_SEARCHED_ROWS + 3)])
    page = turn_page(store, parse_query("rare"))
    assert (seqs(page), page.is_full, page.looked_through) == ([], False, MAX_SEARCHED_ROWS)
    assert seqs(turn_page(store, parse_query("rare"), before=page.next_before)) == [1]


def test_what_came_after_a_number_is_a_page(store):
    fill(store, [row(seq) for seq in range(1, 6)])
    assert seqs(turn_page(store, parse_query(""), after=HistoryPosition(3, 0))) == [5, 4]


def test_neighbours_answer_the_search(store):
    fill(store, [row(seq, event_id="x" if seq in (1, 4, 9) else "o") for seq in range(1, 11)])
    query = parse_query("id:x")
    assert [find_older(store, query, 4), find_newer(store, query, 4)] == [1, 9]
    assert [find_older(store, query, 1), find_newer(store, query, 9)] == [None, None]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["processed", "failed"]), max_size=450),
    st.sampled_from(["", "is:bad", "-is:good"]),
)
def test_all_pages_together_are_the_history(statuses, text):
    store = Store()
    fill(store, [row(seq, status=status) for seq, status in enumerate(statuses, 1)])
    found, before, query = [], None, parse_query(text)
    while True:
        page = turn_page(store, query, before=before)
        found += seqs(page)
        before = page.next_before
        if before is None:
            break
    store.close()
    wanted = [seq for seq, status in enumerate(statuses, 1) if not text or status == "failed"]
    assert found == wanted[::-1]


def test_refused_requests_stand_between_the_events_where_they_came(store):
    sending = Sending(store=store)
    for token in (TOKEN, "wrong", TOKEN):
        sending.post(conversion_event(), token=token)
    page = turn_page(store, parse_query(""))
    assert seqs(page) == [2, None, 1]
    rest = turn_page(store, parse_query(""), before=HistoryPosition(2, 3))
    assert seqs(rest) == [None, 1]


def test_the_newest_event_that_a_word_finds_is_found_beyond_a_chunk(store):
    fill(store, [row(seq, event_id="rare" if seq == CHUNK + 5 else "o") for seq in range(1, CHUNK + 9)])
    assert find_newer(store, parse_query("rare"), 1) == CHUNK + 5
    assert find_older(store, parse_query("rare"), CHUNK + 8) == CHUNK + 5
    assert find_newer(store, parse_query("rare"), CHUNK + 5) is None
