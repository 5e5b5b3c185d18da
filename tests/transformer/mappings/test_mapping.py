import json

import pytest
from hypothesis import given, settings

from mockpin_transformer.errors import DirectiveFailed, MappingInvalid
from mockpin_transformer.js import UNDEFINED, stringify
from mockpin_transformer.mappings.mapping import parse_mapping
from mockpin_transformer.mappings.registry import DIRECTIVES
from tests.conftest import FIXTURES
from tests.transformer.json_values import JSON_VALUES

CASES = {
    file.stem: json.loads(file.read_text("utf-8")) for file in sorted((FIXTURES / "mappings").glob("*.json"))
}


def outcome(mapping, event):
    """What comes of it, as fixtures write it down."""
    try:
        found = parse_mapping(mapping).resolve(event)
    except (MappingInvalid, DirectiveFailed) as error:
        told = {"name": error.name, "message": error.message}
        return {"error": told | ({"errors": list(error.errors)} if error.name == "AggregateError" else {})}
    return {"undefined": True} if found is UNDEFINED else {"result": json.loads(stringify(found))}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fixture_comes_out_as_it_says(case):
    assert outcome(case["mapping"], case["event"]) == case["expect"]


@pytest.mark.parametrize("name", DIRECTIVES)
def test_every_directive_has_a_fixture_that_works_and_one_that_does_not(name):
    expected = [case["expect"] for case in CASES.values() if f'"{name}"' in json.dumps(case["mapping"])]
    assert any("result" in item for item in expected)
    assert any("error" in item for item in expected)


@settings(max_examples=150)
@given(JSON_VALUES, JSON_VALUES)
def test_only_documented_errors_come_of_any_mapping_and_event(mapping, event):
    outcome(mapping, event)
    outcome({"field": mapping}, {"a": event})


@settings(max_examples=150)
@given(JSON_VALUES, JSON_VALUES)
def test_resolving_changes_neither_mapping_nor_event(mapping, event):
    before = stringify([mapping, event])
    first = outcome(mapping, event)
    assert stringify([mapping, event]) == before
    assert outcome(mapping, event) == first


@given(JSON_VALUES)
def test_a_mapping_prints_as_it_was_given(raw):
    try:
        mapping = parse_mapping(raw)
    except MappingInvalid:
        return
    assert mapping.raw is raw
    assert parse_mapping(mapping.raw) == mapping


@given(JSON_VALUES, JSON_VALUES)
def test_no_object_in_a_result_holds_undefined(mapping, event):
    def members(value):
        if isinstance(value, dict):
            yield from value.values()
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for child in children:
            yield from members(child)

    try:
        resolved = parse_mapping(mapping).resolve({"a": event})
    except (MappingInvalid, DirectiveFailed):
        return
    assert UNDEFINED not in members(resolved)


def nest(value, depth):
    for _ in range(depth):
        value = {"a": value}
    return value


def test_a_mapping_nested_too_deeply_is_invalid():
    with pytest.raises(MappingInvalid, match="nested too deeply"):
        parse_mapping(nest(1, 100_000))


def test_an_event_nested_too_deeply_fails():
    mapping = parse_mapping({"text": {"@json": {"mode": "encode", "value": {"@path": "$.a"}}}})
    with pytest.raises(DirectiveFailed, match="nested too deeply"):
        mapping.resolve(nest(1, 100_000))


def test_a_missing_event_is_an_empty_one():
    assert parse_mapping({"a": {"@path": "$.a"}, "b": 1}).resolve(UNDEFINED) == {"b": 1}


@pytest.mark.parametrize(
    ("raw", "result"), [(5, {}), ("ab", {"0": "a", "1": "b"}), ([{"@path": "x"}], {"0": "y"})]
)
def test_a_mapping_that_is_not_an_object_is_spread(raw, result):
    assert parse_mapping(raw).resolve({"x": "y"}) == result


def test_null_is_not_a_mapping():
    with pytest.raises(MappingInvalid) as caught:
        parse_mapping(None)
    assert caught.value.name == "TypeError"


def test_the_sources_of_a_mapping_are_those_of_the_branch_that_an_event_takes():
    branches = {"exists": {"@path": "a"}, "then": {"@path": "a"}, "else": {"@path": "b"}}
    mapping = parse_mapping({"x": {"@if": branches}, "y": 1})
    assert {*mapping.sources()["/x"]} >= {"a", "b"}
    assert mapping.sources({"b": 1})["/x"] == ("b",)
