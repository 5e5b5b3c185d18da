"""Commands that a message tells the user to run, with the options that he gave."""

import shlex
from collections.abc import Collection, Iterator

import click
from click.core import ParameterSource

#: What stands for a value that no screen or log should show.
_HIDDEN = {"token": "TOKEN", "admin_token": "TOKEN"}


def write_command(ctx: click.Context, files: str, *, without: Collection[str] = ()) -> str:
    """The command line of a context for other files, its options as they were given but for tokens."""
    words = [word for name in options_given(ctx) if name not in without for word in _spell(ctx, name)]
    return " ".join(["mockpin", str(ctx.info_name), shlex.quote(files), *words])


def options_given(ctx: click.Context) -> Iterator[str]:
    """The names of the options that stand on the command line."""
    for param in ctx.command.params:
        name = str(param.name)
        if isinstance(param, click.Option) and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            yield name


def _spell(ctx: click.Context, name: str) -> Iterator[str]:
    """One option as it is written, once for each of its values."""
    (option,) = (each for each in ctx.command.params if each.name == name)
    flag, value = max(option.opts, key=len), ctx.params.get(name)
    if isinstance(option, click.Option) and option.is_flag:
        yield flag
        return
    for each in value if isinstance(value, tuple) else (value,):
        yield from (flag, _HIDDEN.get(name) or shlex.quote(str(each)))
