import pytest

from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.triggers.conditions import Condition, Group
from mockpin_transformer.triggers.lexer import lex
from mockpin_transformer.triggers.scan import Unreadable, find_skipped, scan


def members(text):
    return scan(lex(text).tokens).members


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ('type = "track"', Condition("type", "type", "=", "track")),
        ("event != null", Condition("event", "event", "!=", "null")),
        ("event = 1.50", Condition("event", "event", "=", "1.5")),
        ("name = null", Condition("name", "name", "not_exists")),
        ("name = true", Condition("name", "name", "=", "true")),
        ("userId = false", Condition("userId", "userId", "is_false")),
        ("userId = 5", Condition("userId", "userId", "=", "5")),
        ("properties.a = 5", Condition("properties", "a", "number_equals", 5)),
        ("traits.a != 5", Condition("traits", "a", "number_not_equals", 5)),
        ("context.a = true", Condition("context", "a", "is_true")),
        ("properties.a != true", Condition("properties", "a", "!=", True)),
        ("properties.a != null", Condition("properties", "a", "exists")),
        ("properties.a <= 5", Condition("properties", "a", "<=", 5)),
        ("properties = 'x'", Condition("properties", "properties", "=", "'x'")),
        ("type.foo = x", Condition("type", "foo", "=", "x")),
        ("type =", Condition("type", "type", "=", "eos")),
        ('contains(event, "x")', Condition("event", "event", "contains", "x")),
        ('!contains(traits.a, "x")', Condition("traits", "a", "not_contains", "x")),
        ('match(name, "x*")', Condition("name", "name", "starts_with", "x")),
        ('!match(userId, "*x")', Condition("userId", "userId", "not_ends_with", "x")),
        ('match(propertiesX, "ax")', Condition("properties", "propertiesX", "ends_with", "x")),
        ("contains event properties.a 5", Condition("properties", "a", "contains", "eos")),
    ],
)
def test_a_condition_is_read(text, condition):
    assert members(text) == (condition,)


def test_the_last_word_joins_the_level():
    assert scan(lex("type = a and type = b or type = c").tokens).joiner == "or"
    assert scan(lex("type = a or type = b and type = c").tokens).joiner == "and"


def test_a_group_is_a_level_of_its_own():
    assert members('type = a and (name = "b" or name = "c")')[1] == Group(
        "or", (Condition("name", "name", "=", "b"), Condition("name", "name", "=", "c"))
    )


def test_a_group_of_one_is_its_condition():
    assert members("(type = a)") == (Condition("type", "type", "=", "a"),)


def test_a_function_in_a_group_ends_the_group():
    assert len(members('(contains(event, "x") and type = "a") and name = "b"')) == 3


def test_an_empty_group_is_nothing_beside_something():
    assert members("type = a and ()")[1] is None


@pytest.mark.parametrize(
    "text", ["", "and", "foo", "()", "(type = a", "((type = a))", 'contains(type, "x")', "!("]
)
def test_without_a_condition_it_cannot_be_read(text):
    with pytest.raises(Unreadable) as caught:
        scan(lex(text).tokens)
    assert caught.value.error == "TypeError: Cannot read properties of undefined (reading 'type')"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("type", "Error: Value token is missing"),
        ("contains(", "Error: contains() is missing a 2nd argument"),
        ("contains", "Error: contains() is missing a 1st argument"),
        ("match(event", "Error: match() is missing a 2nd argument"),
        ("!match", "Error: match() is missing a 1st argument"),
    ],
)
def test_missing_tokens_are_told(text, error):
    with pytest.raises(Unreadable) as caught:
        scan(lex(text).tokens)
    assert caught.value.error == error


def test_the_operator_can_be_missing_where_no_end_follows():
    with pytest.raises(Unreadable) as caught:
        scan(lex("type").tokens[:-1])
    assert caught.value.error == "Error: Operator token is missing"


def test_skipped_identifiers_are_found_in_groups_and_before_an_error():
    tokens = lex('foo type = a and (bar or name = "x") and baz(').tokens
    assert [token.value for token in find_skipped(tokens)] == ["foo", "bar", "baz"]


def test_slices_are_made_in_utf16_units():
    assert members('match(event, "😀a")') == (Condition("event", "event", "ends_with", "\ude00a"),)


def test_conditions_without_a_special_form_have_a_value():
    assert members("name = x")[0].value == "x"
    assert members("name = null")[0].value is UNDEFINED


def test_of_a_call_five_tokens_are_taken_whatever_they_are():
    assert members('contains(event, "x" type = "track"') == members('contains(event, "x")')
