"""The judge: the gate, the rules event by event, and what a policy and a profile make of them."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator import RULES, Judge, Policy
from mockpin_validator.contract.gate import accepts_payload, refusal
from tests.validator.events import CLEAN, NOW, any_payloads, changed, spoiled_events, valid_events

JUDGE = Judge()
GOOD, PLAIN = changed(), changed(user_data__em=["ada@example.com"], event_id="e2")
REFUSED = changed(foo=1, event_id="e3")


def found(events, judge=JUDGE, now=NOW):
    """The rules by event."""
    return [[finding.rule for finding in findings] for findings in judge.judge({"data": events}, now=now)]


def test_a_judge_builds_its_gate_for_the_first_event():
    code = (
        "import sys; from mockpin_validator import Judge; judge = Judge();"
        "print('jsonschema_rs' in sys.modules);"
        "judge.judge({'data': [{}]}, now=None);"
        "print('jsonschema_rs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\nTrue\n"


def test_each_event_has_its_own_findings_in_the_batchs_order():
    assert found([GOOD, PLAIN, changed(event_id="e4")]) == [[], ["match-key-not-hashed"], []]
    ((_, (finding,))) = JUDGE.judge({"data": [GOOD, PLAIN]}, now=NOW)
    assert finding.path == "/data/1/user_data/em/0"


@settings(max_examples=60, deadline=None)
@given(any_payloads())
def test_the_refusal_is_the_schemas(payload):
    assert JUDGE.refusal(payload) == refusal(payload)
    assert (JUDGE.judge_sound(payload, now=NOW) is None) == (not accepts_payload(payload))


def test_an_event_that_the_schema_refuses_is_told_from_one_with_nothing_to_say():
    assert [*JUDGE.judge_each([GOOD, REFUSED, None], now=NOW)] == [(), None, None]


@settings(max_examples=60, deadline=None)
@given(st.lists(valid_events(), min_size=1, max_size=3))
def test_a_sound_payload_is_judged_alike_by_all_ways_in(events):
    by_event = JUDGE.judge({"data": events}, now=NOW)
    assert JUDGE.judge_sound({"data": events}, now=NOW) == by_event
    assert JUDGE.review({"data": events}, now=NOW) == tuple(item for found in by_event for item in found)


@settings(max_examples=60, deadline=None)
@given(spoiled_events())
def test_a_bad_event_changes_nothing_of_what_is_said_of_a_good_one(event):
    said = [
        finding for finding in JUDGE.review({"data": [PLAIN, event]}, now=NOW) if "/data/0" in finding.path
    ]
    assert [finding for finding in said if finding.rule == "match-key-not-hashed"] == [
        *JUDGE.judge({"data": [PLAIN]}, now=NOW)[0]
    ]


@pytest.mark.parametrize("payload", [None, [], "x", {}, {"data": None}, {"data": {}}, {"data": []}])
def test_a_non_payload_is_reviewed_by_the_schema_alone(payload):
    assert {finding.rule for finding in JUDGE.review(payload, now=NOW)} == {"schema"}


def test_without_a_time_the_age_of_events_is_left_out():
    old = [changed(event_time=1)]
    assert found(old) == [["event-time-too-old"]]
    assert found(old, now=None) == [[]]


def test_a_verdict_of_the_policy_settles_the_severity_under_faithful_only():
    mild = Policy(unhashed={"*": "warn"})
    severities = {
        profile: [
            finding.severity for finding in Judge(mild, profile=profile).judge({"data": [PLAIN]}, now=NOW)[0]
        ]
        for profile in ("faithful", "strict")
    }
    assert severities == {"faithful": ["warning"], "strict": ["error"]}


def test_a_service_without_warnings_still_gives_the_reason_of_a_failure():
    quiet = Judge(Policy(warnings="off", unhashed={"em": "fail", "*": "warn"}))
    events = [PLAIN, changed(user_data__ph=["+1 555 010 9999"], event_id="e4")]
    (failure,), (warning,) = quiet.judge({"data": events}, now=NOW)
    assert failure.reply
    assert warning.reply is None


def test_a_rule_without_a_severity_is_not_judged():
    rules = {name: rule for name, rule in RULES.items() if name != "match-key-not-hashed"}
    assert found([PLAIN], Judge(rules=rules)) == [[]]


def test_an_event_with_a_finding_is_spared_the_rules_whose_schema_it_satisfies():
    strict = replace(RULES["match-key-not-hashed"], name="other", clean={"not": {"required": ["language"]}})
    judge = Judge(rules={"other": strict, "match-key-not-hashed": RULES["match-key-not-hashed"]})
    spoken = changed(PLAIN, language="en")
    silent = changed(PLAIN, language=..., event_id="e4")
    assert found([spoken, silent], judge) == [["other", "match-key-not-hashed"], ["match-key-not-hashed"]]


@pytest.mark.parametrize("kind", CLEAN)
def test_a_clean_event_repeated_is_told_as_such(kind):
    twins = found([CLEAN[kind], CLEAN[kind], changed(event_id="e9")])
    repeated = [] if CLEAN[kind]["action_source"] == "offline" else ["event-id-duplicated"]
    assert twins == [repeated, repeated, []]


@pytest.mark.parametrize(("unhashed", "found"), [("warn", ["warning"] * 100), ("fail", ["error"] * 101)])
def test_one_rule_has_at_most_100_findings_on_an_event_and_the_error_that_decides(unhashed, found):
    many = changed(user_data__ph=[f"+1 555 01{number:04}" for number in range(120)])
    (findings,) = Judge(Policy(unhashed={"*": unhashed})).judge({"data": [many]}, now=NOW)
    assert [finding.severity for finding in findings if finding.rule == "match-key-not-hashed"] == found
