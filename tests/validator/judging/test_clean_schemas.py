import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.contract.gate import gate
from mockpin_validator.judging.clean_schemas import either, fields, has, other_than, without

LEAST = {"minimum": 1}
numbers = st.integers(0, 2)


def accepts(schema, event):
    return jsonschema_rs.Draft202012Validator(schema).is_valid(event)


@given(numbers)
def test_a_field_is_asked_something_wherever_its_path_leads(number):
    asked = fields({"a": LEAST, "b.c": LEAST, "b.d[]": LEAST, "e[].f": LEAST})
    for event in ({"a": number}, {"b": {"c": number}}, {"b": {"d": [1, number]}}, {"e": [{}, {"f": number}]}):
        assert accepts(asked, event) == (number >= 1)


@pytest.mark.parametrize("event", [{}, {"b": {}}, {"b": {"d": []}}, {"e": [{}]}, {"x": 0}])
def test_a_field_that_is_not_there_is_asked_nothing(event):
    assert accepts(fields({"a": LEAST, "b.c": LEAST, "b.d[]": LEAST, "e[].f": LEAST}), event)


def test_a_field_that_may_not_be_there_is_asked_the_impossible():
    asked = fields(dict.fromkeys(("a", "b"), False))
    told = [accepts(asked, value) for value in ({}, {"c": 1}, {"a": 1}, {"b": 1})]
    assert told == [True, True, False, False]


@pytest.mark.parametrize(
    ("event", "accepted"), [({}, False), ({"a": {}}, False), ({"a": {"b": 0}}, True), ({"b": 0}, False)]
)
def test_a_field_that_must_be_there_is_looked_for_along_its_path(event, accepted):
    assert accepts(has("a.b"), event) is accepted


@given(numbers, numbers)
def test_every_field_that_must_be_there_is_asked_the_same(one, other):
    asked = has("a.b", "a.c", asked=LEAST)
    assert accepts(asked, {"a": {"b": one, "c": other}}) == (min(one, other) >= 1)
    assert not accepts(asked, {"a": {"b": one}})


@given(numbers)
def test_either_is_enough(number):
    asked = either(has("b"), fields({"a": LEAST}))
    assert accepts(asked, {"a": number}) == (number >= 1)
    assert accepts(asked, {"a": number, "b": 0})


def test_fields_of_one_object_stand_in_one_schema():
    assert fields({"a.b": LEAST, "a.c": False}) == {
        "properties": {"a": {"properties": {"b": LEAST, "c": False}}}
    }
    assert fields({}) == {}


@pytest.mark.parametrize(("value", "accepted"), [("lamp", True), ("a@b", False), (None, True), (5, True)])
def test_only_a_text_can_hold_a_pattern(value, accepted):
    assert gate(without("@"))(value) is accepted


@pytest.mark.parametrize(("event", "passes"), [({"a": "x"}, False), ({"a": "z"}, True), ({}, True)])
def test_events_with_another_value_pass(event, passes):
    assert accepts(other_than("a", "x", "y"), event) is passes
