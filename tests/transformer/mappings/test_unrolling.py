import pytest
from hypothesis import given

from mockpin_transformer.js import stringify
from mockpin_transformer.mappings.mapping import MappingInvalid, parse_mapping
from mockpin_transformer.mappings.registry import compile_value, drop_undefined
from mockpin_transformer.mappings.unrolling import is_plain_object, unroll
from tests.transformer.json_values import JSON_VALUES

MAPPING = {
    "b": {"@path": "$.context.device.model"},
    "1": {"@path": "context.device.type"},
    "constant": "x",
    "list": [{"@path": "a"}],
    "inner": {"deep": {"@path": "context.ip"}, "itself": {"@path": "$."}},
    "text": {"@template": "{{a}}"},
    "computed": {"@path": {"@template": "a"}},
    "beside": {"@path": "a", "_metadata": {}},
}


def outcome(resolve, event):
    try:
        return stringify(resolve(event))
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be the same
        return type(error), str(error)


def plainly(value):
    """The same without unrolling: members one by one, and what is UNDEFINED dropped afterwards."""
    resolve = compile_value(value, keep=True)
    return lambda payload: drop_undefined(resolve(payload))


def test_an_object_is_built_in_javascript_order():
    event = {"a": "A", "context": {"device": {"model": "m", "type": "t"}}}
    found = unroll(MAPPING, compile_value)(event)
    assert list(found) == ["1", "b", "constant", "list", "inner", "text", "computed", "beside"]
    assert found["inner"] == {"itself": event}
    assert (found["b"], found["list"], found["text"], found["computed"]) == ("m", ["A"], "A", "A")


@pytest.mark.parametrize("device", [None, 0, "text", ["x"], True, {"model": None}, {}])
def test_events_that_are_not_objects_all_the_way_down_are_read_too(device):
    for event in ({"context": {"device": device}}, {"context": device}, device):
        assert outcome(unroll(MAPPING, compile_value), event) == outcome(plainly(MAPPING), event)


@given(JSON_VALUES, JSON_VALUES)
def test_unrolled_or_not_the_result_is_the_same(raw, event):
    mapping = {"k": raw, "path": {"@path": "a.b"}, "length": {"@path": "a.length"}}
    try:
        resolve = parse_mapping(mapping).resolve
    except MappingInvalid:
        return
    assert outcome(resolve, {"a": event}) == outcome(plainly(mapping), {"a": event})


def test_keys_of_any_spelling_are_data():
    keys = ["'", '"', "\\", "\n", "]; raise SystemExit", "\ud800", "{}", "😀"]
    found = unroll({key: {"@path": "a"} for key in keys}, compile_value)({"a": 1})
    assert found == dict.fromkeys(keys, 1)


def test_deeply_alternating_mappings_are_compiled_once():
    value = {"@path": "a"}
    for _ in range(60):
        value = {"k": {"@literal": value}}
    resolved = compile_value(value)({"a": 1})
    for _ in range(60):
        resolved = resolved["k"]
    assert resolved == 1


def test_an_event_that_needs_careful_lookups_runs_each_directive_once():
    """Each of 40 levels looks a path up through a number; twice a level would be 2^40 runs."""
    value = {"@path": "b"}
    for _ in range(40):
        value = {"k": {"@literal": value}, "z": {"@path": "a.b"}}
    resolved = compile_value(value)({"a": 5, "b": 1})
    for _ in range(40):
        resolved = resolved["k"]
    assert resolved == 1


@pytest.mark.parametrize(
    ("value", "plain"),
    [({}, True), ({"a": 1}, True), ({"@a": 1}, False), ({"a": 1, "@b": 1}, False), ([], False)],
)
def test_an_object_with_a_directive_key_is_not_plain(value, plain):
    assert is_plain_object(value) is plain


def test_what_is_missing_is_dropped():
    assert unroll({"a": {"@path": "x"}, "b": {"c": {"@path": "x.y"}}}, compile_value)({}) == {"b": {}}
