"""Rules whose warnings one reason sums up, and what to do about each."""

from collections.abc import Sequence
from typing import Any

#: Rules that one reason names at most, the most frequent first.
MAX_RULES = 4


def list_rules(warned: Sequence[Any]) -> str:
    """The names of rules, each with its number of events."""
    rules = ", ".join(f"{finding.rule} ({finding.events:,})" for finding in warned[:MAX_RULES])
    return rules + (f" and {len(warned) - MAX_RULES} more" if len(warned) > MAX_RULES else "")


def list_fixes(warned: Sequence[Any]) -> str:
    """What to do about each of the rules that `list_rules` names; about a single one, also what is wrong."""
    if len(warned) == 1:
        return f"{warned[0].message} {warned[0].fix}"
    return " ".join(f"{finding.rule}: {finding.fix}" for finding in warned[:MAX_RULES])
