import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.event_fields import FILTERS
from mockpin.expectations.matching import (
    ABSENT,
    Match,
    PlainTextExpected,
    check_names,
    equals_json,
    has_value,
    look_up,
)

RECORD = {
    "seq": 1,
    "ad_account_id": "549755885175",
    "source": "api",
    "test": False,
    "event_name": "page_visit",
    "sent_name": "PageVisit",
    "event_id": "e1",
    "action_source": "web",
    "status": "processed",
    "duplicate_of": None,
    "limited_data_processing": {"applies": False, "reason": "no opt_out_type"},
    "reported_as": "web",
    "payload": {
        "event_name": "PageVisit",
        "user_data": {"em": ["a" * 64]},
        "custom_data": {"order_id": "o1", "num_items": 1, "contents": [{"id": "sku"}]},
    },
}
HOLDS = {
    "ad_account_id": "549755885175",
    "event_name": "page_visit",
    "event_id": "e1",
    "status": "processed",
    "duplicate": False,
    "test": False,
    "action_source": "web",
    "reported_as": "web",
    "source": "api",
    "limited_data_processing": False,
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def altered(**changes):
    return {**RECORD, **changes}


def test_every_filter_is_tried_here():
    assert HOLDS.keys() == FILTERS.keys()


@pytest.mark.parametrize(("name", "value"), HOLDS.items())
def test_each_filter_accepts_only_the_event_s_value(name, value):
    assert Match({name: value}).matches(RECORD)
    assert not Match({name: (not value) if isinstance(value, bool) else "other"}).matches(RECORD)


def test_an_event_is_found_by_the_name_it_was_sent_with_too():
    assert Match({"event_name": "PageVisit"}).matches(RECORD)


def test_an_event_with_a_first_report_is_a_duplicate():
    assert Match({"duplicate": True}).matches(altered(duplicate_of=4))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("custom_data.order_id", "o1"),
        ("custom_data.num_items", 1),
        ("custom_data.contents.0.id", "sku"),
        ("custom_data.contents", [{"id": "sku"}]),
        ("user_data.em.0", "a" * 64),
    ],
)
def test_a_payload_path_finds_its_value(path, value):
    assert Match(payload={path: value}).matches(RECORD)


@pytest.mark.parametrize("path", ["custom_data.value", "custom_data.contents.1", "event_name.0", "x.y"])
def test_a_path_that_leads_nowhere_finds_nothing(path):
    assert look_up(RECORD["payload"], path) is ABSENT
    assert not Match(payload={path: None}).matches(RECORD)


def test_true_is_not_one():
    assert not Match(payload={"custom_data.num_items": True}).matches(RECORD)
    assert equals_json([1.0], [1])
    assert not equals_json({"a": [True]}, {"a": [1]})
    assert not equals_json({"a": 1}, "a")
    assert not equals_json([1], 1)


@given(json_values)
def test_every_json_value_equals_itself(value):
    assert equals_json(value, value)


def test_every_expected_field_must_match():
    match = Match({"event_id": "e1"}, {"custom_data.order_id": "o2"})
    assert not match.matches(RECORD)
    assert [comparison.matched for comparison in match.compare(RECORD)] == [True, False]


def test_the_nearest_miss_has_most_in_common():
    match = Match({"event_name": "checkout", "event_id": "e1", "status": "processed"})
    far, near = altered(seq=3, event_id="e2"), RECORD
    assert [miss.record["seq"] for miss in match.find_nearest([far, near])] == [1, 3]


def test_among_equals_the_latest_miss_comes_first():
    records = [altered(seq=seq, event_id="other") for seq in range(1, 6)]
    assert [miss.record["seq"] for miss in Match({"event_id": "e1"}).find_nearest(records)] == [5, 4, 3]


def test_an_event_that_matches_is_not_a_near_miss():
    assert Match({"event_id": "e1"}).find_nearest([RECORD]) == []


