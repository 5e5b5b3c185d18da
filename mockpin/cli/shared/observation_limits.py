"""The tables [observations] and [rules] of mockpin.toml, as they concern rules over many events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockpin.cli.shared.configuration_file import FILE
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.severities import severities_of

if TYPE_CHECKING:
    import click

    from mockpin.observations.limits import Limits


def limits_of(ctx: click.Context) -> Limits:
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
