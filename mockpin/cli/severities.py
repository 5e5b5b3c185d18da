"""The table [rules] of mockpin.toml: how much single rules matter to this project."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from mockpin.cli.errors import InputUnreadable

if TYPE_CHECKING:
    from validator.finding import Severity

WORDS: dict[str, Severity | None] = {"error": "error", "warning": "warning", "info": "info", "off": None}


def read_severities(table: dict[str, Any]) -> dict[str, Severity | None]:
    """Rule -> severity (None: off). `InputUnreadable` for a rule or a word that is not known."""
    return {rule: read_severity(rule, word) for rule, word in table.items()}


def read_severity(rule: str, word: Any) -> Severity | None:
    """One line of the table."""
    from mockpin.rules import ROWS  # noqa: PLC0415 - loaded when first needed
    from validator.rule import DocumentRule  # noqa: PLC0415 - as above

    if rule not in ROWS:
        near = get_close_matches(rule, ROWS, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; mockpin explain lists them."
        raise InputUnreadable(f"[rules] of mockpin.toml names {rule}, which is no rule{hint}")
    if not isinstance(word, str) or word not in WORDS:
        raise InputUnreadable(f"[rules] {rule} is {word!r}; write one of {', '.join(WORDS)}.")
    row = ROWS[rule]
    if isinstance(row, DocumentRule) and row.fixed:
        raise InputUnreadable(f"[rules] {rule} cannot be changed: nothing is known of what cannot be read.")
    return WORDS[word]
