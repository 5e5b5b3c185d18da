"""The short JSON Schemas allow what their names say."""

import pytest
from jsonschema import Draft202012Validator

from mockpin.emulator.json_schemas import (
    FINDING,
    MAX_NUMBER,
    WHOLE,
    full_object,
    list_of,
    nullable,
    one_of,
)
from mockpin_validator.judging.finding import Finding


def allows(schema, value):
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize(("value", "valid"), [(None, True), ("x", True), (3, False)])
def test_a_value_that_may_be_null_may_be_nothing_else(value, valid):
    assert allows(nullable({"type": "string"}), value) is valid


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        (list_of({"type": "string"}), ["a"], [1]),
        (full_object({"a": {}, "b": {}}), {"a": 1, "b": 2, "c": 3}, {"a": 1}),
        (one_of(("a", "b")), "b", "c"),
        (WHOLE, MAX_NUMBER, MAX_NUMBER + 1),
        (WHOLE, 0, -1),
    ],
)
def test_a_schema_allows_what_is_right_and_nothing_else(schema, right, wrong):
    assert allows(schema, right)
    assert not allows(schema, wrong)


def test_a_finding_has_these_fields():
    assert (
        FINDING["properties"].keys()
        == Finding("r", "error", "/", "m", "f", "s", "documented").to_dict().keys()
    )
