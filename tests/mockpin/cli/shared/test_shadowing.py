"""The options of shadow mode, and its beginning and end."""

import click
import pytest
from click.testing import CliRunner

from mockpin.cli.shared.shadowing import require_shadow, shadow_options, shadowing


@click.command
@shadow_options
def show(**options):
    click.echo(repr(require_shadow(options)))


@pytest.fixture
def token(tmp_path):
    (tmp_path / "token").write_text("pina_REAL\n")
    return str(tmp_path / "token")


def run(*arguments, **environment):
    return CliRunner(env=environment).invoke(show, arguments, auto_envvar_prefix="MOCKPIN")


def test_shadow_mode_has_a_url_an_ad_account_and_a_token(token):
    given = ("--shadow", "http://x.test", "--shadow-token-file", token, "--shadow-ad-account", "12")
    assert run(*given).stdout == "('http://x.test', '12', 'pina_REAL')\n"
    assert run().stdout == "None\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Name the file with the service's token with --shadow-token-file."),
        (("--shadow-token-file", "{token}"), "with --shadow-ad-account: 1 to 18 digits."),
        (
            ("--shadow-token-file", "{token}", "--shadow-ad-account", "x1"),
            "This is not an ad account id, which has 1 to 18 digits",
        ),
    ],
)
def test_what_shadow_mode_lacks_is_a_usage_error(token, arguments, sentence):
    given = (argument.format(token=token) for argument in arguments)
    done = run("--shadow", "http://x.test", *given)
    assert done.exit_code == 2
    assert sentence in " ".join(done.stderr.split())


def test_a_variable_does_not_begin_shadow_mode(token):
    done = run("--shadow-token-file", token, "--shadow-ad-account", "1", MOCKPIN_SHADOW="http://x.test")
    assert done.exit_code == 2
    assert "must be on the command line itself" in " ".join(done.stderr.split())


def test_the_beginning_warns_and_the_end_sums_up(emulator, capsys):
    with shadowing(emulator, ("http://x.test", "12", "pina_REAL")) as observe:
        assert callable(observe)
        begun = capsys.readouterr().err
    assert begun.startswith(
        "SHADOW MODE: conversion events that the API receives are also sent to http://x.test,"
    )
    assert "for the ad account 12," in begun
    ended = capsys.readouterr().err
    assert ended.startswith("shadow: 0 requests compared")
    assert "pina_REAL" not in begun + ended


def test_without_shadow_mode_there_is_nobody_to_tell(emulator, capsys):
    with shadowing(emulator, None) as observe:
        assert observe is None
    assert capsys.readouterr().err == ""
