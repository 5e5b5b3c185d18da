"""The table [rules] of mockpin.toml."""

import click
import pytest

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.severities import find_configured_severities, read_severities

PLACE = "[rules] of house.toml"


def test_a_rule_is_given_a_severity_or_turned_off():
    table = {"click-id-missing": "off", "schema": "warning"}
    assert read_severities(table, PLACE) == {"click-id-missing": None, "schema": "warning"}


@pytest.mark.parametrize("word", ["loud", 3, True, None, ["error"]])
def test_a_word_that_is_not_a_severity_is_refused(word):
    with pytest.raises(InputUnreadable, match="write one of error, warning, info, off"):
        read_severities({"schema": word}, PLACE)


def test_a_rule_that_is_none_is_refused_with_where_to_look():
    with pytest.raises(
        InputUnreadable, match=r"\[rules\] of house\.toml names xyzzy.*`mockpin explain` lists them"
    ):
        read_severities({"xyzzy": "error"}, PLACE)


def test_rules_on_documents_are_known():
    table = {"duplicate-key": "off", "segment-not-subscribed": "error"}
    assert read_severities(table, PLACE) == {"duplicate-key": None, "segment-not-subscribed": "error"}


def test_what_cannot_be_read_is_always_an_error():
    with pytest.raises(InputUnreadable, match="unreadable cannot be changed"):
        read_severities({"unreadable": "off"}, PLACE)


def test_the_severities_of_a_command_are_those_of_its_file():
    context = click.Context(click.Command("validate"))
    assert find_configured_severities(context) == {}
    context.meta.update({"mockpin.config": {"rules": {"schema": "warning"}}, "mockpin.file": "house.toml"})
    assert find_configured_severities(context) == {"schema": "warning"}
    context.meta["mockpin.config"] = {"rules": {"schema": 3}}
    with pytest.raises(InputUnreadable, match=r"^\[rules\] of house\.toml: schema is 3"):
        find_configured_severities(context)
