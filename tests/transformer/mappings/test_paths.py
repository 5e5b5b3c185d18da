import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.mappings.paths import compile_path, split_path, strip_root, walk
from tests.transformer.json_values import JSON_VALUES

EVENT = {
    "a": {"b": {"c": {"d": 1}}},
    "zero": 0,
    "list": [{"id": "x"}, "y"],
    "text": "a😀",
    "a[b]": "bracketed",
    "": "empty key",
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", EVENT),
        (".", EVENT),
        ("a.b.c.d", 1),
        ("a['b'][\"c\"].d", 1),
        ("a..b.", {"c": {"d": 1}}),
        ("list[0].id", "x"),
        ("list.1", "y"),
        ("list.length", 2),
        ("text.length", 3),
        ("text.0", "a"),
        ("text[1]", "\ud83d"),
        ("a[b]", "bracketed"),
        ("''", "empty key"),
        ("zero.anything", 0),
    ],
)
def test_a_path_is_read(path, value):
    assert compile_path(path)(EVENT) == value


@pytest.mark.parametrize(
    "path",
    [
        *("nothing", "a.nothing.deeper", "list[2]", "list[-1]", "list[01]", "list[*].id", "text.3", "zeroes"),
        *(" a", "a.constructor", "list.map", "text.toString", "list.9999999999999999999999"),
    ],
)
def test_what_is_not_there_is_undefined(path):
    assert compile_path(path)(EVENT) is UNDEFINED


@pytest.mark.parametrize("falsy", [None, False, 0, "", UNDEFINED])
@pytest.mark.parametrize("path", ["a", "a.b", "a.b.c", "a.b.c.d"])
def test_a_lookup_stops_at_the_first_falsy_value(falsy, path):
    assert compile_path(path)(falsy) is falsy
    assert compile_path(f"x.{path}")({"x": falsy}) is falsy


def test_the_first_root_sign_is_stripped_wherever_it_stands():
    assert strip_root("$.a") == "a"
    assert strip_root("a$.b") == "ab"
    assert strip_root("$.$.a") == "$.a"
    assert strip_root("$") == "$"


@given(JSON_VALUES, st.sampled_from(["", "a", "a.b", "a.b.0", "a.0.length", "0", "length", "a.a.a.a"]))
def test_the_quick_reading_is_the_slow_one(payload, path):
    assert compile_path(path)(payload) == walk(payload, split_path(path))
