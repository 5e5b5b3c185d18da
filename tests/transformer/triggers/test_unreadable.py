import pytest

from mockpin_transformer.triggers.lints import lint
from mockpin_transformer.triggers.trigger import parse_trigger

ORDER = {"type": "track", "event": "b", "properties": {"total": 7, "items": [{"id": 5}], "été": 1, "a b": 2}}


@pytest.mark.parametrize(
    ("text", "rule", "corrected"),
    [
        ("properties.total>5", "operator-on-name", "properties.total > 5"),
        ("properties.total<= 7", "operator-on-name", "properties.total <= 7"),
        ("properties.items[0].id = 5", "unreadable-name", r"properties.items\[0\].id = 5"),
        ("properties.été = 1", "unreadable-name", r"properties.\ét\é = 1"),
        (r"properties.a\ b% = 1", "unreadable-name", r"properties.a\ b\% = 1"),
        ('type = "track" &&event = "b"', "foreign-joiner", 'type = "track" and event = "b"'),
        ('(type = "a") || event = "b"', "foreign-joiner", '(type = "a") or event = "b"'),
        ('(type = "track" or event = "b"', "unclosed-group", '(type = "track" or event = "b")'),
        ("event = 'b", "unclosed-quote", "event = 'b'"),
    ],
)
def test_what_makes_a_trigger_unreadable_is_told_with_the_trigger_that_was_meant(text, rule, corrected):
    (found,) = (warning for warning in lint(text) if warning.rule == rule)
    assert found.corrected == corrected
    assert parse_trigger(corrected).error is None


@pytest.mark.parametrize("text", ["properties.total>5", "properties.items[0].id = 5", "properties.été = 1"])
def test_a_corrected_trigger_is_for_the_event_that_was_meant(text):
    (found,) = lint(text)
    assert not parse_trigger(text).matches(ORDER)
    assert parse_trigger(found.corrected).matches(ORDER)


def test_of_several_unclosed_groups_only_the_author_can_say_which_is_meant():
    found = [warning for warning in lint("((type = a") if warning.rule == "unclosed-group"]
    assert [(warning.position, warning.corrected) for warning in found] == [(0, None), (1, None)]


def test_what_cannot_be_read_for_another_reason_has_none_of_these():
    assert lint("%") == ()
    assert parse_trigger("%").error


def test_a_name_with_an_emoji_cannot_be_written():
    (found,) = lint("properties.😀 = 1")
    assert (found.rule, found.position, found.corrected) == ("unreadable-name", 11, None)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("properties.total>=5", len("properties.total")),
        ("properties.items[0].id = 5", len("properties.")),
        ('type = "track" &&event = "b"', len('type = "track" ')),
    ],
)
def test_a_warning_names_the_character_where_the_trigger_goes_wrong(text, position):
    (found,) = lint(text)
    assert found.position == position
