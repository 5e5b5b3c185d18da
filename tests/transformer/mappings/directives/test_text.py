import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import UNDEFINED
from tests.transformer.mappings.directives.resolving import resolve, resolve_in_list


def replace(value, pattern, replacement="", **options):
    return resolve_in_list(
        {"@replace": {"pattern": pattern, "replacement": replacement, "value": value, **options}}
    )


@pytest.mark.parametrize(
    ("operator", "text"),
    [("lower", "i̇straße ός"), ("upper", "İSTRASSE ΌΣ")],
)
def test_case_is_changed_by_unicode_without_a_locale(operator, text):
    assert resolve({"@case": {"operator": operator, "value": "İstraße Ός"}}) == text


def test_what_is_not_text_keeps_its_value_whatever_the_operator():
    assert resolve({"@case": {"operator": "shout", "value": {"@path": "a"}}}, a=5) == 5


def test_an_unknown_operator_fails_for_text():
    with pytest.raises(DirectiveFailed, match=r'^operator key should have a value of "lower" or "upper"$'):
        resolve({"@case": {"operator": "Lower", "value": "x"}})


@pytest.mark.parametrize("operand", [{"value": "x"}, {"operator": "", "value": "x"}])
def test_case_needs_an_operator(operand):
    with pytest.raises(DirectiveFailed, match=r'^@case requires a "operator" key$'):
        resolve({"@case": operand})


def test_case_of_nothing_is_nothing():
    assert resolve({"@case": {"operator": "lower"}}) is UNDEFINED
    assert resolve({"@case": {"operator": "lower", "value": ""}}) is UNDEFINED


@pytest.mark.parametrize(
    ("replacement", "text"),
    [
        ("$$", "a$c"),
        ("$&$&", "abbc"),
        ("$`", "aac"),
        ("$'", "acc"),
        ("$1$0", "a$1$0c"),
        ("$<x>", "a$<x>c"),
        ("$", "a$c"),
        ("$$&", "a$&c"),
    ],
)
def test_dollars_mean_what_they_mean_in_javascript(replacement, text):
    assert replace("abc", "b", replacement) == text


def test_a_pattern_is_literal():
    assert replace("a.b.c", ".", "-") == "a-b-c"
    assert replace("a+b", "a+", "x") == "xb"


def test_once_or_everywhere():
    assert replace("aaa", "a", "b") == "bbb"
    assert replace("aaa", "a", "b", **{"global": False}) == "baa"


@pytest.mark.parametrize(
    ("text", "pattern", "replaced"),
    [
        ("Straße", "SS", "Straße"),
        ("K\u212a", "k", "x\u212a"),
        ("s\u017f", "S", "x\u017f"),
        ("Éé", "é", "xx"),
        ("ΣσςΣ", "σ", "xxxx"),  # noqa: RUF001 - Greek on purpose
        ("aAbB", "B", "aAxx"),
    ],
)
def test_ignoring_case_is_javascripts(text, pattern, replaced):
    assert replace(text, pattern, "x", ignorecase=True) == replaced


def test_half_an_emoji_can_be_replaced():
    assert replace("a😀", "\ud83d", "x") == "ax\ude00"
    assert replace("a😀", "😀", "x") == "ax"


def test_the_second_pattern_works_on_what_the_first_made():
    assert replace("ab", "a", "b", pattern2="b", replacement2="c") == "cc"


@pytest.mark.parametrize(
    "second", [{"pattern2": ""}, {"pattern2": None}, {"pattern2": "b", "replacement2": 5}]
)
def test_an_unusable_second_pattern_is_ignored(second):
    assert replace("ab", "a", "x", **second) == "xb"


@pytest.mark.parametrize("options", [{"ignorecase": "x"}, {"global": 1}, {"replacement": 5}, {"pattern": 5}])
def test_an_operand_of_a_wrong_type_makes_the_text_empty(options):
    operand = {"pattern": "a", "replacement": "x", "value": "abc"} | options
    assert resolve_in_list({"@replace": operand}) == ""


@pytest.mark.parametrize(
    ("value", "text"), [(1e21, "xe+2x"), (11, "xx"), (True, "true"), (None, ""), ({}, "")]
)
def test_numbers_and_booleans_are_text_and_all_else_empty(value, text):
    operand = {"pattern": "1", "replacement": "x", "value": {"@path": "a"}}
    assert resolve({"@replace": operand}, a=value) == text


def test_without_a_value_nothing_is_replaced():
    assert resolve_in_list({"@replace": {"pattern": "a", "value": ""}}) is UNDEFINED


@pytest.mark.parametrize("name", ["pattern", "replacement"])
def test_what_is_too_long_fails_at_run_time(name):
    operand = {"pattern": "a", "value": "abc", "pattern2": "b", f"{name}2": "x" * 11}
    with pytest.raises(DirectiveFailed, match=f'^@replace requires a "{name}" less than 10 characters$'):
        resolve({"@replace": operand})


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"@case": []}, '@case requires an object with a "operator" key'),
        ({"@replace": []}, '@replace requires an object with a "pattern" key'),
        ({"@replace": {}}, '@replace requires a "pattern" key'),
    ],
)
def test_in_a_list_a_wrong_operand_fails(mapping, message):
    with pytest.raises(DirectiveFailed) as caught:
        resolve_in_list(mapping)
    assert (caught.value.name, str(caught.value)) == ("Error", message)


@given(st.text(max_size=20), st.text(min_size=1, max_size=3))
def test_replacing_a_pattern_by_itself_changes_nothing(text, pattern):
    assert replace(text or "x", pattern, "$&") == (text or "x")
