import pytest
from hypothesis import given

from mockpin_transformer.js import to_units
from mockpin_transformer.triggers.lexer import lex
from mockpin_transformer.triggers.operators import OPERATORS, Written, find_written
from tests.transformer.trigger_texts import TRIGGER_TEXTS


def written(text):
    return list(find_written(to_units(text), lex(text)))


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_means_itself(operator):
    (found,) = written(f"a {operator} b")
    assert found == Written(2, 2 + len(operator), operator, unspaced=False)
    assert (found.is_operator, found.meant) == (True, operator)


@pytest.mark.parametrize(
    ("text", "meant"), [("==", "="), ("= =", "="), ("!==", "!="), ("=!", "!="), ("> =", ">="), ("<>", None)]
)
def test_marks_that_are_not_an_operator_may_be_meant_as_one(text, meant):
    (found,) = written(f"a {text}5")
    assert (found.text, found.unspaced, found.is_operator, found.meant) == (text, True, False, meant)


def test_a_negation_and_marks_in_text_are_none():
    assert written('!contains(a, "==")') == []


@given(TRIGGER_TEXTS)
def test_they_stand_one_behind_the_other_in_the_text(text):
    places = [place for operator in written(text) for place in (operator.start, operator.end)]
    assert places == sorted(set(places))
    assert all(
        "".join(operator.text.split()) == "".join(to_units(text)[operator.start : operator.end].split())
        for operator in written(text)
    )
