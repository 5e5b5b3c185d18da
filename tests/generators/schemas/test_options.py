import click
import pytest
from jsonschema import Draft202012Validator

from generators.schemas.options import DURATION, describe_option, list_options
from mockpin.cli.commands import report, send, serve, validate
from mockpin.cli.shared.configuration import flag_of
from mockpin.emulator.settings.settings import FIELDS

COMMANDS = (serve.command, validate.command, send.command, report.command)
OPTIONS = [option for command in COMMANDS for option in list_options(command)]
SETTINGS = [option for option in list_options(serve.command) if option.name in FIELDS]


def check(schema, value):
    return Draft202012Validator(schema).is_valid(value)


def schema_of(command, flag):
    return next(describe_option(option) for option in list_options(command) if flag_of(option) == flag)


@pytest.mark.parametrize("option", SETTINGS, ids=flag_of)
def test_a_setting_takes_its_own_default(option):
    about = FIELDS[option.name].metadata
    default = about["shown"](about["default"])
    schema = describe_option(option)
    assert check(schema, default) or check(schema, int(default))


@pytest.mark.parametrize("option", SETTINGS, ids=flag_of)
def test_mockpin_reads_every_value_that_the_schema_of_a_setting_lists(option):
    for value in describe_option(option).get("enum", []):
        FIELDS[option.name].metadata["parse"](str(value))


@pytest.mark.parametrize(
    "option", [option for option in OPTIONS if isinstance(option.type, click.Choice)], ids=flag_of
)
def test_a_choice_takes_what_its_option_takes(option):
    schema = describe_option(option)
    assert all(check(schema, choice) for choice in option.type.choices)
    assert not check(schema, "nonsense")


@pytest.mark.parametrize(
    ("flag", "good", "bad"),
    [
        ("port", 0, 65536),
        ("port-file", "f", 1),
        ("accept-any", True, "yes"),
        ("account", ["1=x"], [["1=x"]]),
        ("keep-alive", "off", False),
        ("test-batch", 1, 0),
        ("mixed-batch-status", 200, 201),
        ("deduplication-window", "24h", 24),
        ("body-limit", "10MB", True),
    ],
)
def test_an_option_of_serve_takes_values_of_its_kind(flag, good, bad):
    schema = schema_of(serve.command, flag)
    assert check(schema, good)
    assert not check(schema, bad)


def test_a_wait_may_be_nothing_and_not_less():
    assert [check(DURATION, wait) for wait in (0, 2.5, "5s", -1, "soon")] == [True, True, True, False, False]


def test_an_address_is_one_and_never_the_word_pinterest():
    schema = schema_of(send.command, "to")
    assert check(schema, "http://127.0.0.1:7466")
    assert not check(schema, "pinterest")


def test_a_number_without_an_upper_bound_has_none():
    assert check(schema_of(validate.command, "show"), 10**9)
    assert not check(schema_of(validate.command, "show"), -1)