def test_a_near_miss_compares_each_field():
    match = Match({"event_id": "e1"}, {"custom_data.order_id": "o2", "custom_data.value": "1"})
    (miss,) = match.find_nearest([RECORD])
    assert miss.to_dict() == {
        "seq": 1,
        "event_name": "page_visit",
        "fields": [
            {"field": "event_id", "expected": "e1", "received": "e1", "matched": True},
            {
                "field": "payload.custom_data.order_id",
                "expected": "o2",
                "received": "o1",
                "matched": False,
            },
            {"field": "payload.custom_data.value", "expected": "1", "matched": False},
        ],
    }
    assert repr(ABSENT) == "absent"


@pytest.mark.parametrize(
    ("asked", "name", "way"),
    [
        ({"payload": {"user_data.em": ["jane@x.test"]}}, "payload.user_data.em",
         "its SHA-256, or ['<masked 11>']"),
        ({"payload": {"user_data.em.0": "jane"}}, "payload.user_data.em.0", "its SHA-256, or '<masked 4>'"),
        ({"payload": {"user_data": {"ph": "5550104477"}}}, "payload.user_data",
         "its SHA-256, or {'ph': '<masked 10>'}"),
        ({"payload": {"custom_data.order_id": "o@x.test"}}, "payload.custom_data.order_id", "'<masked 8>'"),
        ({"filters": {"event_id": "o@x.test"}}, "event_id", "'<masked 8>'"),
    ],
)  # fmt: skip
def test_an_expected_value_that_the_history_masks_is_refused(asked, name, way):
    with pytest.raises(PlainTextExpected) as raised:
        Match(**asked)
    assert str(raised.value) == (
        f"{name} is plain text, of which the history keeps only the length; "
        f"expect {way} for any text as long."
    )


def test_the_mask_of_an_event_id_that_is_an_address_matches_it():
    assert Match({"event_id": "<masked 8>"}).matches(altered(event_id="<masked 8>"))


def test_the_error_names_every_plain_text_without_repeating_it():
    with pytest.raises(PlainTextExpected) as raised:
        Match({"event_id": "jane@x.test"}, {"em": "jane", "custom_data.jane@x.test": "jane@x.test"})
    assert len(raised.value.problems) == 3
    assert "jane" not in str(raised.value)


def test_hashes_and_masks_may_be_expected():
    masked = altered(payload={"user_data": {"em": ["<masked 11>", "a" * 64]}})
    assert Match(payload={"user_data.em": ["<masked 11>", "a" * 64]}).matches(masked)
    assert not Match(payload={"user_data.em.0": "<masked 4>"}).matches(masked)


def test_a_masked_phone_number_of_segment_matches_only_itself():
    kept = altered(payload={"custom_data": {"content_name": "call <masked 15>"}})
    assert not Match(payload={"custom_data.content_name": "call +1 555 010 4477"}).matches(kept)


def test_check_names_accepts_every_filter():
    check_names(FILTERS)


def test_an_unknown_name_without_a_similar_one_lists_all_names():
    with pytest.raises(TypeError, match=r"unknown filter 'zzz'; there are ad_account_id, .*, count\."):
        check_names(["zzz"], beside=["count"])


@pytest.mark.parametrize(
    ("path", "expected", "has"),
    [
        ("user_data.em.*", "a" * 64, True),
        ("user_data.em.*", "b" * 64, False),
        ("user_data.em", "a" * 64, False),
        ("user_data.*", "em", False),
        ("event_name", "PageVisit", True),
        ("event_name.*", "P", False),
    ],
)
def test_a_path_with_a_star_has_the_value_if_any_item_is_it(path, expected, has):
    assert has_value(RECORD["payload"], path, expected) is has


def test_the_events_that_match_are_selected_in_their_order():
    other = {**RECORD, "seq": 2, "event_id": "e2"}
    third = {**RECORD, "seq": 3}
    assert Match({"event_id": "e1"}).select([third, other, RECORD]) == [third, RECORD]
