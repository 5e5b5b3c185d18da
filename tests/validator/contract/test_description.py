from copy import deepcopy

import pytest

from mockpin_validator.contract.description import DescriptionUnusable, differences, request_schema
from mockpin_validator.contract.names import ACTION_SOURCES, LATER_EVENT_NAMES, STANDARD_EVENT_NAMES
from mockpin_validator.contract.request import payload_schema


def openapi(schema):
    """An OpenAPI document that describes the request by this schema."""
    operation = {"requestBody": {"content": {"application/json": {"schema": schema}}}}
    return {
        "paths": {"/ad_accounts/{ad_account_id}/events": {"post": operation}},
        "$defs": schema.get("$defs", {}),
    }


@pytest.fixture
def described():
    """Our own contract, as if Pinterest described it so."""
    return openapi(deepcopy(payload_schema()))


def event_of(document):
    return document["$defs"]["event"]


def told(document):
    return [str(difference) for difference in differences(document)]


def test_our_own_contract_differs_in_nothing(described):
    assert told(described) == []


def test_a_field_that_later_descriptions_added_may_be_missing(described):
    del event_of(described)["properties"]["advertiser_tracking_enabled"]
    assert told(described) == []


def test_a_new_field_is_named(described):
    event_of(described)["properties"]["loyalty"] = {"type": "string", "maxLength": 3}
    assert told(described) == ["data/*/loyalty: the field is new"]


def test_a_field_that_is_gone_is_named(described):
    del described["$defs"]["app_info"]["properties"]["app_id"]
    assert told(described) == ["data/*/app_info/app_id: the field is gone"]


def test_a_changed_type_is_told_with_before_and_after(described):
    described["$defs"]["custom_data"]["properties"]["value"] = {"type": "number"}
    assert told(described) == ["data/*/custom_data/value: type was null or string, is number"]


def test_nullable_is_a_type_of_null(described):
    described["$defs"]["custom_data"]["properties"]["value"] = {"type": "string", "nullable": True}
    assert told(described) == []


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("maximum", 200, "maximum was 100, is 200"),
        ("minimum", 1, "minimum was 0, is 1"),
        ("enum", [1, 2], "enum was none, is 1, 2"),
        ("exclusiveMaximum", 100, "exclusiveMaximum was none, is 100"),
        ("multipleOf", 5, "multipleOf was none, is 5"),
    ],
)
def test_a_changed_limit_is_told(described, limit, value, words):
    described["$defs"]["device_info"]["properties"]["battery_level"][limit] = value
    assert told(described) == [f"data/*/device_info/battery_level: {words}"]


def test_a_field_no_longer_required_is_told_once(described):
    event_of(described)["required"].remove("event_id")
    (line,) = told(described)
    assert line.startswith("data/*: required was action_source, event_id")


def test_a_change_in_every_branch_of_user_data_is_told_once(described):
    described["$defs"]["match_keys"]["properties"]["em"]["type"] = "string"
    assert told(described) == ["data/*/user_data/em: type was array, is string"]


def test_a_document_with_the_component_alone_will_do(described):
    schema = request_schema(described)
    assert (
        differences({"components": {"schemas": {"ConversionEvents": schema}}, "$defs": described["$defs"]})
        == ()
    )


def list_names(document, field, names):
    listed = "".join(f"\n- `{name}`" for name in names)
    event_of(document)["properties"][field]["description"] = f"<p>The kind of event.</p>\n{listed}"


def test_a_name_that_is_new_or_gone_in_the_prose_is_told(described):
    names = {*STANDARD_EVENT_NAMES} - LATER_EVENT_NAMES
    list_names(described, "event_name", names)
    assert told(described) == []
    list_names(described, "event_name", names - {"lead"} | {"loyalty"})
    assert told(described) == [
        "data/*/event_name: the name lead is gone",
        "data/*/event_name: the name loyalty is new",
    ]


def test_names_of_ours_beyond_the_description_are_not_a_difference_once_it_lists_them(described):
    list_names(described, "event_name", STANDARD_EVENT_NAMES)
    list_names(described, "action_source", [*ACTION_SOURCES, "app_tv"])
    assert told(described) == ["data/*/action_source: the name app_tv is new"]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        [],
        None,
        openapi({"$ref": "#/nowhere"}),
        openapi({"properties": []}),
        openapi({"properties": {"data": 7}}),
        openapi({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}),
    ],
)
def test_a_document_without_the_events_request_is_refused_with_advice(odd):
    with pytest.raises(DescriptionUnusable, match="Give Pinterest's OpenAPI document"):
        differences(odd)
