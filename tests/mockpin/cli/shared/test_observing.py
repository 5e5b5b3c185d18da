"""The limits of observations that mockpin.toml sets."""

import click
import pytest

from mockpin.cli.shared.errors import InputUnreadable, WorkFailed
from mockpin.cli.shared.observing import configured_limits, open_facts
from mockpin.observations.engines.engine import EngineFailed, EngineMissing
from mockpin.observations.rules import OBSERVATION_RULES


def read(files_as=None, **tables):
    context = click.Context(click.Command("report"))
    context.meta.update({"mockpin.config": tables, "mockpin.file": "house.toml"})
    return configured_limits(context, files_as=files_as)


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


def test_a_report_on_files_has_its_own_severities():
    table = {"event-id-shared": {"least": 7}}
    limits = read(files_as="strict", observations=table, rules={"value-zero": "off"})
    assert limits.by_rule["event-id-shared"].least == 7
    assert severity(limits, "seen-by-tag-only") == "error"
    assert severity(limits, "event-failed") is None


@pytest.mark.parametrize(
    ("problem", "error"),
    [(EngineMissing("duckdb"), InputUnreadable), (EngineFailed("sqlite", "the disk is full"), WorkFailed)],
)
def test_what_an_engine_cannot_do_is_an_error_of_the_command(problem, error):
    with pytest.raises(error) as raised, open_facts("sqlite", None):
        raise problem
    assert str(raised.value) == str(problem)


def test_the_facts_of_a_command_begin_empty():
    with open_facts("sqlite", None) as facts:
        assert [tuple(row) for row in facts.ask("SELECT COUNT(*) FROM facts")] == [(0,)]
