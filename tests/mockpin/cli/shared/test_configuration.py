import os
import subprocess
import sys
from contextlib import chdir

import click
import pytest
from click.testing import CliRunner

from mockpin.cli.shared.configuration import configured, overrules, variable_of


@pytest.fixture
def in_folder(tmp_path):
    with chdir(tmp_path):
        yield tmp_path


def told(args=(), env=None):
    """What a command with few options is told, given its arguments, environment and folder."""

    @click.command()
    @click.option("--port-file", default="default")
    @click.option("--tag", multiple=True)
    @click.option("--accept-any", is_flag=True)
    def show(port_file, tag, accept_any):
        click.echo(" ".join([port_file, *tag, *["any"] * accept_any]))

    return CliRunner().invoke(configured(show, table="serve"), args, env=env or {})


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default(in_folder):
    assert told().output == "default\n"
    (in_folder / "mockpin.toml").write_text('[serve]\nport-file = "file"\n')
    assert told().output == "file\n"
    assert told(env={"MOCKPIN_PORT_FILE": "environment"}).output == "environment\n"
    assert told(["--port-file", "flag"], env={"MOCKPIN_PORT_FILE": "environment"}).output == "flag\n"


def test_a_key_that_no_option_has_is_named_with_the_file_and_the_nearest_that_one_has(in_folder):
    (in_folder / "other.toml").write_text("[serve]\nport_fiel = 1\n")
    answer = told(["--config", "other.toml"])
    assert answer.exit_code == 2
    said = "[serve] of other.toml has 'port_fiel', which is not an option of the command; "
    assert f"{said}did you mean port-file?" in answer.output


def test_a_file_that_is_not_toml_is_refused_with_its_name_and_place(in_folder):
    (in_folder / "other.toml").write_text("[serve\n")
    answer = told(["--config", "other.toml"])
    assert answer.exit_code == 2
    assert "other.toml cannot be read as TOML" in answer.output
    assert "line 1" in answer.output


def test_a_named_file_that_is_missing_is_refused(in_folder):
    assert told(["--config", "absent.toml"]).exit_code == 2


def test_each_command_of_a_group_is_configured(in_folder):
    @click.group()
    def group():
        pass

    @group.command()
    @click.option("--base")
    def diff(base):
        click.echo(base)

    (in_folder / "mockpin.toml").write_text('[contract]\nbase = "file"\n')
    assert CliRunner().invoke(configured(group, table="contract"), ["diff"]).output == "file\n"


@pytest.mark.parametrize(
    ("line", "output"),
    [
        ("port-file = 3", "3\n"),
        ("accept-any = true", "default any\n"),
        ("accept-any = false", "default\n"),
        ('tag = "1=x"', "default 1=x\n"),
        ('tag = ["1=x", 2]', "default 1=x 2\n"),
    ],
)
def test_a_value_is_read_as_the_command_line_would(in_folder, line, output):
    (in_folder / "mockpin.toml").write_text(f"[serve]\n{line}\n")
    assert told().output == output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("port-file = [1, 2]", "port-file should be a text, a number, true or false."),
        ("port-file = 2026-01-01", "port-file should be a text, a number, true or false."),
        ('tag = [["a", "b"]]', "tag should be a text, a number, true or false, or a list of these."),
    ],
)
def test_a_value_that_no_option_can_have_is_told_with_file_table_and_key(in_folder, line, said):
    (in_folder / "mockpin.toml").write_text(f"[serve]\n{line}\n")
    answer = told()
    assert answer.exit_code == 2
    assert f"[serve] of mockpin.toml: {said}" in answer.output


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ({"args": ["--port", "abc"]}, "'--port'"),
        ({"env": {"MOCKPIN_PORT": "abc"}}, "MOCKPIN_PORT (of the environment)"),
        ({"file": '[serve]\nport = "abc"'}, "port in [serve] of mockpin.toml"),
    ],
)
def test_a_bad_value_is_told_with_where_it_came_from(in_folder, option, hint):
    (in_folder / "mockpin.toml").write_text(option.get("file", ""))
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "serve", *option.get("args", ())],
        env={**os.environ, **option.get("env", {})}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"Invalid value for {hint}: 'abc' is not a valid whole number." in done.stderr


@pytest.mark.parametrize(
    ("envvar", "named"), [("ONE", "ONE"), (["TWO", "ONE", "THREE"], "ONE"), (["TWO"], "port"), (None, "port")]
)
def test_the_variable_that_gave_an_option_its_value_is_named(monkeypatch, envvar, named):
    monkeypatch.setenv("ONE", "1")
    assert variable_of(click.Option(["--port"], envvar=envvar)) == named


def test_a_format_that_only_other_commands_have_breaks_none(monkeypatch):
    @click.command
    @click.option("--format", "form", type=click.Choice(["text", "html"]), default="text")
    def show(*, form):
        click.echo(form)

    for value, said in (("junit", "text\n"), ("html", "html\n"), ("nonsense", "")):
        monkeypatch.setenv("MOCKPIN_FORMAT", value)
        command = click.Command("show", callback=show.callback, params=[*show.params])
        for param in command.params:
            param.envvar = None
        assert CliRunner().invoke(configured(command, table="show")).stdout == said


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
