"""Commands that a message tells the user to run."""

import click
from click.testing import CliRunner

from mockpin.cli.shared.hints import write_command


@click.command("send")
@click.option("--to")
@click.option("--token")
@click.option("--tag", multiple=True)
@click.option("--test", is_flag=True)
@click.option("--failed", default="x")
@click.pass_context
def send(ctx, /, **_):
    click.echo(write_command(ctx, "my file.jsonl", without={"failed"}))


def test_options_are_repeated_as_they_were_given():
    given = ["--to", "http://a b", "--tag", "1", "--tag", "2", "--test", "--failed", "y"]
    said = CliRunner(env={"TOKEN": "secret"}).invoke(send, given).stdout
    assert said == "mockpin send 'my file.jsonl' --to 'http://a b' --tag 1 --tag 2 --test\n"


def test_a_token_is_not_repeated():
    assert (
        CliRunner().invoke(send, ["--token", "secret"]).stdout
        == "mockpin send 'my file.jsonl' --token TOKEN\n"
    )
