import pytest

from mockpin_validator.contract.request import (
    HASHED_MATCH_KEYS,
    MATCH_KEYS,
    Demands,
    envelope_schema,
    event_schema,
    payload_schema,
    properties_of,
)

PARTS = ["event", "custom_data", "contents", "app_info", "device_info", "match_keys"]


def test_an_event_has_the_five_required_fields():
    required = payload_schema()["$defs"]["event"]["required"]
    assert required == ["event_name", "action_source", "event_time", "user_data", "event_id"]


@pytest.mark.parametrize("part", PARTS)
def test_every_field_is_described_in_a_sentence(part):
    for name, schema in properties_of(part).items():
        assert schema["description"].endswith("."), name


def test_every_hashed_match_key_is_a_list_of_strings():
    for key in HASHED_MATCH_KEYS:
        assert properties_of("match_keys")[key]["items"] == {"type": "string"}


def test_user_data_stays_open_and_everything_else_is_closed():
    parts = payload_schema()["$defs"]
    assert "additionalProperties" not in parts["user_data"] | parts["match_keys"]
    for part in ("event", "custom_data", "app_info", "device_info"):
        assert parts[part]["additionalProperties"] is False


def test_an_events_schema_is_the_payloads():
    assert event_schema()["$defs"] is payload_schema()["$defs"]
    assert event_schema()["$ref"] == "#/$defs/event"


def test_the_envelope_is_the_payload_without_the_schema_of_its_events():
    envelope, payload = envelope_schema(), payload_schema()
    assert envelope["properties"]["data"].keys() == payload["properties"]["data"].keys() - {"items"}
    assert "items" in payload["properties"]["data"]
    assert {name: envelope[name] for name in envelope if name != "properties"} == {
        name: payload[name] for name in payload if name != "properties"
    }


def test_a_demand_that_the_policy_drops_is_not_in_the_schema():
    defs = payload_schema(Demands(identity=False))["$defs"]
    assert defs["user_data"] == {"$ref": "#/$defs/match_keys"}
    assert "event_id" in defs["event"]["required"]
    defs = payload_schema(Demands(event_id=False))["$defs"]
    assert "anyOf" in defs["user_data"]
    assert defs["user_data"] == payload_schema()["$defs"]["user_data"]
    assert defs["event"]["required"] == ["event_name", "action_source", "event_time", "user_data"]


def test_the_customer_type_is_a_field_of_user_data_and_no_match_key():
    assert properties_of("match_keys").keys() - {*MATCH_KEYS} == {"customer_type"}
    assert properties_of("match_keys")["customer_type"]["enum"] == ["new", "returning"]
