"""What every rule must be."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mockpin_validator import RULES, Judge, Policy, validate
from mockpin_validator.contract.gate import gate
from mockpin_validator.judging.context import ALONE, BatchFacts, Context
from mockpin_validator.judging.rule import is_never_quiet
from mockpin_validator.rules import TOPICS
from tests.conftest import FIXTURES
from tests.validator.events import CANARY, CLEAN, NOW, changed, events_with_canary, valid_events


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_valid_and_an_invalid_fixture(name):
    folder = FIXTURES / "rules" / name
    assert json.loads((folder / "invalid.json").read_bytes())["expect"]
    assert json.loads((folder / "valid.json").read_bytes())["expect"] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_carries_its_evidence_as_data(rule):
    assert rule.source
    assert rule.documented in {"documented", "observed", "inferred"}
    assert date.fromisoformat(rule.date) <= date(2026, 12, 31)
    assert set(rule.severity) == {"faithful", "strict", "lenient"}
    assert rule.summary.endswith(".")


def test_every_folder_of_fixtures_belongs_to_a_rule():
    assert {path.name for path in (FIXTURES / "rules").iterdir()} == set(RULES)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.__name__)
def test_the_test_of_each_topic_judges_its_fixtures(topic):
    name = topic.__name__.rpartition(".")[2]
    assert "list_examples(RULES)" in Path(__file__).with_name(f"test_{name}.py").read_text(encoding="utf-8")


def test_every_rule_of_a_topic_is_in_the_table():
    assert [rule for topic in TOPICS for rule in topic.RULES] == list(RULES.values())


@pytest.mark.parametrize("kind", CLEAN)
def test_even_the_strict_profile_has_nothing_to_say_about_a_clean_event(kind):
    assert validate(CLEAN[kind], now=NOW, profile="strict").findings == ()


def test_a_reply_is_not_part_of_what_a_finding_shows():
    (finding,) = validate(changed(user_data__em=["ada@example.com"]), now=NOW)
    assert finding.reply == "'em' is not in sha256 hashed format"
    assert "sha256 hashed format" not in repr(finding)
    assert "reply" not in finding.to_dict()


@given(st.lists(valid_events(), min_size=1, max_size=3))
def test_the_quick_schema_passes_no_event_about_which_a_rule_would_speak(events):
    slow = {name: replace(rule, clean=None, quiet=is_never_quiet) for name, rule in RULES.items()}
    for policy in (Policy(), Policy(warnings="2024", unknown_event_name="fail")):
        quick, thorough = Judge(policy, profile="strict"), Judge(policy, profile="strict", rules=slow)
        assert quick.judge({"data": events}, now=NOW) == thorough.judge({"data": events}, now=NOW)


CLEAN_CHECKS = [(rule, gate(rule.clean)) for rule in RULES.values() if rule.clean is not None]


@settings(deadline=None)
@example(changed(event_id="user-1", user_data__external_id=["user-1"]), Policy())
@example(changed(event_source_url="https://shop.example/?m\u017fisdn=4155550123"), Policy())
@example(changed(event_source_url="https://shop.example/?%65pik=dj0yJnU9b2JDcFFH"), Policy())
@example(changed(event_source_url="https://st\taging.shop.example/"), Policy())
@example(changed(device_info={"languages": []}), Policy())
@given(valid_events(most=6), st.sampled_from([Policy(), Policy(warnings="2024", unknown_event_name="fail")]))
def test_a_clean_schema_alone_passes_no_event_about_which_its_rule_would_speak(event, policy):
    context = Context(NOW, policy, BatchFacts.of([event, event]))
    passed = (rule for rule, is_clean in CLEAN_CHECKS if is_clean(event) and rule.name != "schema")
    assert [rule.name for rule in passed if [*rule.check(event, context)]] == []


@settings(max_examples=100, deadline=None)
@given(events_with_canary(), st.sampled_from(["faithful", "strict", "lenient"]))
def test_no_finding_holds_the_plain_text_of_a_match_key(event, profile):
    report = validate(event, now=NOW, profile=profile)
    for shown in (repr(report), json.dumps(report.to_dict())):
        assert CANARY not in shown
        assert "canary" not in shown


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.clean is not None])
def test_the_clean_schema_of_a_rule_spares_a_clean_event_the_rule(rule):
    assert gate(rule.clean)(CLEAN["web"])


def test_the_quick_look_of_a_rule_spares_a_clean_event_the_rule():
    context = Context(NOW, Policy(), ALONE)
    looks = [rule for rule in RULES.values() if rule.clean is None and rule.quiet is not is_never_quiet]
    assert [rule.name for rule in looks if not rule.quiet(CLEAN["web"], context)] == []
