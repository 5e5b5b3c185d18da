"""What the schema refuses hides nothing else that is wrong with an event."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator import validate
from mockpin_validator.contract.gate import accepts_event
from mockpin_validator.judging.repair import repair_event
from tests.validator.events import CLEAN, JSON, NOW, changed, spoiled_events, valid_events

REQUIRED = ("event_name", "action_source", "event_time", "event_id", "user_data")


def rules(event):
    return {finding.rule for finding in validate(event, now=NOW)}


@settings(max_examples=60, deadline=None)
@given(valid_events())
def test_what_the_schema_accepts_stays_as_it_is(event):
    assert repair_event(event, now=NOW) == event


@settings(max_examples=60, deadline=None)
@given(valid_events(), st.sampled_from(["", "custom_data", "user_data"]), JSON)
def test_an_unknown_field_hides_no_finding_and_adds_only_its_own(event, part, value):
    odd = deepcopy(event)
    (odd.setdefault(part, {}) if part else odd)["foo"] = value
    own = {"schema", "user-data-field-unknown"} if part == "user_data" else {"schema"}
    assert rules(odd) - own == rules(event) - own


@settings(max_examples=60, deadline=None)
@given(spoiled_events())
def test_every_object_can_be_mended_and_is_left_as_it_was(event):
    before = deepcopy(event)
    assert accepts_event(repair_event(event, now=NOW))
    assert event == before


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("event", CLEAN.values(), ids=CLEAN)
def test_a_required_field_that_is_missing_can_be_done_without(event, name):
    assert accepts_event(repair_event(changed(event, **{name: ...}), now=NOW))


@pytest.mark.parametrize("name", ["event_name", "event_time", "event_id"])
def test_of_what_stands_in_for_a_missing_field_nothing_is_said(name):
    assert rules(changed(**{name: ...})) == {"schema"}


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"custom_data__value": -24.5}, "amount-negative"),
        ({"custom_data__num_items": "7"}, "num-items-disagrees"),
        ({"user_data__em": "ada@example.com"}, "match-key-not-hashed"),
        ({"opt_out": "true"}, "opt-out-set"),
        ({"event_time": str(NOW - 700_000)}, "event-time-too-old"),
        ({"event_time": NOW - 700_000.5}, "event-time-too-old"),
        ({"user_data__click_id": ["epik=dj0yJnU9"]}, "click-id-form"),
    ],
)
def test_a_value_of_another_type_is_judged_as_what_it_was_meant_to_be(fields, rule):
    assert rules(changed(**fields)) >= {"schema", rule}


@pytest.mark.parametrize("event", [None, [], "event", 5])
def test_what_is_not_an_object_cannot_be_mended_and_is_judged_by_the_schema_alone(event):
    assert repair_event(event, now=NOW) is None
    assert {finding.rule for finding in validate({"data": [event]}, now=NOW)} == {"schema"}


def test_nesting_too_deep_to_copy_cannot_be_mended():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert repair_event(changed(foo=1) | {"bar": deep}, now=NOW) is None


def test_a_list_whose_value_cannot_be_meant_is_left_out():
    event = changed(custom_data__contents=[{"id": "a"}, "b", None], custom_data__content_ids=["a", {}])
    made = repair_event(event, now=NOW)
    assert made["custom_data"].keys().isdisjoint({"contents", "content_ids"})


def test_an_address_of_the_wrong_type_is_not_a_reason_for_an_em():
    ip = {"client_ip_address": ["8.8.4.4"], "client_user_agent": "Mozilla/5.0"}
    assert "em" not in repair_event(changed(user_data=ip), now=NOW)["user_data"]


@pytest.mark.parametrize(("name", "sent_as"), [
    ("user_data", "userData"), ("event_name", "eventName"), ("event_time", "timestamp"),
    ("event_id", "messageId"),
])  # fmt: skip
def test_a_required_field_under_another_name_is_judged_under_its_own(name, sent_as):
    event = changed(user_data__em=["ada@example.com"])
    renamed = {sent_as if item == name else item: value for item, value in event.items()}
    assert repair_event(renamed, now=NOW) == event
    found = [
        (finding.rule, finding.path) for finding in validate(renamed, now=NOW) if finding.severity == "error"
    ]
    assert found == [("schema", f"/data/0/{sent_as}"), ("match-key-not-hashed", "/data/0/user_data/em/0")]


def test_a_single_text_is_not_taken_for_a_list_of_content_ids():
    made = repair_event(changed(custom_data__content_ids="a,b"), now=NOW)
    assert "content_ids" not in made["custom_data"]
