"""Options that exclude each other: what stands on the command line beats environment and mockpin.toml."""

import click
from click.core import ParameterSource


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
