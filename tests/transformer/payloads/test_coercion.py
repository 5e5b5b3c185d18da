from mockpin_transformer.payloads.cleaning import clean_member
from mockpin_transformer.payloads.coercion import coerce_members, compile_fields
from mockpin_transformer.payloads.place import root
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
    place = root()
    found = coerce_members(members, compile_fields(FIELDS), place, clean=clean_member)
    return found, [problem.sentence for problem in sorted(place.problems, key=lambda problem: problem.order)]


def test_members_that_no_field_knows_are_dropped():
    assert coerce({"name": "a", "other": 1, "box": {"size": 1, "more": 2}}) == (
        {"name": "a", "box": {"size": 1}},
        [],
    )


def test_one_value_becomes_an_array_of_one_and_back():
    assert coerce({"tags": 5, "name": ["a"]}) == ({"tags": ["5"], "name": "a"}, [])


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


def test_below_the_root_an_object_is_no_array():
    _, problems = coerce({"box": {"items": {}}})
    assert problems == ["Items must be an array but it was an object."]


def test_items_are_called_by_their_pointer():
    _, problems = coerce({"tags": ["a", {}], "box": {"items": ["x"]}})
    assert problems == [
        "The value at /tags/1 must be a string but it was an object.",
        "The value at /box/items/0 must be an object but it was a string.",
    ]


def test_an_array_of_one_text_is_no_text_or_null():
    _, problems = coerce({"click": ["x"]})
    assert problems == ["Click must be a string or null but it was a string."]
