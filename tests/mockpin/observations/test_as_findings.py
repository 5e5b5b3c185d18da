"""Observations as findings of a report."""

from dataclasses import replace

from mockpin.observations.as_findings import LEFT_OUT, add_observations, read_file_limits
from mockpin.observations.rule import ExamplePlace, Observation
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin_validator.archive import Tally
from mockpin_validator.archive.audit import Audit

SHARED = Observation(
    "event-id-shared",
    "warning",
    "lost",
    "12 events share one event id.",
    "Give each event an id of its own.",
    events=12,
    total=20,
    examples=(ExamplePlace(file="a.jsonl", line=3), ExamplePlace(file="b.jsonl", line=5)),
)


def add(observation):
    return add_observations(Tally(), [observation], ["a.jsonl", "b.jsonl"])


def severity(rule="seen-by-tag-only", *, table=None, profile="faithful", severities=None):
    return read_file_limits(table or {}, profile, severities or {}).severity_of(OBSERVATION_RULES[rule])


def test_an_observation_is_listed_among_the_mistakes_by_its_events():
    (mistake,) = Audit(add(SHARED), ("a.jsonl", "b.jsonl")).mistakes(2)
    assert (mistake.severity, mistake.rule, mistake.times) == ("warning", "event-id-shared", 12)
    assert [(example.file, example.finding.line) for example in mistake.examples] == [
        ("a.jsonl", 3),
        ("b.jsonl", 5),
    ]


def test_an_observation_counts_by_its_severity():
    assert add(replace(SHARED, severity="info")).count("info") == 12


def test_a_severity_of_ones_own_counts_and_strict_makes_errors_of_warnings():
    assert severity() == "warning"
    assert severity(profile="strict") == "error"
    for profile in ("faithful", "strict"):
        assert severity(severities={"seen-by-tag-only": "info"}, profile=profile) == "info"
        assert severity(severities={"seen-by-tag-only": None}, profile=profile) is None


def test_what_the_table_says_of_a_rule_goes_before_its_severity_and_the_profile():
    table = {"seen-by-tag-only": {"severity": "warning", "least": 7}}
    assert severity(table=table, severities={"seen-by-tag-only": "info"}) == "warning"
    assert severity(table=table, profile="strict") == "warning"


def test_what_findings_say_already_is_left_out_unless_the_table_names_it():
    assert [severity(name, severities={name: "error"}) for name in LEFT_OUT] == [None] * len(LEFT_OUT)
    assert severity("event-failed", table={"event-failed": {"least": 3}}) == "error"
