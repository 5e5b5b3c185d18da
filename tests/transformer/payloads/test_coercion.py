import pytest

from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.payloads.coercion import (
    clean_member,
    clean_root,
    compile_object,
    find_limits,
    keep_member,
)
from mockpin_transformer.payloads.schema import Field

ITEM = (Field("id"), Field("price", "number"))
FIELDS = (
    Field("name"),
    Field("tags", many=True),
    Field(
        "box", "object", members=(Field("size", "integer"), Field("items", "object", many=True, members=ITEM))
    ),
    Field("click", "string or null"),
)


def coerce(members):
    problems = []
    found = compile_object(Field("", "object", members=FIELDS), clean=clean_member)(members, problems)
    return found, [problem.sentence for problem in sorted(problems, key=lambda problem: problem.order)]


def test_members_that_no_field_knows_are_dropped():
    assert coerce({"name": "a", "other": 1, "box": {"size": 1, "more": 2}}) == (
        {"name": "a", "box": {"size": 1}},
        [],
    )


def test_one_value_becomes_an_array_of_one_and_back():
    assert coerce({"tags": 5, "name": ["a"]}) == ({"tags": ["5"], "name": "a"}, [])
    assert coerce({"tags": "a", "name": ["a"]}) == ({"tags": ["a"], "name": "a"}, [])


def test_members_keep_the_order_they_came_in_and_problems_the_order_of_the_fields():
    found, problems = coerce({"box": 1, "name": {}})
    assert list(found) == ["box", "name"]
    assert problems == [
        "Name must be a string but it was an object.",
        "Box must be an object but it was a number.",
    ]


def test_inside_items_null_is_coerced_and_not_taken_out():
    found, problems = coerce({"box": {"size": None, "items": [{"id": None, "price": None}, None]}})
    assert (found, problems) == ({"box": {"items": [{"id": "", "price": 0}]}}, [])


def test_below_the_root_an_object_is_not_an_array():
    _, problems = coerce({"box": {"items": {}}})
    assert problems == ["Items must be an array but it was an object."]


def test_items_are_called_by_their_pointer():
    _, problems = coerce({"tags": ["a", {}], "box": {"items": ["x"]}})
    assert problems == [
        "The value at /tags/1 must be a string but it was an object.",
        "The value at /box/items/0 must be an object but it was a string.",
    ]


def test_an_array_of_one_text_is_neither_text_nor_null():
    _, problems = coerce({"click": ["x"]})
    assert problems == ["Click must be a string or null but it was a string."]


TEXT, NUMBER, NULLABLE = Field("a"), Field("a", "number"), Field("a", "string or null")
TEXTS, OBJECTS = Field("a", many=True), Field("a", "object", many=True)


@pytest.mark.parametrize("field", [TEXT, NUMBER, TEXTS, OBJECTS])
def test_null_is_taken_out(field):
    assert clean_member(field, None) is UNDEFINED


def test_null_stays_where_it_is_allowed():
    assert clean_member(NULLABLE, None) is None


def test_empty_text_stays_below_the_root_where_text_is_expected():
    assert clean_member(TEXT, "") == ""
    assert clean_member(NUMBER, "") is UNDEFINED
    assert clean_member(TEXTS, "") is UNDEFINED


def test_at_the_root_no_empty_text_stays():
    assert clean_root(TEXT, "") is UNDEFINED
    assert clean_root(TEXT, "a") == "a"


def test_empty_items_are_taken_out_of_arrays():
    assert clean_member(TEXTS, ["a", None, UNDEFINED, ""]) == ["a", ""]
    assert clean_member(OBJECTS, [{}, None, "", 0]) == [{}, 0]


def test_an_array_where_one_value_is_expected_is_left_alone():
    assert clean_member(TEXT, [None]) == [None]


def test_inside_items_nothing_is_taken_out():
    assert keep_member(NUMBER, None) is None


def test_a_length_counts_code_points_and_concerns_text_only():
    ((holds, _),) = find_limits(Field("os_name", max_length=2))
    assert [holds(value) for value in ("😀😀", "abc", 12345)] == [True, False, True]


def test_a_time_must_read_as_one_if_it_is_text():
    ((holds, _),) = find_limits(Field("install_time", "string or number"))
    assert [holds(value) for value in ("2026-11-24", "soon", 1e300)] == [True, False, True]


def test_choices_are_case_sensitive():
    ((holds, _),) = find_limits(Field("os_family", choices=("ios", "android")))
    assert [holds(value) for value in ("ios", "iOS", ["ios"])] == [True, False, False]


def test_a_limit_is_asked_of_the_coerced_value_or_else_of_the_value_that_came():
    problems = []
    fields = (Field("os_name", max_length=2), Field("os_family", choices=("ios", "android")))
    members = {"os_name": 123, "os_family": {}}
    compile_object(Field("", "object", members=fields), clean=clean_member)(members, problems)
    assert [problem.sentence.split(" but ")[0] for problem in problems] == [
        "Os Name must be 2 characters or fewer",
        "Os Family must be a string",
        'Os Family must be one of: "ios" or "android".',
    ]
