"""What is certain to be meant."""

import pytest
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.cli.shared.fixes import HASHED, find_edits, make_hasher
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
        ({"event_time": 10**12}, "/event_time", 10**9),
        ({"event_time": 10**14 - 1}, "/event_time", 10**11 - 1),
        ({"event_time": "-" + "9" * 18}, "/event_time", 1 - 10**18),
        ({"event_time": float(2**53 - 1)}, "/event_time", 2**53 - 1),
        ({"opt_out": "true"}, "/opt_out", True),
        ({"opt_out": "false"}, "/opt_out", False),
        ({"user_data": {"em": ["x", f"{HASH.upper()}\n"]}}, "/user_data/em", ["x", HASH]),
        ({"app_info": {"app_id": 5}}, "/app_info/app_id", 5),
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
        {"event_time": 10**12 - 1},
        {"event_time": 10**14},
        {"event_time": "9" * 19},
        {"event_time": float(2**53)},
        {"event_time": True},
        {"custom_data": {"value": True, "order_id": [5], "content_ids": " "}},
        {"custom_data": {"contents": ["x", {"colour": 5}]}},
        {"custom_data": {"currency": "EUR", "contents": 5}},
        {"app_info": {"currency": "eur"}},
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


def test_a_number_made_of_a_text_is_not_put_in_quotes():
    (edit,) = find_edits({"event_time": "1790000000"})
    assert (edit.value, edit.quoted) == (1_790_000_000, False)


def test_all_that_was_done_to_a_value_is_told():
    assert (
        edits({"event_time": "1790000000123"})[0][2] == "quotes taken off a number, milliseconds made seconds"
    )
    assert edits({"user_data": {"em": HASH.upper()}})[0][2] == "text put in a list, hash put in lower case"
    assert edits({"event_time": 2.0, "custom_data": {"value": 2}}) == [
        ("/event_time", 2, "fraction taken off a whole number"),
        ("/custom_data/value", 2, "number put in quotes"),
    ]


@pytest.mark.parametrize(
    "other", ["ab" * 16, "ab" * 64, "A" * 27 + "=", "A" * 88 + "==", "+/_-" * 7 + "=", HASH]
)
def test_a_hash_of_another_kind_is_never_hashed_again(other):
    assert edits({"user_data": {"em": [other]}}, hasher=make_hasher(None)) == []


@pytest.mark.parametrize(
    "plain", ["ab" * 15 + "c", "ab" * 64 + "c", "A" * 26 + "=", "A" * 89 + "==", "A" * 30]
)
def test_other_texts_are_hashed(plain):
    ((_, (hashed,), what),) = edits({"user_data": {"external_id": [plain]}}, hasher=make_hasher(None))
    assert (len(hashed), what) == (64, HASHED)


@pytest.mark.parametrize("value", [{"a": 1}, True])
def test_what_is_neither_text_nor_a_list_is_not_hashed(value):
    assert edits({"user_data": {"external_id": value}}, hasher=make_hasher(None)) == []


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
