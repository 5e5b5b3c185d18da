import json

import pytest
from hypothesis import given, settings

from mockpin_transformer.errors import TriggerFailed
from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.triggers.lints import LINTS
from mockpin_transformer.triggers.trigger import Trigger, parse_trigger
from tests.conftest import FIXTURES
from tests.transformer.json_values import JSON_VALUES
from tests.transformer.trigger_texts import TRIGGER_TEXTS

CASES = {
    file.stem: json.loads(file.read_text("utf-8")) for file in sorted((FIXTURES / "triggers").glob("*.json"))
}


def judge(trigger, event):
    """What comes of it, as fixtures write it down."""
    try:
        return {"matches": trigger.matches(event)}
    except TriggerFailed as error:
        return {"error": f"{error.name}: {error.message}"}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fixture_comes_out_as_it_says(case):
    trigger, expected = parse_trigger(case["trigger"]), case["expect"]
    assert trigger.error == expected.get("error")
    for event in expected["events"]:
        assert {"event": event["event"]} | judge(trigger, event["event"]) == event
    told = [
        {"rule": lint.rule, "position": lint.position, "corrected": lint.corrected} for lint in trigger.lints
    ]
    assert told == expected["lints"]


@pytest.mark.parametrize("rule", LINTS)
def test_every_lint_has_a_fixture(rule):
    assert any(rule in [lint["rule"] for lint in case["expect"]["lints"]] for case in CASES.values())


@settings(max_examples=150)
@given(TRIGGER_TEXTS, JSON_VALUES)
def test_only_the_documented_error_comes_of_any_trigger_and_event(text, event):
    judge(parse_trigger(text), event)
    judge(parse_trigger(text), {"type": "track", "event": event, "properties": {"total": event}})


@given(TRIGGER_TEXTS)
def test_a_trigger_prints_as_it_was_written(text):
    trigger = parse_trigger(text)
    assert str(trigger) == text
    assert parse_trigger(str(trigger)) == trigger


@given(TRIGGER_TEXTS, JSON_VALUES)
def test_asking_for_lints_does_not_change_what_matches(text, event):
    asked, unasked = parse_trigger(text), parse_trigger(text)
    assert asked.lints == parse_trigger(text).lints
    assert judge(asked, event) == judge(unasked, event)
    assert asked.error == unasked.error


@given(TRIGGER_TEXTS, JSON_VALUES)
def test_what_cannot_be_read_matches_nothing(text, event):
    trigger = parse_trigger(text)
    if trigger.error:
        assert not trigger.matches(event)


def test_no_event_matches_nothing():
    assert not parse_trigger('type != "track"').matches(UNDEFINED)


def test_null_is_not_an_event():
    with pytest.raises(TriggerFailed, match=r"^Cannot read properties of null \(reading 'type'\)$"):
        parse_trigger('type = "track"').matches(None)


def test_triggers_are_values():
    assert parse_trigger('type = "track"') == parse_trigger('type = "track"')
    assert len({parse_trigger("type"), parse_trigger("type")}) == 1
    assert isinstance(parse_trigger(""), Trigger)
