from mockpin_transformer.default_mapping import DEFAULT_MAPPING
from mockpin_transformer.payloads.fields import EVENT_NAMES, FIELDS


def test_the_four_required_fields_are_those_every_conversion_event_has():
    required = [field.name for field in FIELDS if field.required]
    assert required == ["event_name", "action_source", "event_time", "event_id"]


def test_there_are_twenty_two_event_names():
    assert len(EVENT_NAMES) == len(set(EVENT_NAMES)) == 22


def test_every_default_belongs_to_a_field():
    assert DEFAULT_MAPPING.keys() < {field.name for field in FIELDS}


def test_labels_tell_legacy_fields_from_todays():
    labels = {field.name: field.title for field in FIELDS}
    assert labels["app_name"] == "[Legacy] App Name"
    assert labels["custom_data_2"] == "Custom Data"
