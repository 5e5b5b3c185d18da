from contextlib import chdir

import click
import pytest
from click.testing import CliRunner

from mockpin.cli.configuration import configured


@pytest.fixture
def in_folder(tmp_path):
    with chdir(tmp_path):
        yield tmp_path


def told(args=(), env=None):
    """What a command with one option is told, given its arguments, environment and folder."""

    @click.command()
    @click.option("--port-file", default="default")
    def show(port_file):
        click.echo(port_file)

    return CliRunner().invoke(configured(show, table="serve"), args, env=env or {})


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default(in_folder):
    assert told().output == "default\n"
    (in_folder / "mockpin.toml").write_text('[serve]\nport-file = "file"\n')
    assert told().output == "file\n"
    assert told(env={"MOCKPIN_PORT_FILE": "environment"}).output == "environment\n"
    assert told(["--port-file", "flag"], env={"MOCKPIN_PORT_FILE": "environment"}).output == "flag\n"


def test_a_key_that_no_option_has_is_named(in_folder):
    (in_folder / "mockpin.toml").write_text("[serve]\nprot = 1\n")
    answer = told()
    assert answer.exit_code == 2
    assert "[serve] has 'prot', which no option of mockpin serve is called." in answer.output


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
