import pytest

from mockpin_transformer.mappings import checks
from mockpin_transformer.mappings.mapping import MappingInvalid, parse_mapping


def sentences(mapping):
    with pytest.raises(MappingInvalid) as caught:
        parse_mapping(mapping)
    return caught.value.name, caught.value.errors


@pytest.mark.parametrize(
    ("check", "value", "sentence"),
    [
        (checks.check_text, 5, "should be a string but it is a number"),
        (checks.check_text, {"@path": "a"}, "should be a string but it is a directive"),
        (checks.check_boolean, None, "should be a boolean but it is a null"),
        (checks.check_list, {"@path": "a"}, "should be an array but it is an object"),
        (checks.check_object, [], "should be an object but it is an array"),
        (
            checks.check_text_or_directive,
            True,
            "should be a string or a mapping directive but it is a boolean",
        ),
        (
            checks.check_object_or_directive,
            "x",
            "should be a object or a mapping directive but it is a string",
        ),
        (checks.check_nested, {"@nothing": 1}, "has an invalid directive: @nothing"),
        (checks.text_between(1, 2), "", "should be a string of length 1 or greater"),
        (checks.text_between(1, 2), "a😀", "should be a string of length 2 or less"),
        (checks.text_between(1, 2), 5, "should be a string but it is a number"),
        (checks.one_of("left", "right"), 'u"p', 'should be one of left, right but it is "u\\"p"'),
        (checks.one_of("left", "right"), 5, "should be a string but it is a number"),
    ],
)
def test_a_wrong_operand_is_told_with_its_place(check, value, sentence):
    assert [item.sentence for item in check(value, ("k", "@x"))] == [f"/k/@x {sentence}."]


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (checks.check_text, ""),
        (checks.check_boolean, False),
        (checks.check_list, [{"@nothing": 1}]),
        (checks.check_object, {"a": 1}),
        (checks.check_nested, {"a": {"@nothing": 1}}),
        (checks.check_text_or_directive, {"@path": "a"}),
        (checks.check_object_or_directive, {"@path": "a"}),
        (checks.text_between(1, 2), "😀"),
        (checks.one_of("left", "right"), "LEFT"),
    ],
)
def test_a_right_operand_has_no_problem(check, value):
    assert not check(value, ())


def test_an_object_with_fields_has_what_it_requires_and_right_members():
    check = checks.fields({"a": checks.check_text, "b": checks.check_nothing}, required=["a"])
    assert [item.sentence for item in check({"b": 5}, ("k",))] == [
        '/k should have field "a" but it doesn\'t.'
    ]
    assert [item.sentence for item in check({"a": 5}, ("k",))] == [
        "/k/a should be a string but it is a number."
    ]
    assert check({"a": "", "c": 1}, ("k",)) == []
    assert [item.enclosed for item in check({}, ())] == [True]
    assert [item.enclosed for item in check([], ())] == [False]


def test_a_lone_directive_gives_a_validation_error():
    assert sentences({"@path": 5}) == (
        "ValidationError",
        ("/@path should be a string or a mapping directive but it is a number.",),
    )


def test_anything_found_within_an_object_gives_an_aggregate_error():
    name, errors = sentences({"k": {"@path": 5}})
    assert (name, len(errors)) == ("AggregateError", 1)


def test_keys_are_gone_through_in_javascript_order():
    assert [
        item.split()[0] for item in sentences({"b": {"@path": 1}, "2": {"@path": 1}, "1": {"@path": 1}})[1]
    ] == [
        "/1/@path",
        "/2/@path",
        "/b/@path",
    ]


def test_what_is_wrong_within_members_hides_what_is_wrong_with_them():
    inner = {"@replace": {"pattern": "longer than ten", "value": {"@path": 5}}}
    assert sentences(inner)[1] == (
        "/@replace/value/@path should be a string or a mapping directive but it is a number.",
    )


def test_two_directives_in_one_object_are_refused():
    assert sentences({"@path": "a", "@template": "b"})[1] == (
        "/ should only have one @-prefixed key but it has 2 keys.",
    )


def test_a_directive_beside_a_plain_key_is_refused():
    assert sentences({"@path": "a", "x": 1, "y": 2})[1] == (
        "/ should only have one @-prefixed key but it has 3 keys.",
    )


def test_metadata_may_stand_beside_a_directive():
    assert parse_mapping({"@path": "a", "_metadata": {"@nothing": 1}}).resolve({"a": 1}) == 1


def test_the_error_prints_one_problem_a_line():
    with pytest.raises(MappingInvalid) as caught:
        parse_mapping({"a": {"@x": 1}, "b": {"@y": 1}})
    assert str(caught.value) == "/a has an invalid directive: @x.\n/b has an invalid directive: @y."
