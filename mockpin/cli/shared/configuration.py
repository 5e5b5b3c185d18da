"""Every option's other sources: the environment (`MOCKPIN_PORT` for `--port`) and `mockpin.toml`.

A flag beats the environment, which beats the file, which beats the default.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from mockpin.cli.shared.configuration_file import FILE, MisfitFound, check_value, read_config
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.parameters import FILE_PATH
from mockpin_validator.contract.spelling import suggest

#: The variable of every --format, and the formats that some command has.
FORMAT_VARIABLE = "MOCKPIN_FORMAT"
FORMATS = ("text", "json", "junit", "sarif", "github", "html")


def configured(command: click.Command, *, table: str) -> click.Command:
    """The command, its options given their variables and a `--config` that reads its table."""
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            configured(subcommand, table=table)
    elif not any(param.name == "config" for param in command.params):
        command.params.append(config_option(command, table))
        name_variables(command)
    return command


def name_variables(command: click.Command) -> None:
    """Give each option the environment variable of its flag.

    A format of reports that another command has is not a mistake: it does not concern this one.
    """
    for param in command.params:
        if isinstance(param, click.Option) and param.envvar is None:
            variable = f"MOCKPIN_{flag_of(param).upper().replace('-', '_')}"
            if variable != FORMAT_VARIABLE or not holds_foreign_format(param):
                param.envvar = variable


def holds_foreign_format(option: click.Option) -> bool:
    """Whether the variable for formats holds one that only other commands have."""
    value = os.environ.get(FORMAT_VARIABLE)
    return isinstance(option.type, click.Choice) and value in FORMATS and value not in option.type.choices


def flag_of(option: click.Option) -> str:
    """The longest spelling of an option without its dashes, such as `port-file`."""
    return max(option.opts, key=len).lstrip("-")


def config_option(command: click.Command, table: str) -> click.Option:
    """An eager `--config` that lays the file's table under the command's defaults."""

    def read(ctx: click.Context, _param: click.Parameter, path: Path | None) -> Path | None:
        values = read_config(path)
        ctx.meta["mockpin.config"] = values
        ctx.meta["mockpin.file"] = file = path or FILE
        ctx.meta["mockpin.place"] = place = f"[{table}] of {file}"
        ctx.default_map = known_options(values.get(table, {}), command, place)
        return path

    return click.Option(
        ["--config"],
        type=FILE_PATH,
        is_eager=True,
        expose_value=False,
        callback=read,
        help=f"A TOML file of defaults; without it, {FILE} of this folder if there is one.",
    )


def known_options(values: dict[str, Any], command: click.Command, place: str) -> dict[str, Any]:
    """The table by parameter name, its values as the command line has them. Raises InputUnreadable."""
    options = {flag_of(param): param for param in command.params if isinstance(param, click.Option)}
    known: dict[str, Any] = {}
    for key, value in values.items():
        option = options.get(key.replace("_", "-"))
        if option is None:
            hint = suggest(key, options, f"`mockpin {command.name} --help` lists them.")
            raise InputUnreadable(f"{place} has {key!r}, which is not an option of the command; {hint}")
        try:
            known[str(option.name)] = check_value(value, multiple=option.multiple)
        except MisfitFound as misfit:
            raise InputUnreadable(f"{place}: {key} {misfit}.") from None
    return known


def name_origin(error: click.BadParameter) -> None:
    """Let the error name the variable or the file's key that the bad value came from, if no flag gave it."""
    if error.ctx is not None and isinstance(error.param, click.Option):
        error.param_hint = origin_of(error.ctx, error.param) or error.param_hint


def origin_of(ctx: click.Context, option: click.Option) -> str | None:
    """The variable or the file's key that an option has its value from; None if a flag or nothing gave it."""
    source = ctx.get_parameter_source(str(option.name))
    if source is ParameterSource.ENVIRONMENT:
        return f"{variable_of(option)} (of the environment)"
    if source is ParameterSource.DEFAULT_MAP:
        return f"{flag_of(option)} in {ctx.meta['mockpin.place']}"
    return None


def given_among(ctx: click.Context, names: Iterable[str]) -> str | None:
    """The first of some options that has a value other than by default, as the user wrote it."""
    options = {option.name: option for option in ctx.command.params if isinstance(option, click.Option)}
    given = next(
        (name for name in names if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT), None
    )
    return given and (origin_of(ctx, options[given]) or f"--{flag_of(options[given])}")


def variable_of(option: click.Option) -> str:
    """The variable that gave an option its value."""
    names = [option.envvar] if isinstance(option.envvar, str) else option.envvar or ()
    return next((name for name in names if name in os.environ), flag_of(option))


def overrules(ctx: click.Context, one: str, other: str) -> bool:
    """Whether the first of two options that were both given is the one that holds.

    A flag beats a variable, which beats the file, which beats a default. UsageError if they are equal.
    """
    first, second = (_RANKS.index(ctx.get_parameter_source(name)) for name in (one, other))
    if first == second:
        flags = " and ".join(f"--{name.replace('_', '-')}" for name in (one, other))
        raise click.UsageError(f"{flags} exclude each other: give one of them.")
    return first < second


#: From the strongest down.
_RANKS: tuple[ParameterSource | None, ...] = (
    ParameterSource.COMMANDLINE,
    ParameterSource.ENVIRONMENT,
    ParameterSource.DEFAULT_MAP,
    ParameterSource.DEFAULT,
    None,
)
