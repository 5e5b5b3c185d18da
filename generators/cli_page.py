"""The manual of the command line, written from the commands themselves: `python -m generators.cli_page`."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from mockpin.cli import mockpin
from mockpin.cli.command_names import COMMANDS
from mockpin.cli.shared.configuration import flag_of

PREFACE = r"""
# The command line

Generated from the commands by `make docs`. Data goes to standard output, logs and progress to standard
error; `-` is standard input; `NO_COLOR` is honoured.

An option may also come from the environment (`MOCKPIN_PORT` for `--port`) or from `mockpin.toml`, in a
table named after the command (`[serve]`). A flag beats the environment, which beats the file, which beats
the default. Several values of an option that may be repeated stand in one variable, with spaces between
them. These variables differ from the rule:

- `MOCKPIN_RUN_PORT` and `MOCKPIN_RUN_STORE` are `--port` and `--store` of `mockpin run`, so that those of
  a server do not concern it.
- `PINTEREST_API_URI`, `PINTEREST_AD_ACCOUNT_ID` and `PINTEREST_CONVERSION_TOKEN` are `--to`, `--ad-account`
  and `--token` of the commands that send, where `MOCKPIN_TO` and its like are not set.
- `MOCKPIN_FORMAT` is `--format` of the commands that have this format; the others ignore it.
- `MOCKPIN_CONFIG` is `--config`, which `mockpin.toml` cannot name.

| exit status | meaning |
|---|---|
| 0 | clean |
| 1 | findings at or above `--fail-on`, or an expectation that was not met |
| 2 | usage, or input that cannot be read or parsed |
| 3 | internal, or the server cannot be reached, or the output or a file cannot be written |
| 130 | interrupted |
| 141 | the reader of the output has closed it, as in `mockpin demo \| head -2` |
"""


def manual() -> str:
    """docs/cli.md, whole."""
    context = click.Context(mockpin, info_name="mockpin")
    return (
        "\n".join([PREFACE.strip(), *(line for name in COMMANDS for line in chapter(context, name))]) + "\n"
    )


def chapter(context: click.Context, name: str) -> Iterator[str]:
    """One command: a group's commands follow one another."""
    command = mockpin.get_command(context, name)
    if isinstance(command, click.Group):
        for sub_name, subcommand in command.commands.items():
            yield from section(context, f"{name} {sub_name}", subcommand)
    elif command:
        yield from section(context, name, command)


def section(context: click.Context, name: str, command: click.Command) -> Iterator[str]:
    """Usage, help and options of one command."""
    usage = " ".join(command.collect_usage_pieces(click.Context(command, context, name)))
    yield from ("", f"## mockpin {name}", "", f"    mockpin {name} {usage}", "")
    yield cleandoc(command.help or "").replace("\b\n", "")
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    yield from ("", "| option | meaning |", "|---|---|")
    yield from (row(option, context) for option in options)


def row(option: click.Option, context: click.Context) -> str:
    """One option as a row of the table."""
    spelled, meaning = option.get_help_record(context) or (f"--{flag_of(option)}", "")
    return f"| `{spelled.replace('|', chr(92) + '|')}` | {meaning.replace('|', chr(92) + '|')} |"


if __name__ == "__main__":
    click.echo(manual(), nl=False)
