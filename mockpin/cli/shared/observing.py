"""How commands make observations: the settings of mockpin.toml, the engine, and the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mockpin.cli.shared.configuration_file import FILE
from mockpin.cli.shared.errors import InputUnreadable, WorkFailed
from mockpin.cli.shared.severities import severities_of

if TYPE_CHECKING:
    import click

    from mockpin.observations.as_findings import Observing
    from mockpin.observations.limits import Limits
    from mockpin.observations.relation import Facts
    from mockpin_validator.judging.finding import Severity


def read_observing(
    table: Mapping[str, Any], *, profile: str, severities: Mapping[str, Severity | None]
) -> Observing:
    """The settings of a table `[observations]`. Raises InputUnreadable."""
    from mockpin.observations.as_findings import Observing, leave_out
    from mockpin.observations.limits import LimitInvalid, read_limits

    try:
        limits = read_limits(table)
    except LimitInvalid as error:
        raise InputUnreadable(f"[observations]: {error}") from None
    return Observing(leave_out(limits), profile, severities)


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


def configured_limits(ctx: click.Context) -> Limits:
    """The limits that the configuration file of a command sets. Raises InputUnreadable."""
    from mockpin.observations.limits import OFF, LimitInvalid, read_limits
    from mockpin.observations.rules import OBSERVATION_RULES

    table: dict[str, Any] = {
        rule: {"severity": severity or OFF}
        for rule, severity in severities_of(ctx).items()
        if rule in OBSERVATION_RULES
    }
    file = ctx.meta.get("mockpin.file", FILE)
    said = ctx.meta.get("mockpin.config", {}).get("observations", {})
    try:
        for rule, limit in said.items():
            table[rule] = {**table.get(rule, {}), **limit} if isinstance(limit, dict) else limit
        return read_limits(table)
    except LimitInvalid as error:
        raise InputUnreadable(f"[observations] of {file}: {error}") from None
