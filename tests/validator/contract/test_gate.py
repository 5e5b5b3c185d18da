"""The schema gate: whether, by one engine, and why, in the other's words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mockpin_validator.contract.gate import (
    BEYOND_JSON,
    accepts_envelope,
    accepts_event,
    accepts_payload,
    event_violations,
    find_missing_field,
    refusal,
    violations,
)
from mockpin_validator.contract.request import Demands, payload_schema
from tests.validator.events import CLEAN, any_payloads, changed, valid_events

WEB = CLEAN["web"]
PLAIN = Draft202012Validator(payload_schema())

# The sentences of python-jsonschema that Pinterest is known, or from its wording expected, to use.
SENTENCES = {
    "unknown field": (
        {"data": [changed(custom_data={"category_name": "lamps"})]},
        "Additional properties are not allowed ('category_name' was unexpected)",
    ),
    "two unknown fields": (
        {"data": [changed(foo=1, bar=2)]},
        "Additional properties are not allowed ('bar', 'foo' were unexpected)",
    ),
    "missing field": ({"data": [changed(event_name=...)]}, "'event_name' is a required property"),
    "number for a nullable string": (
        {"data": [changed(custom_data__value=1.5)]},
        "1.5 is not of type 'string', 'null'",
    ),
    "string for an integer": (
        {"data": [changed(event_time="1700000000")]},
        "'1700000000' is not of type 'integer'",
    ),
    "string for a boolean": ({"data": [changed(opt_out="true")]}, "'true' is not of type 'boolean'"),
    "null where none is allowed": ({"data": [changed(event_id=None)]}, "None is not of type 'string'"),
    "no events": ({"data": []}, "[] should be non-empty"),
    "no data": ({}, "'data' is a required property"),
    "beside data": ({"data": [WEB], "x": 1}, "Additional properties are not allowed ('x' was unexpected)"),
    "not an object": ([], "[] is not of type 'object'"),
    "nobody": (
        {"data": [changed(user_data={"client_ip_address": "1.2.3.4"})]},
        "{'client_ip_address': '1.2.3.4'} is not valid under any of the given schemas",
    ),
    "enumeration": (
        {"data": [changed(device_info={"os_family": "ps5"})]},
        "'ps5' is not one of ['ios', 'android', 'macos', 'windows', 'linux', 'bsd', 'other']",
    ),
    "too much": (
        {"data": [changed(device_info={"battery_level": 101})]},
        "101 is greater than the maximum of 100",
    ),
}


@pytest.mark.parametrize(("payload", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_refusal_is_the_sentence_of_python_jsonschema(payload, sentence):
    assert refusal(payload) == sentence


@pytest.mark.parametrize("event", CLEAN.values(), ids=CLEAN)
def test_a_clean_event_is_accepted(event):
    assert accepts_event(event)
    assert refusal({"data": [event]}) is None


def test_what_later_descriptions_added_is_accepted():
    later = changed(advertiser_tracking_enabled=False, user_data__customer_type="new")
    later["custom_data"]["contents"][0]["item_brand_id"] = "b" * 64
    assert refusal({"data": [later]}) is None


@pytest.mark.parametrize(("demands", "event"), [
    (Demands(identity=False), changed(user_data={"external_id": ["1" * 64]})),
    (Demands(event_id=False), changed(event_id=...)),
])  # fmt: skip
def test_a_demand_that_is_not_made_refuses_nothing(demands, event):
    assert accepts_event(event, demands)
    assert accepts_payload({"data": [event]}, demands)
    assert refusal({"data": [event]}, demands) is None
    assert list(event_violations(event, demands)) == list(violations({"data": [event]}, demands)) == []
    assert refusal({"data": [event]}) is not None
    assert refusal({"data": [{**event, "foo": 1}]}, demands).endswith("('foo' was unexpected)")


def test_without_the_demand_for_an_identity_a_wrong_type_is_named():
    payload = {"data": [changed(user_data__em="x")]}
    assert refusal(payload, Demands(identity=False)) == "'x' is not of type 'array'"
    assert refusal(payload).endswith("is not valid under any of the given schemas")


def test_a_thousand_events_are_accepted_and_one_more_is_not():
    assert refusal({"data": [WEB] * 1_000}) is None
    sentence = refusal({"data": [WEB] * 1_001})
    assert sentence.startswith("[{'event_name': 'checkout'")
    assert len(sentence) == 2000
    assert sentence.endswith("…")


def test_the_first_bad_event_of_many_is_the_one_named():
    payload = {"data": [*[WEB] * 998, changed(event_id=1), changed(event_id=2)]}
    assert refusal(payload) == "1 is not of type 'string'"


@pytest.mark.parametrize("name", ["event_name", "action_source", "event_time", "event_id", "user_data"])
def test_a_missing_field_is_known_by_its_name(name):
    (violation,) = event_violations(changed(**{name: ...}))
    assert find_missing_field(violation) == name


def test_only_refused_events_are_explained():
    payload = {"data": [*[WEB] * 500, changed(event_id=1)]}
    assert [list(violation.absolute_path) for violation in violations(payload)] == [["data", 500, "event_id"]]


@pytest.mark.parametrize("count", [1, 2, 5_000])
def test_unknown_names_are_listed_as_python_jsonschema_lists_them(count):
    payload = {"data": [{**WEB, **{str(number): 1 for number in range(count)}}]}
    whole = next(PLAIN.iter_errors(payload)).message
    assert refusal(payload) == (whole if len(whole) < 2_000 else whole[:1_999] + "…")
    violation = next(violations(payload))
    assert len(violation.instance) == len(WEB) + count


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [object(), "\ud800", b"x", 10**5_000, float("nan")],
    ids=["object", "surrogate", "bytes", "5001 digits", "nan"],
)
def test_a_text_that_is_not_json_is_refused(value):
    assert isinstance(refusal({"data": [changed(user_data__em=value)]}), str)


def test_a_value_that_cannot_be_serialized_is_refused_with_a_sentence():
    assert refusal({"data": [changed(event_id=nested(50_000))]}) == BEYOND_JSON
    assert refusal({"data": [changed(event_id=10**5_000)]}) == BEYOND_JSON


@settings(max_examples=120, deadline=None)
@given(st.one_of(any_payloads(), valid_events().map(lambda event: {"data": [event]})))
def test_both_engines_agree(payload):
    assert accepts_payload(payload) == PLAIN.is_valid(payload)


@settings(max_examples=120, deadline=None)
@given(any_payloads())
def test_passing_over_what_is_accepted_changes_no_sentence_and_no_order(payload):
    assert [violation.message for violation in violations(payload)] == [
        error.message for error in PLAIN.iter_errors(payload)
    ]


@settings(max_examples=60, deadline=None)
@given(valid_events())
def test_the_fields_own_values_are_accepted(event):
    assert list(event_violations(event)) == []


@pytest.mark.parametrize(("number", "accepted"), [(0, False), (1, True), (1000, True), (1001, False)])
def test_an_envelope_holds_1_to_1000_items_of_any_kind(number, accepted):
    assert accepts_envelope({"data": [None] * number}) is accepted
