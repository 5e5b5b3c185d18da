import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer import PRESETS
from mockpin_transformer.triggers.lints import LINTS, lint
from mockpin_transformer.triggers.operators import OPERATORS
from mockpin_transformer.triggers.trigger import parse_trigger
from tests.transformer.trigger_texts import TRIGGER_TEXTS


def corrections(text):
    return {suggestion.rule: suggestion.corrected for suggestion in lint(text)}


@pytest.mark.parametrize(
    "text",
    [
        'type = "track"',
        'type = "track" and event = "Order Completed"',
        'type = "page" or (type = "track" and event = "a")',
        'contains(event, "a") and !match(name, "b*")',
        'event = "with \' and \\r and OR in it"',
        "properties.a >= 5 and properties.b != 3",
    ],
)
def test_a_trigger_that_means_what_it_says_has_no_lints(text):
    assert lint(text) == ()


@pytest.mark.parametrize(
    ("text", "rule", "corrected"),
    [
        ("type = a OR type = b", "upper-case-word", "type = a or type = b"),
        ("type = a and type = b or type = c", "mixed-joiners", None),
        ("(type = a and (name = b or name = c))", "nested-groups", None),
        ("((type = a))", "nested-groups", "(type = a)"),
        ("((type = a)", "nested-groups", "(type = a"),
        ('type = a or (contains(event, "b") and name = c)', "function-in-group", None),
        ("!(contains(event, b))", "function-in-group", None),
        ("type = 'a\"b'", "single-quotes", None),
        ("type = 'a'and name = b", "single-quotes", 'type = "a"and name = b'),
        ("properties.a <=5", "unspaced-operator", "properties.a <= 5"),
        ("properties.a !=5", "unspaced-operator", "properties.a != 5"),
        ('""type = a', "unspaced-text", '"" type = a'),
        ("type = a and(name = b)", "unspaced-word", "type = a and (name = b)"),
        (
            'type = "a" AND name = "b" or event = "c"',
            "upper-case-word",
            'type = "a" and name = "b" or event = "c"',
        ),
        ("", "empty-trigger", 'type != ""'),
        (" \n", "empty-trigger", 'type != ""'),
        ('type == "track"', "doubled-operator", 'type = "track"'),
        ('type = "track" and event = == "a"', "doubled-operator", 'type = "track" and event = "a"'),
        ('event !== "a"', "doubled-operator", 'event != "a"'),
        ('event != = "a"', "doubled-operator", 'event != "a"'),
        ("properties.a > =5", "doubled-operator", "properties.a >= 5"),
        ('event == !match(name, "a")', "doubled-operator", 'event = !match(name, "a")'),
        ('event <> "a"', "doubled-operator", None),
        ('event = "Order Completed', "unclosed-quote", 'event = "Order Completed"'),
        ("event = 'Order Completed", "unclosed-quote", "event = 'Order Completed'"),
        ("type = a and\rname = b", "carriage-return", "type = a and\nname = b"),
    ],
)
def test_a_lint_gives_the_trigger_that_was_meant(text, rule, corrected):
    assert corrections(text)[rule] == corrected


def test_no_preset_is_warned_of():
    assert [preset.trigger.lints for preset in PRESETS.values()] == [()] * len(PRESETS)


def test_positions_count_characters():
    assert [(suggestion.position, suggestion.rule) for suggestion in lint('type = "😀" OR type = b')] == [
        (11, "upper-case-word")
    ]


def test_what_stands_before_an_unreadable_place_is_warned_of_too():
    assert list(corrections('foo = a OR type !="b"')) == [
        "ignored-identifier",
        "upper-case-word",
        "unspaced-operator",
    ]


@given(TRIGGER_TEXTS)
def test_lints_come_in_the_order_of_the_text_and_say_what_to_do(text):
    found = lint(text)
    assert [lint.position for lint in found] == sorted(lint.position for lint in found)
    assert all(finding.rule in LINTS and finding.message for finding in found)
    assert all(0 <= lint.position <= max(len(text) - 1, 0) for lint in found)


@given(st.text("=!<> \t\n", min_size=1))
def test_an_operator_is_warned_of_exactly_where_it_is_none_and_right_once_it_is_corrected(marks):
    marks = marks.strip() + " "
    found = corrections(f'event {marks}"a"')
    assert bool(found) == (marks.strip() not in ("", "!", *OPERATORS))
    assert not any(corrections(lint) for lint in found.values() if lint)


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_without_a_blank_behind_it_is_warned_of_only_if_it_is_misread(operator):
    text = f'event {operator}"a"'
    assert list(corrections(text)) == ["unspaced-operator"] * (len(operator) > 1)
    assert not any(corrections(correction) for correction in corrections(text).values())


@given(TRIGGER_TEXTS)
def test_a_correction_is_another_trigger(text):
    for suggestion in lint(text):
        assert suggestion.corrected != text
        if suggestion.corrected is not None:
            parse_trigger(suggestion.corrected)


def test_what_a_carriage_return_misreads_is_not_told_twice():
    assert list(corrections('type = "a"\r\nand name = "b"')) == ["carriage-return"]


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
