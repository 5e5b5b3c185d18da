import re

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.judging.schema_merging import inline_references, merge_schemas

FRAGMENTS = [
    True,
    False,
    {},
    {"properties": {"a": {"minimum": 1}}},
    {"properties": {"a": {"minimum": 2}, "b": False}},
    {"properties": {"a": {"maximum": 3}, "c": {"items": {"minimum": 1}}}},
    {"properties": {"c": {"items": {"maximum": 2}}}},
    {"required": ["a"]},
    {"required": ["b"]},
    {"anyOf": [{"required": ["b"]}, {"required": ["c"]}]},
    {"anyOf": [{"required": ["a"]}, False]},
    {"allOf": [{"required": ["c"]}]},
    {"additionalProperties": False, "properties": {"a": {}}},
    {"additionalProperties": {"type": ["array", "null"]}, "properties": {"b": {"type": "number"}}},
    {"additionalProperties": {"type": "integer"}, "properties": {"b": {"type": "array"}}},
    {"type": "object", "required": ["d"]},
    {"properties": {"a": {"not": {"type": "array", "minItems": 1}}, "b": {"not": {"type": "array"}}}},
    {"properties": {"a": {"not": {"minimum": 3}}, "b": False}},
]
instances = st.dictionaries(
    st.sampled_from("abcd"), st.one_of(st.integers(0, 4), st.lists(st.integers(0, 3)))
)


def accepts(schema, instance):
    return jsonschema_rs.Draft202012Validator(schema).is_valid(instance)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=4), instances)
def test_a_merged_schema_accepts_what_all_its_parts_accept(fragments, instance):
    whole = True
    for item in fragments:
        whole = merge_schemas(whole, item)
    assert accepts(whole, instance) == all(accepts(fragment, instance) for fragment in fragments)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_merging_a_schema_with_itself_or_with_true_changes_nothing(fragment):
    assert merge_schemas(fragment, True) == fragment
    assert merge_schemas(True, fragment) == fragment


def test_contradictory_types_accept_no_value():
    assert merge_schemas({"type": "string"}, {"type": ["array", "null"]}) is False


def test_references_are_replaced_by_what_they_lead_to_and_explanations_left_out():
    definitions = {"price": {"type": "string", "description": "As text."}}
    schema = {"properties": {"description": {"$ref": "#/$defs/price", "maxLength": 3}}, "$defs": definitions}
    assert inline_references(schema, definitions) == {
        "properties": {"description": {"type": "string", "maxLength": 3}}
    }


def test_fields_of_two_schemas_are_looked_up_once():
    one, other = {"properties": {"a": {"minimum": 1}}}, {"properties": {"a": {"maximum": 2}}}
    assert merge_schemas(one, other) == {"properties": {"a": {"minimum": 1, "maximum": 2}}}


def test_schemas_that_depend_on_each_other_stand_side_by_side():
    one, other = {"if": {}, "then": False}, {"type": "object"}
    assert merge_schemas(one, other) == {"allOf": [one, other]}
    assert merge_schemas(other, one) == {"allOf": [other, one]}


def test_a_keyword_with_two_values_is_asked_for_twice():
    merged = merge_schemas({"pattern": "a"}, {"pattern": "b"})
    assert merge_schemas(merged, {"pattern": "c"}) == {
        "pattern": "a", "allOf": [{"pattern": "b"}, {"pattern": "c"}],
    }  # fmt: skip


@given(st.lists(st.sampled_from(["a", "b$", "^a", "(?i)c"]), min_size=2, max_size=3), st.text("abCc"))
def test_patterns_that_are_refused_become_one(patterns, text):
    whole = True
    for pattern in patterns:
        whole = merge_schemas(whole, {"not": {"type": "string", "pattern": pattern}})
    assert whole.keys() == {"not"}
    assert whole["not"].keys() == {"type", "pattern"}
    assert accepts(whole, text) == (not any(re.search(pattern, text) for pattern in patterns))
    assert accepts(whole, 1)


def test_patterns_for_other_values_are_refused_apart():
    texts, any_values = {"type": "string", "pattern": "a"}, {"pattern": "b"}
    assert merge_schemas({"not": texts}, {"not": any_values}) == {"not": {"anyOf": [texts, any_values]}}


def test_references_within_lists_are_replaced_and_notes_dropped():
    schema = {
        "anyOf": [{"$ref": "#/$defs/a"}, True],
        "$comment": "x",
        "properties": {"title": {"$ref": "#/$defs/a"}},
    }
    assert inline_references(schema, {"a": {"type": "string", "description": "x"}}) == {
        "anyOf": [{"type": "string"}, True], "properties": {"title": {"type": "string"}},
    }  # fmt: skip
