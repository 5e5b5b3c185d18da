import pytest

import mockpin_transformer.mappings.mapping  # noqa: F401 - fills the table
from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.mappings.registry import (
    DIRECTIVES,
    compile_value,
    directive_name,
    drop_undefined,
    failing,
)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"@path": "a"}, "@path"),
        ({"_metadata": {}, "@path": "a"}, "@path"),
        ({"@b": 1, "@a": 1}, "@b"),
        ({"@path": "a", "x": 1}, None),
        ({"_metadata": {}}, None),
        ({}, None),
        ([], None),
        ("@path", None),
    ],
)
def test_a_directive_is_an_object_of_at_keys(value, name):
    assert directive_name(value) == name


def test_within_objects_undefined_is_dropped_or_kept():
    missing = {"@path": "nothing"}
    value = {"a": missing, "b": {"c": missing}, "d": [missing]}
    kept = compile_value(value, keep=True)({})
    assert kept == {"a": UNDEFINED, "b": {"c": UNDEFINED}, "d": [UNDEFINED]}
    assert compile_value(value)({}) == drop_undefined(kept) == {"b": {}, "d": [UNDEFINED]}


@pytest.mark.parametrize("value", ["a", 5, None, [1, {"a": [2]}], {"a": {"b": 1}}])
def test_a_value_without_directives_is_itself(value):
    assert compile_value(value)({"a": 9}) == value


def test_an_unknown_directive_fails_when_it_is_reached():
    resolve = compile_value({"@nothing": 1})
    with pytest.raises(DirectiveFailed, match=r"^@nothing is not a valid directive, got undefined$"):
        resolve({})


def test_a_failing_resolver_raises_anew_each_time():
    resolve = failing("no")
    errors = []
    for _ in range(2):
        with pytest.raises(DirectiveFailed) as caught:
            resolve({})
        errors.append(caught.value)
    assert errors[0] is not errors[1]


def test_the_language_has_these_words():
    assert sorted(DIRECTIVES) == [
        *(
            "@arrayPath",
            "@case",
            "@excludeWhenNull",
            "@flatten",
            "@if",
            "@json",
            "@liquid",
            "@literal",
            "@merge",
        ),
        *("@path", "@replace", "@template", "@transform"),
    ]
