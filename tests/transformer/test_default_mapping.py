import json

from mockpin_transformer.default_mapping import DEFAULT_MAPPING, SEED_MAPPING
from mockpin_transformer.payloads.fields import FIELDS


def test_the_default_mapping_reads_fifty_two_paths():
    assert json.dumps(DEFAULT_MAPPING).count('"@path"') == 52


def test_everybody_is_opted_out_by_default():
    assert DEFAULT_MAPPING["opt_out"] is SEED_MAPPING["opt_out"] is True


def test_the_generation_before_has_no_data_format():
    assert "data_format" not in SEED_MAPPING
    assert DEFAULT_MAPPING["data_format"] == "latest"


def test_every_default_is_that_of_a_field():
    def check(mapping, fields):
        members = {field.name: field.members for field in fields}
        for name, value in mapping.items():
            assert name in members
            directive = members[name] and value.get("@arrayPath")
            if members[name]:
                check(directive[1] if directive else value, members[name])

    check(DEFAULT_MAPPING, FIELDS)
