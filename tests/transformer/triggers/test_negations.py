import pytest

from mockpin_transformer.triggers.lints import lint
from mockpin_transformer.triggers.trigger import parse_trigger


def lints(text, rule):
    return [(warning.position, warning.corrected) for warning in lint(text) if warning.rule == rule]


@pytest.mark.parametrize(
    ("text", "position", "corrected"),
    [
        ("not contains(event, b)", 0, "!contains(event, b)"),
        ("type = a and NOT  match(event, b)", 13, "type = a and !match(event, b)"),
        ("not type = a", 0, None),
        ("not type = a and contains(event, b)", 0, None),
        ("not type", 0, None),
    ],
)
def test_a_not_is_corrected_only_before_a_function(text, position, corrected):
    assert lints(text, "ignored-not") == [(position, corrected)]


@pytest.mark.parametrize(
    ("text", "position"),
    [('!(type = "a")', 0), ("not (type = a or name=b)", 0), ("type = a and !(contains(event, b))", 13)],
)
def test_a_negated_group_is_warned_of_once(text, position):
    assert lints(text, "negated-group") == [(position, None)]
    assert lints(text, "ignored-not") == []


@pytest.mark.parametrize("text", ["!contains(event, b)", 'type != "a"', "(type = a)"])
def test_a_negation_that_segment_reads_is_not_warned_of(text):
    assert lints(text, "negated-group") == lints(text, "ignored-not") == []


def test_the_corrected_trigger_is_for_the_other_events():
    ((_, corrected),) = lints("not contains(event, b)", "ignored-not")
    assert parse_trigger(corrected).matches({"event": "x"})
    assert not parse_trigger(corrected).matches({"event": "abc"})
