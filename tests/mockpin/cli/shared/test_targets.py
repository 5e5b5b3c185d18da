"""Where a command sends to."""

import os

import click
import pytest
from click.testing import CliRunner

from mockpin.cli.shared.targets import SERVICE, confirm_target, is_asked, target_options


@click.command
@target_options(required=False)
def show(*, to, **_):
    click.echo(to)


@click.command
@target_options(required=False)
def show_sender(*, to, ad_account, token, **_):
    click.echo(f"{to} {ad_account} {token}")


def test_mockpin_s_own_variables_beat_those_that_a_sender_reads():
    senders = {
        "PINTEREST_API_URI": "http://127.0.0.1:1",
        "PINTEREST_AD_ACCOUNT_ID": "1",
        "PINTEREST_CONVERSION_TOKEN": "a",
    }
    own = {"MOCKPIN_TO": "http://127.0.0.1:2", "MOCKPIN_AD_ACCOUNT": "2", "MOCKPIN_TOKEN": "b"}
    assert CliRunner(env=senders).invoke(show_sender).stdout == "http://127.0.0.1:1 1 a\n"
    assert CliRunner(env=senders | own).invoke(show_sender).stdout == "http://127.0.0.1:2 2 b\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "pinterest"], SERVICE),
        (["--to", "http://127.0.0.1:7466/v5/"], "http://127.0.0.1:7466"),
        ([], ""),
    ],
)
def test_a_target_is_a_server_or_the_real_service(arguments, said):
    assert CliRunner(env={}).invoke(show, arguments).stdout == f"{said}\n"


@pytest.mark.parametrize(
    "url", ["https://api.pinterest.com", "https://api.pinterest.com/v5", "http://pinterest.com"]
)
def test_a_url_of_pinterest_is_not_enough(url):
    done = CliRunner().invoke(show, ["--to", url])
    assert (done.exit_code, "write --to pinterest" in done.stderr) == (2, True)


def test_a_user_name_in_the_url_is_refused_since_it_would_replace_the_token():
    done = CliRunner().invoke(show, ["--to", "http://user:pina_secret@127.0.0.1:1"])
    assert (done.exit_code, "a URL with a user name" in done.stderr) == (2, True)
    assert "pina_secret" not in done.output


@pytest.mark.parametrize("target", ["pinterest", "http://127.0.0.1:1", "https://127.0.0.1:1"])
@pytest.mark.parametrize("content", [None, "no certificate", "a pipe"])
def test_certificates_that_cannot_be_read_are_told_before_anything_is_sent(target, content, tmp_path):
    file = tmp_path / "ca.pem"
    if content == "a pipe":
        os.mkfifo(file)
    elif content:
        file.write_text(content)
    done = CliRunner(env={"SSL_CERT_FILE": str(file)}).invoke(show, ["--to", target])
    assert (done.exit_code, f"SSL_CERT_FILE ({file}) cannot be read: " in done.stderr) == (2, True)


def test_only_the_command_line_names_the_real_service():
    done = CliRunner(env={"MOCKPIN_TO": "pinterest"}).invoke(show, [])
    assert (done.exit_code, "on the command line itself" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("url", "ask", "answer", "status"),
    [
        (SERVICE, True, "n\n", 1),
        (SERVICE, True, "y\n", 0),
        (SERVICE, False, "", 0),
        ("http://127.0.0.1", True, "", 0),
    ],
)
def test_it_asks_before_the_real_service_alone(url, ask, answer, status):
    @click.command
    def send():
        confirm_target(url, "Send 1 event?", ask=ask)

    done = CliRunner().invoke(send, input=answer)
    assert (done.exit_code, "Send 1 event?" in done.stderr) == (status, bool(answer))
    assert ("Nothing was sent." in done.stderr) is bool(status)


def test_nobody_is_asked_who_is_sure():
    assert not is_asked(sure=True)
