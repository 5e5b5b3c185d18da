"""What the admin API takes, by its schemas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mockpin.emulator.accounts import TOKEN as SENDABLE
from mockpin.emulator.pipeline.faults import parse_rule
from mockpin.web.admin import schemas as admin_schemas
from mockpin.web.admin.schemas import (
    ACCOUNT,
    AD_ACCOUNT_ID,
    CLOCK,
    EVENT_FILTERS,
    EXPECTATION,
    FAULT_RULE,
    FAULT_VALUES,
    PAGE,
    TOKEN,
    WITH_PAYLOADS,
)

SCHEMAS = {name: var for name, var in vars(admin_schemas).items() if name.isupper() and isinstance(var, dict)}
FAULTS = st.one_of(
    st.fixed_dictionaries({"status": st.sampled_from(FAULT_VALUES["status"]["enum"])}),
    st.fixed_dictionaries({"delay_ms": st.integers(0, 600_000)}),
    st.fixed_dictionaries({"drop": st.just(True)}),
    st.fixed_dictionaries({"truncate": st.integers(0, 10)}),
    st.fixed_dictionaries({"fail_events": st.lists(st.integers(0, 999), min_size=1, max_size=3)}),
)


def takes(schema, value):
    return Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_is_one(schema):
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("value", "taken"),
    [("1", True), ("9" * 18, True), ("9" * 19, False), ("", False), ("7\n", False), ("٣", False), (7, False)],
)
def test_an_ad_account_id_is_a_text_of_1_to_18_digits(value, taken):
    assert takes(AD_ACCOUNT_ID, value) is taken


@given(st.text(max_size=5))
def test_a_token_is_taken_exactly_when_a_header_can_carry_it(text):
    assert takes(TOKEN, text) is bool(SENDABLE.fullmatch(text))


@pytest.mark.parametrize(
    ("expectation", "taken"),
    [
        ({}, True),
        ({"match": {}, "count": 0}, True),
        ({"count": 1, "at_least": 1}, False),
        ({"count": -1}, False),
        ({"timeout_ms": 0}, True),
        ({"timeout_ms": 600_000}, True),
        ({"timeout_ms": 600_001}, False),
        ({"match": {"evnt_name": "x"}}, False),
        ({"match": {"payload": {"custom_data.order_id": "1"}}}, True),
    ],
)
def test_an_expectation_says_how_many_in_one_way(expectation, taken):
    assert takes(EXPECTATION, expectation) is taken


@pytest.mark.parametrize(
    ("order", "taken"),
    [({}, False), ({"real": True}, True), ({"real": False}, False), ({"freeze": 1, "advance": 1}, False)],
)
def test_the_clock_takes_one_order_at_a_time(order, taken):
    assert takes(CLOCK, order) is taken


@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        ({"delay_ms": [0, 5]}, True),
        ({"delay_ms": [5]}, False),
        ({"delay_ms": -1}, False),
        ({"drop": False}, False),
        ({"fail_events": []}, False),
        ({"status": 200}, False),
        ({"status": 503, "drop": True}, False),
        ({}, False),
    ],
)
def test_a_rule_has_one_fault_of_a_known_kind(fault, taken):
    assert takes(FAULT_RULE, {"fault": fault}) is taken


@given(
    FAULTS, st.fixed_dictionaries({}, optional={"times": st.integers(1, 5), "probability": st.floats(0, 1)})
)
def test_whatever_rule_is_taken_can_be_put_in_force(fault, more):
    assert takes(FAULT_RULE, {"fault": fault, **more})
    assert parse_rule({"fault": fault, **more}).fault.kind == next(iter(fault))


def test_a_list_holds_its_first_hundred_entries_with_their_payloads_unless_asked_otherwise():
    asked = PAGE | WITH_PAYLOADS
    assert {name: schema["default"] for name, schema in asked.items()} == {
        "after": 0, "limit": 100, "payloads": True,
    }  # fmt: skip


def test_a_filter_of_the_history_is_a_filter_of_an_expectation():
    assert EVENT_FILTERS.keys() <= EXPECTATION["properties"]["match"]["properties"].keys()


def test_a_rule_without_a_fault_and_one_that_is_asked_no_times_are_none():
    assert not takes(FAULT_RULE, {"times": 1})
    assert not takes(FAULT_RULE, {"fault": {"drop": True}, "times": 0})


def test_an_account_needs_an_id_and_a_token_and_knows_no_more_than_its_tag():
    assert takes(ACCOUNT, {"ad_account_id": "7", "conversion_token": "pina_x", "tag_id": "2613"})
    assert not takes(ACCOUNT, {"ad_account_id": "7"})
    assert not takes(ACCOUNT, {"ad_account_id": "7", "conversion_token": "pina_x", "name": "Shop"})
