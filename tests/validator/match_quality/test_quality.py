"""How many events carry what Pinterest can match by."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.match_quality.quality import (
    COMPONENTS,
    OTHERS,
    WEIGHTS,
    Quality,
    add_counts,
    match_keys,
    quality,
)

COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9))
HASH = "0" * 64
CHECKOUT = {
    "event_name": "checkout",
    "event_id": "e1",
    "user_data": {"em": [HASH], "ph": [], "fn": [""], "click_id": "dj0yJnU"},
    "custom_data": {"contents": [{"id": "sku-1"}], "value": "72.39"},
}
PAGE = {"event_name": "page_visit", "event_id": "e2", "user_data": {"client_ip_address": "192.0.2.1"}}
FULL = {
    "event_name": "checkout",
    "event_id": "e",
    "event_source_url": "u",
    "user_data": dict.fromkeys(COMPONENTS.values(), "x"),
    "custom_data": {"content_ids": ["a"], "order_id": "o", "value": "1"},
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*COMPONENTS.values(), "user_data", "custom_data", "contents"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


def test_an_event_has_the_match_keys_that_hold_a_value():
    assert match_keys(CHECKOUT) == ("em", "click_id")


@pytest.mark.parametrize("value", [True, 5, {"a": 1}, [[], "x"], [None, "x"]])
def test_a_key_of_any_other_value_is_a_match_key_too(value):
    assert match_keys({"user_data": {"em": value, "ph": [], "fn": None}}) == ("em",)


def test_coverage_is_the_share_of_events_in_per_cent():
    both = quality([CHECKOUT, PAGE])
    assert both.events == 2
    assert both.coverage("em") == 50
    assert both.coverage("hashed_email") == 50
    assert both.coverage("external_event_id") == 100
    assert both.of("checkout").coverage("em") == 100
    assert both.of("signup").events == 0


def test_a_product_counts_from_contents_as_from_content_ids():
    assert quality([CHECKOUT]).coverage("product_id") == 100
    assert quality([{"custom_data": {"content_ids": ["a"]}}]).coverage("product_id") == 100
    assert quality([{"custom_data": {"contents": [{"item_price": "1"}]}}]).coverage("product_id") == 0


def test_an_event_name_that_may_be_a_persons_data_is_not_reported():
    assert quality([{"event_name": "ada@example.com"}]).event_names == ("•" * 15,)


def test_no_events_cover_nothing():
    assert quality([]).coverage("em") == 0
    assert quality([]).status == "NEEDS_IMPROVEMENT"


def test_an_unknown_parameter_is_refused():
    with pytest.raises(KeyError):
        quality([PAGE]).coverage("emial")


def test_everything_covered_is_a_hundred_and_good():
    assert quality([FULL]).score == 100
    assert quality([FULL]).status == "GOOD"
    assert set(WEIGHTS) == set(COMPONENTS)


def test_events_that_are_counted_as_unknown_add_nothing_to_the_score():
    full = {**FULL, "event_name": "purchase"}
    assert (quality([full]).score, quality([full]).status) == (0, "NEEDS_IMPROVEMENT")
    assert quality([full, FULL]).score == 50
    assert quality([{**FULL, "event_name": "my_loyalty_step"}]).score == 100


def test_the_dictionary_says_whose_the_weights_are():
    report = quality([CHECKOUT, PAGE]).to_dict()
    assert "mockpin's own" in report["note"]
    assert report["by_event_name"]["checkout"]["components"]["order_value"] == 100
    assert list(report["by_event_name"]) == ["checkout", "page_visit"]


@settings(deadline=None, max_examples=60)
@given(st.lists(ANYTHING, max_size=4), st.lists(ANYTHING, max_size=4))
def test_parts_add_up_to_the_whole(some, others):
    assert quality(some) + quality(others) == quality([*some, *others])
    assert quality(some) + Quality() == quality(some)


@settings(deadline=None, max_examples=60)
@given(COUNTS, COUNTS)
def test_counts_add_up_as_counters_do_and_stay_as_they_were(counts, others):
    before = {**counts}, {**others}
    assert add_counts(counts, others) == Counter(counts) + Counter(others)
    assert (counts, others) == before


@settings(deadline=None, max_examples=60)
@given(st.lists(ANYTHING, min_size=1, max_size=4))
def test_coverage_and_score_stay_within_a_hundred(events):
    whole = quality(events)
    assert 0 <= whole.score <= 100
    assert all(0 <= whole.coverage(component) <= 100 for component in COMPONENTS)


@pytest.mark.parametrize(
    ("keys", "score", "status", "below"),
    [
        (("em", "click_id", "external_id", "hashed_maids"), 65, "GOOD", "FAIR"),
        (("em", "external_id"), 40, "FAIR", "NEEDS_IMPROVEMENT"),
    ],
)
def test_a_status_begins_at_its_score(keys, score, status, below):
    whole = Quality({("lead", keys): 99})
    assert (whole.score, whole.status) == (score, status)
    assert (whole + Quality({("lead", ()): 1})).status == below


def test_too_many_shapes_are_counted_without_the_names_of_their_events():
    some = Quality({("a", ("em",)): 1, ("b", ("em",)): 2, ("b", ()): 4})
    assert some.limited(3) is some
    assert some.limited(2).shapes == {(OTHERS, ("em",)): 3, (OTHERS, ()): 4}
