import json

import pytest
from jsonschema import Draft202012Validator

from generators.schemas.destination import build_destination_schema
from mockpin.segment.destination_file import FORM, DestinationInvalid, read_usable
from mockpin_transformer import PRESETS

SCHEMA = build_destination_schema()
OWN = {"trigger": "type = identify", "mapping": {"event_name": "lead"}}


def is_read(form, folder):
    file = folder / "destination.json"
    file.write_text(json.dumps(form))
    try:
        read_usable(file)
    except DestinationInvalid:
        return False
    return True


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_has_every_key_of_the_form_and_the_form_is_unchanged():
    assert list(SCHEMA["properties"]) == list(FORM["properties"])
    assert "enum" not in FORM["properties"]["subscriptions"]["items"]["properties"]["preset"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, True),
        ({"$schema": "./destination.schema.json"}, True),
        ({"subscriptions": [{"preset": name} for name in PRESETS]}, True),
        ({"subscriptions": [OWN] * 50}, True),
        ({"subscriptions": [OWN] * 51}, False),
        ({"subscriptions": [{"preset": "Chekout"}]}, False),
        ({"subscriptions": [{"trigger": "type = identify"}]}, False),
        ({"subscription": []}, False),
        ({"subscriptions": [{"preset": "Lead", "maping": {}}]}, False),
        ({"normalization": "pinterest"}, False),
        ({"settings": {"ad_account_id": "1"}}, False),
        ({"enabled": "no"}, False),
    ],
)
def test_the_schema_and_mockpin_refuse_the_same_destinations(form, expected, tmp_path):
    assert Draft202012Validator(SCHEMA).is_valid(form) is expected
    assert is_read(form, tmp_path) is expected
