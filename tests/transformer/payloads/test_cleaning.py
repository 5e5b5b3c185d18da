import pytest

from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.payloads.cleaning import clean_member, clean_root, keep_member
from mockpin_transformer.payloads.schema import Field

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
