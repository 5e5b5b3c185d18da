"""Options that exclude each other."""

import click
import pytest
from click.testing import CliRunner

from mockpin.cli.shared.exclusion import overrules


@click.command
@click.option("--one", envvar="ONE")
@click.option("--other", envvar="OTHER", default="default")
@click.pass_context
def show(ctx, /, **_):
    click.echo("one" if overrules(ctx, "one", "other") else "other")


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--one", "1"], {}, "one"),
        (["--one", "1"], {"OTHER": "2"}, "one"),
        (["--other", "1"], {"ONE": "2"}, "other"),
        ([], {"ONE": "1"}, "one"),
    ],
)
def test_the_command_line_beats_the_environment_and_that_a_default(arguments, environment, said):
    assert CliRunner(env=environment).invoke(show, arguments).stdout == f"{said}\n"


@pytest.mark.parametrize(
    ("arguments", "environment"), [(["--one", "1", "--other", "2"], {}), ([], {"ONE": "1", "OTHER": "2"})]
)
def test_two_of_equal_rank_are_a_usage_error(arguments, environment):
    done = CliRunner(env=environment).invoke(show, arguments)
    assert (done.exit_code, "--one and --other exclude each other" in done.stderr) == (2, True)
