"""How `mockpin validate` makes observations."""

import click
import pytest

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.observing import configured_limits, read_observing
from mockpin.observations.rules import OBSERVATION_RULES


def test_the_table_sets_limits_beside_what_findings_say_already():
    table = {"event-id-shared": {"least": 7}, "event-failed": "error"}
    limits = read_observing(table, profile="faithful", severities={}).limits
    assert limits.by_rule["event-id-shared"].least == 7
    assert limits.severity_of(OBSERVATION_RULES["event-failed"]) == "error"
    assert limits.severity_of(OBSERVATION_RULES["event-refused"]) is None


def test_a_setting_that_cannot_be_is_told():
    with pytest.raises(InputUnreadable, match=r"\[observations\]: No observation 'event-id-shard'"):
        read_observing({"event-id-shard": "off"}, profile="faithful", severities={})


def read(**tables):
    context = click.Context(click.Command("report"))
    context.meta.update({"mockpin.config": tables, "mockpin.file": "house.toml"})
    return configured_limits(context)


def severity(limits, rule):
    return limits.severity_of(OBSERVATION_RULES[rule])


def test_both_tables_set_a_rule():
    limits = read(
        rules={"event-id-shared": "warning", "event-failed": "off", "value-zero": "off"},
        observations={"event-id-shared": {"least": 7}, "event-refused": "info"},
    )
    assert limits.by_rule.keys() == {"event-id-shared", "event-failed", "event-refused"}
    assert (severity(limits, "event-id-shared"), limits.by_rule["event-id-shared"].least) == ("warning", 7)
    assert severity(limits, "event-failed") is None
    assert severity(limits, "event-refused") == "info"


def test_the_table_of_observations_beats_the_one_of_rules():
    limits = read(rules={"event-failed": "off"}, observations={"event-failed": "info"})
    assert severity(limits, "event-failed") == "info"


def test_without_tables_nothing_is_limited():
    assert configured_limits(click.Context(click.Command("report"))).by_rule == {}


def test_an_unknown_observation_is_told_with_its_file():
    with pytest.raises(InputUnreadable, match=r"\[observations\] of house\.toml: No observation"):
        read(observations={"event-fail": "off"})
