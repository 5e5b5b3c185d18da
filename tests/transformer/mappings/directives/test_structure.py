import pytest
from hypothesis import given

from mockpin_transformer.errors import DirectiveFailed, MappingInvalid
from mockpin_transformer.js import UNDEFINED, stringify
from mockpin_transformer.mappings.mapping import parse_mapping
from tests.transformer.json_values import JSON_VALUES
from tests.transformer.mappings.directives.resolving import resolve, resolve_in_list


def merge(*objects, direction="right", **event):
    return resolve_in_list({"@merge": {"direction": direction, "objects": list(objects)}}, **event)


def test_the_last_object_wins_or_with_left_the_first():
    assert merge({"a": 1, "b": 1}, {"a": 2}) == {"a": 2, "b": 1}
    assert merge({"a": 1, "b": 1}, {"a": 2}, direction="left") == {"a": 1, "b": 1}


def test_left_in_another_case_is_right():
    assert merge({"a": 1}, {"a": 2}, direction="Left") == {"a": 2}


def test_a_missing_member_overrides_and_disappears():
    assert merge({"a": 1, "b": 1}, {"a": {"@path": "nothing"}}) == {"b": 1}
    assert merge({"a": 1}, {"@if": {"exists": 1, "then": {"a": {"@path": "nothing"}}}}) == {}
    assert merge({"a": 1}, {"@excludeWhenNull": {"a": None}}) == {}


def test_text_and_lists_spread_and_the_rest_is_ignored():
    assert merge("ab", ["x"], None, 5, True) == {"0": "x", "1": "b"}


def test_objects_within_objects_are_not_merged():
    assert merge({"a": {"b": 1}}, {"a": {"c": 1}}) == {"a": {"c": 1}}


@pytest.mark.parametrize(
    ("value", "flat"),
    [
        ({"a": {"b": 1}, "c": [1, {"d": 2}]}, {"a.b": 1, "c.0": 1, "c.1.d": 2}),
        ({"a": {}, "b": []}, {}),
        ({"": {"a": 1}}, {"a": 1}),
        ({"a": {"": 1}}, {"a.": 1}),
        (5, {"": 5}),
        (None, {"": None}),
        ({"b.c": 1, "b": {"c": 2}}, {"b.c": 2}),
    ],
)
def test_objects_become_flat(value, flat):
    assert resolve({"@flatten": {"value": {"@path": "a"}, "separator": "."}}, a=value) == flat


def test_a_missing_value_flattens_to_nothing():
    assert resolve({"@flatten": {"value": {"@path": "a"}, "separator": "."}}) == {}


def test_lists_may_be_left_alone():
    operand = {"value": {"@path": "a"}, "separator": "_", "omitArrays": True}
    assert resolve({"@flatten": operand}, a={"b": {"c": [1]}}) == {"b_c": [1]}
    assert resolve({"@flatten": operand}, a=[1]) == {"": [1]}


def test_json_is_encoded_without_spaces_and_with_indexes_first():
    operand = {"mode": "encode", "value": {"@path": "a"}}
    assert resolve({"@json": operand}, a={"b": [1.0, "é"], "1": None}) == '{"1":null,"b":[1,"é"]}'


def test_nothing_has_no_json():
    assert resolve({"@json": {"mode": "encode", "value": {"@path": "a"}}}) is UNDEFINED


@pytest.mark.parametrize("value", ["{oops", "", "NaN", 5, None, ["1"]])
def test_what_is_not_json_text_passes_unchanged(value):
    assert resolve({"@json": {"mode": "decode", "value": {"@path": "a"}}}, a=value) == value


def test_a_mode_in_another_case_gives_nothing():
    assert resolve({"@json": {"mode": "Encode", "value": "x"}}) is UNDEFINED


@given(JSON_VALUES)
def test_encoding_and_decoding_gives_the_value_back(value):
    encoded = {"@json": {"mode": "encode", "value": {"@path": "a"}}}
    decoded = resolve({"@json": {"mode": "decode", "value": encoded}}, a=value)
    assert stringify(decoded) == stringify(value)


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"@merge": 5}, '@merge requires an object with an "objects" key and a "direction" key'),
        ({"@merge": {"objects": []}}, '@merge requires a "direction" key'),
        ({"@merge": {"direction": "left"}}, '@merge requires a "objects" key'),
        ({"@merge": {"direction": "left", "objects": "x"}}, "@merge: expected opts.array, got string"),
        ({"@merge": {"direction": "left", "objects": {}}}, "@merge: expected opts.array, got object"),
        ({"@flatten": []}, '@flatten requires an object with a "separator" key'),
        ({"@flatten": {"value": {}}}, '@flatten requires a "separator" key'),
        ({"@flatten": {"value": {}, "separator": 5}}, "@flatten requires a string separator"),
        ({"@json": "x"}, '@json requires an object with a "value" key'),
        ({"@json": {"value": "x"}}, '@json requires a "mode" key'),
        ({"@json": {"mode": 5, "value": 0}}, '@json requires a "value" key'),
    ],
)
def test_in_a_list_a_wrong_operand_fails(mapping, message):
    with pytest.raises(DirectiveFailed) as caught:
        resolve_in_list(mapping)
    assert str(caught.value) == message


def test_a_merged_value_that_is_no_object_is_refused():
    with pytest.raises(MappingInvalid) as caught:
        parse_mapping({"a": {"@merge": {"direction": "left", "objects": [{}, {"@path": "a"}, 5, "x"]}}})
    assert caught.value.errors == ("/ should be a object or a mapping directive but it is a number.",)


def test_a_mode_that_is_not_text_gives_nothing():
    assert resolve_in_list({"@json": {"mode": 5, "value": "x"}}) is UNDEFINED
