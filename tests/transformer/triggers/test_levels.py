from mockpin_transformer.triggers.levels import read_levels
from mockpin_transformer.triggers.lexer import lex


def levels(text):
    return read_levels(lex(text).tokens)


def words(tokens):
    return [token.value for token in tokens]


def test_without_parentheses_there_is_one_level():
    (whole,) = levels('type = "track" and name = "x"')
    assert (whole.is_group, whole.parent) == (False, 0)
    assert words(whole.joiners) == ["and"]


def test_each_pair_of_parentheses_is_a_level():
    whole, outer, inner = levels("type = a and (name = b or (event = c))")
    assert (outer.parent, inner.parent) == (0, 1)
    assert (words(whole.joiners), words(outer.joiners), words(inner.joiners)) == (["and"], ["or"], [])
    assert outer.closing.start > inner.closing.start


def test_parentheses_of_functions_are_not_a_level():
    (whole,) = levels('contains(event, "x") and match(name, "y*")')
    assert words(whole.calls) == ["contains", "match"]


def test_a_group_ends_after_the_functions_in_it():
    whole, group = levels('(a and match(contains(event, "x"), "y*") and b) or c')
    assert (words(group.calls), words(group.joiners), words(whole.joiners)) == (
        ["match", "contains"],
        ["and", "and"],
        ["or"],
    )


def test_what_stands_before_a_group_to_negate_it_is_known():
    assert [level.negation and level.negation.value for level in levels("!(a) and not (b) and (c)")] == [
        None,
        "!",
        "not",
        None,
    ]


def test_parentheses_may_be_missing():
    whole, group = levels("(type = a")
    assert (whole.closing, group.closing) == (None, None)
    assert len(levels(") type = a )")) == 1
