import pytest

from mockpin_transformer.errors import DirectiveFailed, MappingInvalid
from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.mappings.directives.transform import apply_root_directive, require_object
from mockpin_transformer.mappings.mapping import parse_mapping
from tests.transformer.mappings.directives.resolving import resolve, resolve_in_list


def test_the_mapping_sees_only_what_apply_made():
    operand = {"apply": {"b": {"@path": "a"}}, "mapping": {"c": {"@path": "b"}, "d": {"@path": "a"}}}
    assert resolve({"@transform": operand}, a=1) == {"c": 1}


def test_apply_may_be_a_directive_of_any_value():
    assert resolve(
        {"@transform": {"apply": {"@path": "a"}, "mapping": {"n": {"@path": "length"}}}}, a="abc"
    ) == {"n": 3}


def test_its_payload_must_be_an_object():
    inner = {"@transform": {"apply": {"x": 1}, "mapping": {"y": {"@path": "x"}}}}
    with pytest.raises(DirectiveFailed, match=r"^data must be an object, got string$"):
        resolve({"@arrayPath": ["a", inner]}, a=["text"])


def test_without_a_value_its_payload_is_empty():
    inner = {"@transform": {"apply": {"@path": "nothing"}, "mapping": {"y": {"@path": "x"}, "z": 1}}}
    assert resolve(inner) == {"z": 1}


def test_in_a_list_an_invalid_apply_fails_when_it_is_reached():
    operand = {"apply": {"x": {"@nothing": 1}}, "mapping": {"y": 1}}
    with pytest.raises(DirectiveFailed) as caught:
        resolve_in_list({"@transform": operand})
    assert (caught.value.name, caught.value.errors) == (
        "AggregateError",
        ("/x has an invalid directive: @nothing.",),
    )


@pytest.mark.parametrize(
    ("operand", "message"),
    [
        (5, '@transform requires an object with an "apply" key and a "mapping" key'),
        ({"apply": {}}, '@transform requires a "mapping" key'),
        ({"mapping": {}}, '@transform requires a "apply" key'),
        ({"mapping": {}, "apply": [1]}, '@transform "apply" key should be an object'),
    ],
)
def test_in_a_list_a_wrong_operand_fails(operand, message):
    with pytest.raises(DirectiveFailed) as caught:
        resolve_in_list({"@transform": operand})
    assert str(caught.value) == message


def test_the_root_directive_takes_all_other_keys():
    root = {"@transform": {"apply": {"b": {"@path": "a"}}}}
    assert resolve({"__segment_internal_directive": root, "c": {"@path": "b"}, "d": 2}, a=1) == {
        "c": 1,
        "d": 2,
    }


def test_a_list_given_to_the_root_directive_stands_as_it_is():
    assert resolve({"__segment_internal_directive": {"@arrayPath": ["a"]}, "b": 1}, a=[1]) == [1]


def test_in_a_list_the_only_item_takes_the_other_keys():
    mapping = {"__segment_internal_directive": [{"x": 1}], "b": {"@path": "a"}}
    assert resolve(mapping, a=2) == [{"x": 1, "mapping": {"b": 2}}]


@pytest.mark.parametrize(
    ("root", "name", "message"),
    [
        (None, "TypeError", "Cannot convert undefined or null to object"),
        ({}, "Error", "The root directive must be an object"),
        ({"@path": "a"}, "Error", "The root directive must be an object"),
        ({"@a": {}, "@b": {}}, "Error", "The root mapping must only have a single directive object"),
    ],
)
def test_a_wrong_root_directive_is_refused(root, name, message):
    with pytest.raises(MappingInvalid) as caught:
        parse_mapping({"__segment_internal_directive": root})
    assert (caught.value.name, caught.value.message) == (name, message)


def test_a_payload_that_is_undefined_is_empty():
    assert require_object(UNDEFINED) == {}
    assert require_object({"a": 1}) == {"a": 1}


def test_null_is_not_a_mapping():
    with pytest.raises(MappingInvalid) as refused:
        apply_root_directive(None)
    assert (refused.value.name, refused.value.errors) == (
        "TypeError", ("Cannot convert undefined or null to object",),
    )  # fmt: skip
