import pytest

from mockpin_transformer.errors import TriggerFailed
from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.triggers.conditions import Condition, Group

EVENT = {
    "event": "Order",
    "properties": {"n": 5, "t": "5", "zero": 0, "null": None, "yes": True, "no": False, "list": ["a"]},
}
ALWAYS, NEVER = Condition("event", "event", "=", "Order"), Condition("event", "event", "=", "Cart")


def holds(name, operator, value=UNDEFINED):
    return Condition("properties", name, operator, value).holds(EVENT)


@pytest.mark.parametrize(
    ("name", "operator", "value", "expected"),
    [
        ("t", "=", "5", True),
        ("t", "=", 5, True),
        ("n", "=", "5", False),
        ("n", "!=", "5", True),
        ("missing", "!=", "5", True),
        ("yes", "!=", True, True),
        ("n", "number_equals", 5, True),
        ("t", "number_equals", 5, False),
        ("yes", "number_equals", 1, False),
        ("n", "number_not_equals", 6, True),
        ("missing", "number_not_equals", 6, False),
        ("n", "<", "6", True),
        ("n", "<", "six", False),
        ("n", ">", True, True),
        ("n", ">=", 5, True),
        ("n", "<=", 4.9, False),
        ("t", ">", 1, False),
        ("zero", "exists", UNDEFINED, True),
        ("null", "exists", UNDEFINED, False),
        ("null", "not_exists", UNDEFINED, True),
        ("yes", "is_true", UNDEFINED, True),
        ("n", "is_true", UNDEFINED, False),
        ("zero", "is_false", UNDEFINED, False),
        ("no", "is_false", UNDEFINED, True),
        ("yes", "is_false", UNDEFINED, False),
        ("t", "contains", "", True),
        ("n", "contains", "5", False),
        ("n", "not_contains", "5", False),
        ("t", "not_contains", "6", True),
        ("t", "starts_with", "5", True),
        ("t", "not_starts_with", "5", False),
        ("t", "ends_with", 5, True),
        ("t", "not_ends_with", "6", True),
        ("t", "like", "5", False),
        ("list.0", "=", "a", True),
        ("list[0]", "=", "a", True),
        ("list.length", "number_equals", 1, True),
        ("zero.deeper", "exists", UNDEFINED, True),
        ("", "not_exists", UNDEFINED, True),
    ],
)
def test_an_operator_compares_as_segments(name, operator, value, expected):
    assert holds(name, operator, value) is expected


def test_half_an_emoji_is_found():
    condition = Condition("event", "event", "ends_with", "\ude00!")
    assert condition.holds({"event": "😀!"})


@pytest.mark.parametrize("event", ["text", 5, [], True, {}, {"properties": "text"}])
def test_an_event_of_any_shape_can_be_asked(event):
    assert Condition("properties", "a.b", "not_exists").holds(event)


def test_a_name_of_separators_only_fails():
    with pytest.raises(TriggerFailed, match=r"^Cannot read properties of null \(reading 'reduce'\)$"):
        holds(".", "exists")


def test_groups_join_by_and_or_or():
    assert Group("and", (ALWAYS, ALWAYS)).holds(EVENT)
    assert not Group("and", (ALWAYS, NEVER)).holds(EVENT)
    assert Group("or", (NEVER, ALWAYS)).holds(EVENT)
    assert not Group("or", (NEVER, Group("and", (NEVER,)))).holds(EVENT)


def test_an_empty_group_fails_only_when_it_is_reached():
    assert Group("or", (ALWAYS, None)).holds(EVENT)
    assert not Group("and", (NEVER, None)).holds(EVENT)
    with pytest.raises(TriggerFailed, match="undefined"):
        Group("and", (ALWAYS, None)).holds(EVENT)


def test_nothing_can_be_read_of_null():
    with pytest.raises(TriggerFailed, match=r"^Cannot read properties of null \(reading 'event'\)$"):
        ALWAYS.holds(None)
    assert not Condition("event", "event", "resembles", "Order").holds(EVENT)
