import json
import re

from mockpin_transformer.default_mapping import DEFAULT_MAPPING, SEED_MAPPING
from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.mappings.paths import compile_path, strip_root
from mockpin_transformer.payloads.fields import FIELDS
from tests.conftest import FIXTURES


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


def test_every_path_but_three_that_segments_specification_lacks_leads_to_a_value():
    files = (FIXTURES / "segment_events").glob("*.json")
    events = [json.loads(file.read_bytes())["event"] for file in files]
    products = [item for event in events for item in event.get("properties", {}).get("products", ())]
    paths = set(re.findall(r'"@path": "([^"]+)"', json.dumps(DEFAULT_MAPPING)))
    assert {
        path
        for path in paths
        if {compile_path(strip_root(path))(value) is UNDEFINED for value in (*events, *products)} == {True}
    } == {"$.context.device.brand", "context.device.carrier", "context.app.id"}
