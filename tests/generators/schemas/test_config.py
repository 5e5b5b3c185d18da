import tomllib

import click
import pytest
from jsonschema import Draft202012Validator

from generators.schemas.config import build_config_schema
from generators.schemas.options import COMMAND_LINE_ONLY
from mockpin.cli import mockpin
from mockpin.cli.command_names import COMMANDS
from mockpin.cli.shared.configuration import flag_of, known_options
from mockpin.cli.shared.configuration_file import read_config
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.severities import read_severities
from mockpin.observations.limits import LimitInvalid, read_limits
from mockpin.observations.rules import OBSERVATION_RULES

SCHEMA = build_config_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def leaves(command):
    return command.commands.values() if isinstance(command, click.Group) else [command]


def find_command(name):
    return mockpin.get_command(click.Context(mockpin), name)


def is_read(text, folder):
    """Whether mockpin takes the file: its tables, their keys, rules and limits."""
    file = folder / "mockpin.toml"
    file.write_text(text)
    try:
        tables = read_config(file)
        for name, table in tables.items():
            if name in COMMANDS:
                known_options(table, find_command(name), name)
        read_severities(tables.get("rules", {}), "[rules]")
        read_limits(tables.get("observations", {}))
    except (InputUnreadable, LimitInvalid):
        return False
    return True


def is_valid(text):
    return VALIDATOR.is_valid(tomllib.loads(text))


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_a_key_of_its_table(name):
    options = {
        flag_of(param)
        for command in leaves(find_command(name))
        for param in command.params
        if isinstance(param, click.Option)
    }
    assert set(SCHEMA["properties"][name]["properties"]) == options - set(COMMAND_LINE_ONLY)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_key_has_a_description(name):
    assert all(property_["description"] for property_ in SCHEMA["properties"][name]["properties"].values())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[serve]\nport = 0\nport-file = 'f'\nport_file = 'f'",
        "[serve]\naccount = '1=x'\naccept-any = true\nmixed-batch-status = 200",
        "[serve]\naccount = ['1=x', '2=y']",
        "[run]\nexpect = 'checkout=1'\nfail-on = 'never'",
        "[expect]\ntimeout = 5\nduplicate = true\nad-account-id = 549755885175",
        "[rules]\nclick-id-missing = 'off'\norder-counted-twice = 'warning'",
        "[observations]\nseen-by-tag-only = {threshold = 0.3, least = 50, severity = 'info'}",
        "[observations]\nsame-user-agent-for-everybody = 'off'",
    ],
)
def test_a_file_that_mockpin_reads_is_valid(text, tmp_path):
    assert is_read(text, tmp_path)
    assert is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "[servee]\nport = 0",
        "serve = 1",
        "[serve]\nprot = 0",
        "[serve]\nport = [1, 2]",
        "[run]\nexpect = [['a']]",
        "[rules]\nclick-id-mising = 'off'",
        "[rules]\nclick-id-missing = 'of'",
        "[rules]\nunreadable = 'off'",
        "[observations]\nseen-by-tag = 'off'",
        "[observations]\nseen-by-tag-only = {threshold = 2}",
        "[observations]\nseen-by-tag-only = {least = 0}",
        "[observations]\nseen-by-tag-only = {thresholds = 0.3}",
        "[observations]\nseen-by-tag-only = 3",
    ],
)
def test_a_file_that_mockpin_refuses_is_not_valid(text, tmp_path):
    assert not is_read(text, tmp_path)
    assert not is_valid(text)


def test_only_an_observation_with_a_threshold_takes_one(tmp_path):
    for rule in OBSERVATION_RULES.values():
        text = f"[observations]\n{rule.name} = {{threshold = 0.3}}"
        assert is_valid(text) == is_read(text, tmp_path) == (rule.threshold is not None)
