"""How commands make observations: the settings of mockpin.toml, the engine, and the facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mockpin.cli.shared.configuration_file import FILE
from mockpin.cli.shared.errors import InputUnreadable, WorkFailed
from mockpin.cli.shared.severities import find_configured_severities

if TYPE_CHECKING:
    import click

    from mockpin.observations.limits import Limits
    from mockpin.observations.relation import Facts
    from mockpin_validator.judging.rule import Profile


@contextmanager
def open_facts(engine: str, memory_mb: int | None) -> Iterator[Facts]:
    """An empty relation in an engine of that name.

    Raises InputUnreadable where the engine's packages are missing, and WorkFailed for a full disk.
    """
    from mockpin.observations.engines.engine import EngineFailed, EngineMissing, open_engine
    from mockpin.observations.relation import Facts

    try:
        with Facts(open_engine(engine, memory_mb)) as facts:
            yield facts
    except EngineMissing as error:
        raise InputUnreadable(str(error)) from None
    except EngineFailed as error:
        raise WorkFailed(str(error)) from error


def configured_limits(ctx: click.Context, *, files_as: Profile | None = None) -> Limits:
    """The limits that the configuration file of a command sets. Raises InputUnreadable.

    With a profile, they are for a report on files.
    """
    from mockpin.observations.as_findings import read_file_limits
    from mockpin.observations.limits import LimitInvalid, read_limits

    severities = find_configured_severities(ctx)
    said = ctx.meta.get("mockpin.config", {}).get("observations", {})
    try:
        return read_file_limits(said, files_as, severities) if files_as else read_limits(said, severities)
    except LimitInvalid as error:
        raise InputUnreadable(f"[observations] of {ctx.meta.get('mockpin.file', FILE)}: {error}") from None
