"""The table [rules] of mockpin.toml: how much single rules matter to this project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockpin.cli.shared.configuration_file import FILE
from mockpin.cli.shared.errors import InputUnreadable
from mockpin_validator.contract.spelling import suggest

if TYPE_CHECKING:
    import click

    from mockpin_validator.judging.finding import Severity

WORDS: dict[str, Severity | None] = {"error": "error", "warning": "warning", "info": "info", "off": None}


def find_configured_severities(ctx: click.Context) -> dict[str, Severity | None]:
    """The severities that a command's configuration file sets, by rule; empty without a file."""
    file = ctx.meta.get("mockpin.file", FILE)
    return read_severities(ctx.meta.get("mockpin.config", {}).get("rules", {}), f"[rules] of {file}")


def read_severities(table: dict[str, Any], place: str) -> dict[str, Severity | None]:
    """Rule -> severity (None: off). `InputUnreadable`, naming the place, for an unknown rule or word."""
    return {rule: read_severity(rule, word, place) for rule, word in table.items()}


def read_severity(rule: str, word: Any, place: str) -> Severity | None:
    """One line of the table."""
    from mockpin.rules import ROWS
    from mockpin_validator.judging.rule import DocumentRule

    if rule not in ROWS:
        hint = suggest(rule, ROWS, "`mockpin explain` lists them.")
        raise InputUnreadable(f"{place} names {rule}, which is not a rule; {hint}")
    if not isinstance(word, str) or word not in WORDS:
        raise InputUnreadable(f"{place}: {rule} is {word!r}; write one of {', '.join(WORDS)}.")
    row = ROWS[rule]
    if isinstance(row, DocumentRule) and row.fixed:
        raise InputUnreadable(f"{place}: {rule} cannot be changed: nothing is known of what cannot be read.")
    return WORDS[word]
