import json
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_transformer import DEFAULT_MAPPING, PRESETS, NotJson, TransformFailed, convert, parse_mapping
from mockpin_transformer.match_keys.hashing import is_hashed
from mockpin_transformer.payloads.fields import FIELDS
from tests.conftest import FIXTURES
from tests.transformer.json_values import JSON_VALUES

CASES = {
    file.stem: json.loads(file.read_text("utf-8"))
    for file in sorted((FIXTURES / "segment_events").glob("*.json"))
}
MAPPING = parse_mapping({**DEFAULT_MAPPING, "event_name": "checkout"})
MEMBERS = [*(field.name for field in FIELDS), *(m.name for field in FIELDS for m in field.members)]
PAYLOADS = st.recursive(
    JSON_VALUES | st.sampled_from(["a@b.c", "2026-11-24", "en", "latest", "web", "checkout", 5]),
    lambda inner: st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=8) | st.lists(inner, max_size=2),
    max_leaves=30,
)


def mapping_of(case):
    return PRESETS[case["preset"]].mapping if "preset" in case else parse_mapping(case["mapping"])


def outcome(case, **options):
    try:
        return {"body": convert(case["event"], mapping_of(case), **options).body.decode()}
    except TransformFailed as error:
        told = {"name": error.name, "message": error.message, "code": error.code}
        return {"error": {name: value for name, value in told.items() if value is not None}}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_segment_event_becomes_what_segment_makes_of_it_to_the_byte(case):
    assert outcome(case) == case["expect"]


def test_several_users_give_several_hashes_in_their_order():
    user_data = json.loads(CASES["several-users"]["expect"]["body"])["data"][0]["user_data"]
    assert [len(values) for values in user_data.values()] == [3, 3]


def test_the_body_holds_the_event():
    conversion = convert(CASES["web-order-completed"]["event"], MAPPING)
    assert json.loads(conversion.body) == {"data": [conversion.event]}


def test_a_mapping_may_be_given_as_json():
    event = CASES["web-order-completed"]["event"]
    assert convert(event, MAPPING.raw) == convert(event, MAPPING)


def test_documented_normalization_drops_what_segment_fails_on():
    case = CASES["error-phone-without-digits"]
    event = convert(case["event"], mapping_of(case), normalization="documented").event
    assert "ph" not in event["user_data"]
    assert "error" in outcome({**case, "mapping": {**case["mapping"], "user_data": {"email": ["  "]}}},
                              normalization="documented")  # fmt: skip


def test_a_region_completes_phone_numbers():
    case = {**CASES["offline-sale"], "event": {**CASES["offline-sale"]["event"]}}
    case["event"]["traits"] = {**case["event"]["traits"], "phone": "(415) 555-0100"}
    hashes = {
        convert(case["event"], mapping_of(case), normalization="documented", region=region).event[
            "user_data"
        ]["ph"][0]
        for region in (None, "US", "DE")
    }
    assert len(hashes) == 3


@pytest.mark.parametrize(
    ("field", "value"), [("price", Decimal("12.5")), ("email", datetime.now(UTC)), ("quantity", {1})]
)
def test_a_value_that_json_does_not_have_is_named_with_its_place_in_the_segment_event(field, value):
    event = {"properties": {"event": "e", field: value}}
    mapping = {**MAPPING.raw, "custom_data": {"value": {"@path": f"$.properties.{field}"}}}
    with pytest.raises(NotJson, match=f"^The value at /properties/{field} is"):
        convert(event, mapping)


def test_a_value_that_json_does_not_have_may_stand_in_the_mapping():
    with pytest.raises(NotJson, match=r"^The value is of Python's type Decimal"):
        convert({}, {**MAPPING.raw, "custom_data": {"value": Decimal("12.5")}})


@settings(max_examples=200)
@given(JSON_VALUES, JSON_VALUES)
def test_no_segment_event_and_no_mapping_is_too_strange(event, mapping):
    with suppress(TransformFailed):
        convert(event, mapping)
    with suppress(TransformFailed):
        convert(event, MAPPING, trace=True)


@settings(max_examples=300)
@given(PAYLOADS, st.sampled_from(["segment", "documented"]))
def test_no_fields_are_too_strange(fields, normalization):
    constants = {
        "event_name": "lead",
        "action_source": "web",
        "event_time": "2026",
        "event_id": "e",
        "app_name": "a",
    }
    mapping = {"@literal": {**constants, **fields} if isinstance(fields, dict) else fields}
    try:
        conversion = convert({}, mapping, normalization=normalization, trace=True)
    except TransformFailed:
        return
    hashed = [value for key in ("em", "ph", "ct") for value in conversion.event["user_data"].get(key, ())]
    assert all(is_hashed(value) or value == "" for value in hashed)
    assert json.loads(conversion.body)["data"][0]["event_id"] == conversion.event["event_id"]


def test_a_trace_explains_each_field_of_the_event_and_is_made_only_if_asked_for():
    event = CASES["web-order-completed"]["event"]
    assert convert(event, MAPPING).trace == ()
    traced = convert(event, MAPPING, trace=True)
    assert (traced.event, traced.body) == (convert(event, MAPPING).event, convert(event, MAPPING).body)
    assert {"/event_name", "/event_id"} <= {step.pointer for step in traced.trace}
