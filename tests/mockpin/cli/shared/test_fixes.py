"""What is certain to be meant."""

import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.cli.shared.fixes import find_edits, make_hasher
from mockpin.strategies import conversion_events

HASH = "ab" * 32


def edits(event, **more):
    return [(edit.pointer, edit.value, edit.what) for edit in find_edits(event, **more)]


@pytest.mark.parametrize(
    ("event", "pointer", "value"),
    [
        ({"user_data": {"em": [HASH.upper()]}}, "/user_data/em", [HASH]),
        ({"user_data": {"em": HASH}}, "/user_data/em", [HASH]),
        ({"user_data": {"em": f" {HASH.upper()}"}}, "/user_data/em", [HASH]),
        ({"custom_data": {"currency": "eur"}}, "/custom_data/currency", "EUR"),
        ({"event_time": 1_790_000_000_123}, "/event_time", 1_790_000_000),
        ({"event_time": "1790000000123"}, "/event_time", 1_790_000_000),
        ({"event_time": 1_790_000_000.0}, "/event_time", 1_790_000_000),
        ({"opt_out": "true"}, "/opt_out", True),
        ({"custom_data": {"num_items": "2"}}, "/custom_data/num_items", 2),
        ({"custom_data": {"content_ids": "a"}}, "/custom_data/content_ids", ["a"]),
        ({"custom_data": {"order_id": ["o1"]}}, "/custom_data/order_id", "o1"),
        ({"custom_data": {"contents": [{}, {"quantity": "3"}]}}, "/custom_data/contents/1/quantity", 3),
    ],
)
def test_what_is_certain_is_mended(event, pointer, value):
    ((found, fixed, _),) = edits(event)
    assert (found, fixed) == (pointer, value)


@pytest.mark.parametrize(
    "event",
    [
        {"user_data": {"em": ["jane@example.com"]}},
        {"user_data": {"em": ["AB" * 16], "ph": [""], "fn": [None]}},
        {"custom_data": {"currency": "euro"}},
        {"custom_data": {"order_id": ["a", "b"]}},
        {"event_time": "yesterday"},
        {"event_time": 1.5},
        {"event_time": 10**15},
        {"custom_data": {"num_items": "two"}},
        {"colour": "red", "user_data": "x"},
        {"opt_out": "yes"},
        [],
        None,
    ],
)
def test_what_may_mean_several_things_is_left(event):
    assert edits(event) == []


def test_a_number_is_put_in_quotes_as_it_is_written():
    (edit,) = find_edits({"custom_data": {"value": 9.50}})
    assert edit.quoted


def test_plain_text_is_hashed_only_when_asked_for():
    event = {"user_data": {"em": "Jane@Example.com ", "ph": ["AB" * 16], "fn": [" "]}}
    ((pointer, (hashed,), what),) = edits(event, hasher=make_hasher(None))
    assert pointer == "/user_data/em"
    assert hashed == "8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d"
    assert what == "text put in a list, plain match key hashed"


@settings(max_examples=60)
@given(conversion_events(), st.booleans())
def test_a_good_event_needs_no_edit(event, hashing):
    note("with match keys" if event["user_data"] else "without")
    assert edits(event, hasher=make_hasher(None) if hashing else None) == []
