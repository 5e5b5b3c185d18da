"""A time on the command line: ISO 8601 or Unix seconds."""

import re

import click

from mockpin.moments import read_iso

#: Unix seconds, up to the year 5138.
_SECONDS = re.compile(r"[0-9]{1,11}(\.[0-9]+)?")


def read_instant(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float | None:
    """Unix seconds of a time; one without an offset is in UTC. `click.BadParameter` for what is no time."""
    if value is None:
        return None
    try:
        return float(value) if _SECONDS.fullmatch(value) else read_iso(value)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{value!r} is no time: write 2026-03-01T12:00:00Z or Unix seconds such as 1772366400."
        ) from None
