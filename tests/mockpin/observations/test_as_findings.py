"""Observations as findings of a report."""

from collections import Counter

from mockpin.observations.as_findings import LEFT_OUT, Observing, add_observations, leave_out
from mockpin.observations.limits import Limits, ObservationLimit
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


def added(observation, **settings):
    observing = Observing(**{"limits": Limits(), **settings})
    return add_observations(Tally(), observing.apply([observation]), ["a.jsonl", "b.jsonl"])


def test_an_observation_is_listed_among_the_mistakes_by_its_events():
    (mistake,) = Audit(added(SHARED), ("a.jsonl", "b.jsonl")).mistakes(2)
    assert (mistake.severity, mistake.rule, mistake.times) == ("warning", "event-id-shared", 12)
    assert [(example.file, example.finding.line) for example in mistake.examples] == [
        ("a.jsonl", 3),
        ("b.jsonl", 5),
    ]


def test_a_severity_of_ones_own_counts_and_strict_makes_errors_of_warnings():
    assert added(SHARED, severities={"event-id-shared": None}).mistakes == Counter()
    assert added(SHARED, severities={"event-id-shared": "info"}).count("info") == 12
    assert added(SHARED, profile="strict").count("error") == 12


def test_the_observations_themselves_have_the_severities_of_the_report():
    for severities, left in (({}, ["warning"]), ({SHARED.rule: "info"}, ["info"]), ({SHARED.rule: None}, [])):
        observing = Observing(Limits(), severities=severities)
        assert [seen.severity for seen in observing.apply([SHARED])] == left


def test_what_the_limits_say_of_a_rule_goes_before_its_severity_and_the_profile():
    limits = Limits({SHARED.rule: ObservationLimit(severity="warning")})
    for settings in ({"severities": {SHARED.rule: "info"}}, {"profile": "strict"}):
        assert added(SHARED, limits=limits, **settings).count("warning") == 12


def test_what_findings_say_already_is_left_out():
    assert set(LEFT_OUT) <= set(OBSERVATION_RULES)
    limits = leave_out(Limits())
    assert all(limits.severity_of(OBSERVATION_RULES[name]) is None for name in LEFT_OUT)
