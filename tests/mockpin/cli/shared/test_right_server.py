from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mockpin import MockPin
from mockpin.cli import mockpin, run
from mockpin.cli.commands.expect import command as expect
from mockpin.cli.commands.report import command as report
from mockpin.cli.commands.wait import command as wait
from mockpin.cli.shared.errors import ServerUnreachable
from mockpin.cli.shared.right_server import (
    UNAUTHORIZED,
    RightServer,
    name_accounts,
    read_account,
    read_port_file,
)
from tests.mockpin.serve_process import Serving

COMMANDS = {"wait": wait, "expect": expect, "report": report}


@pytest.fixture(scope="module")
def mock():
    with MockPin() as mock:
        yield mock


def invoke(command, *words, **environment):
    return CliRunner().invoke(command, words, env=environment)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_strangers_server_is_refused_and_described(mock, name):
    done = invoke(COMMANDS[name], "--url", mock.url, "--account", "549700000000")
    assert done.exit_code == 3
    assert f"{mock.url} is another mockpin: it has the ad account {mock.ad_account_id}, not" in done.stderr
    assert "--port-file" in done.stderr


def test_a_server_shows_neither_its_admin_token_nor_the_password_of_its_address():
    server = RightServer("http://user:secret-1@mock.test", admin_token="secret-2")
    assert "secret-2" not in repr(server)
    assert "secret-1" not in server.shown


def test_the_right_server_is_taken(mock):
    done = invoke(wait, "--url", mock.url, "--account", mock.ad_account_id)
    assert (done.exit_code, done.output) == (0, f"mockpin ready {mock.url}\n")


def test_a_port_file_leads_to_the_server_that_wrote_it(mock, tmp_path):
    (tmp_path / "port").write_text(mock.url.rpartition(":")[2] + "\n")
    done = invoke(wait, "--port-file", str(tmp_path / "port"))
    assert done.output == f"mockpin ready {mock.url}\n"


def test_the_url_may_come_from_the_configuration(mock, tmp_path):
    (tmp_path / "mockpin.toml").write_text(f'[wait]\nurl = "{mock.url}"\n')
    done = CliRunner().invoke(mockpin, ["wait", "--config", str(tmp_path / "mockpin.toml")])
    assert done.output == f"mockpin ready {mock.url}\n"


def test_a_url_on_the_command_line_goes_before_the_port_file_of_the_configuration(mock, tmp_path):
    configured = {"port_file": str(tmp_path / "none")}
    done = CliRunner().invoke(wait, ["--url", mock.url], default_map=configured)
    assert done.output == f"mockpin ready {mock.url}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_port_file_that_no_server_wrote_is_3_and_says_what_to_do(name, tmp_path):
    path = str(tmp_path / "port")
    flags = ("--timeout", "0s") if name == "wait" else ()
    done = invoke(COMMANDS[name], "--port-file", path, *flags)
    assert done.exit_code == 3
    assert f"start mockpin serve with --port-file {path}" in done.stderr


def test_a_url_and_a_port_file_exclude_each_other(mock):
    done = invoke(wait, "--url", mock.url, "--port-file", "x")
    assert done.exit_code == 2
    assert "exclude each other" in done.stderr


@pytest.mark.parametrize(
    ("text", "account"),
    [("549755885175", "549755885175"), ("549755885175=pina_x 1=y", "549755885175"), (None, None)],
)
def test_an_account_may_be_what_serve_takes(text, account):
    assert read_account(None, None, text) == account


@pytest.mark.parametrize("text", ["", "pina_secret", "x=1"])
def test_what_is_not_an_account_is_refused_without_repeating_it(text):
    with pytest.raises(click.BadParameter) as caught:
        read_account(None, None, text)
    assert "pina_secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ([], "no ad account"),
        (["1"], "the ad account 1"),
        (["1", "2"], "the ad accounts 1, 2"),
        (["1", "2", "3", "4"], "the ad accounts 1, 2, 3 and 1 more"),
    ],
)
def test_accounts_are_named_up_to_three(ids, words):
    assert name_accounts(ids) == words


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    with Serving(tmp_path_factory.mktemp("guarded"), "--admin-token", "right") as serving:
        yield serving


@pytest.mark.parametrize("command", ["expect", "report"])
@pytest.mark.parametrize("given", [(), ("--admin-token", "wrong")])
def test_a_wrong_or_missing_admin_token_exits_with_2_and_says_what_to_give(guarded, capsys, command, given):
    assert run([command, "--url", guarded.url, *given]) == 2
    assert UNAUTHORIZED in capsys.readouterr().err


def test_a_device_is_no_port_file():
    with pytest.raises(ServerUnreachable, match="No server is running that wrote /dev/zero"):
        read_port_file(Path("/dev/zero"))
