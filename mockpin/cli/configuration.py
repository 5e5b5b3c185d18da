"""Every option's other sources: the environment (`MOCKPIN_PORT` for `--port`) and `mockpin.toml`.

A flag beats the environment, which beats the file, which beats the default.
"""

import tomllib
from pathlib import Path
from typing import Any

import click

from mockpin.cli.errors import InputUnreadable

FILE = "mockpin.toml"
#: Tables that are no command's: `[rules]` sets a rule's severity for `mockpin validate`.
SHARED_TABLES = ("rules",)


def configured(command: click.Command, *, table: str) -> click.Command:
    """The command, its options given their variables and a `--config` that reads its table."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            configured(each, table=table)
    elif not any(param.name == "config" for param in command.params):
        command.params.append(config_option(command, table))
        name_variables(command)
    return command


def name_variables(command: click.Command) -> None:
    """Give each option the environment variable of its flag."""
    for param in command.params:
        if isinstance(param, click.Option) and param.envvar is None:
            param.envvar = f"MOCKPIN_{flag_of(param).upper().replace('-', '_')}"


def flag_of(option: click.Option) -> str:
    """The longest spelling of an option without its dashes, such as `port-file`."""
    return max(option.opts, key=len).lstrip("-")


def config_option(command: click.Command, table: str) -> click.Option:
    """An eager `--config` that lays the file's table under the command's defaults."""

    def read(ctx: click.Context, _param: click.Parameter, path: Path | None) -> Path | None:
        values = read_config(path)
        ctx.meta["mockpin.config"] = values
        ctx.default_map = known_options(values.get(table, {}), command, table)
        return path

    return click.Option(
        ["--config"],
        type=click.Path(path_type=Path, dir_okay=False),
        is_eager=True,
        expose_value=False,
        callback=read,
        help=f"Defaults in TOML; {FILE} of this folder if there is one.",
    )


def read_config(path: Path | None) -> dict[str, Any]:
    """The tables of a configuration file; none when no file was named and the folder has none."""
    if path is None and not Path(FILE).is_file():
        return {}
    path = path or Path(FILE)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputUnreadable(f"{path} cannot be read as TOML: {error}.") from error


def known_options(values: dict[str, Any], command: click.Command, table: str) -> dict[str, Any]:
    """The table by parameter name; a key that no option has is the user's slip and is named."""
    names = {flag_of(param): param.name for param in command.params if isinstance(param, click.Option)}
    named = {key: names.get(key.replace("_", "-")) for key in values}
    unknown = [key for key, name in named.items() if name is None]
    if unknown:
        raise InputUnreadable(f"[{table}] has {unknown[0]!r}, which no option of mockpin {table} is called.")
    return {str(named[key]): value for key, value in values.items()}
