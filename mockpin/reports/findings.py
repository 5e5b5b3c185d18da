"""How often a rule spoke, and of which events."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockpin.expectations.matching import Record

EXAMPLES = 5


@dataclass(frozen=True)
class FindingFigures:
    """The findings of one rule and severity: how many events have one, and the `seq` of the first of them."""

    rule: str
    severity: str
    events: int
    message: str
    fix: str
    examples: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The figures by their names."""
        return {**vars(self), "examples": list(self.examples)}


def count_findings(records: Iterable[Record]) -> tuple[FindingFigures, ...]:
    """The findings by rule and severity, the worst and most frequent first, the examples as given."""
    seen: dict[tuple[str, str], dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for record in records:
        for finding in record["findings"]:
            seen[finding["rule"], finding["severity"]].setdefault(record["seq"], finding)
    figures = (_describe(rule, severity, found) for (rule, severity), found in seen.items())
    return tuple(sorted(figures, key=lambda each: (SEVERITIES.index(each.severity), -each.events, each.rule)))


def _describe(rule: str, severity: str, found: Mapping[int, Mapping[str, Any]]) -> FindingFigures:
    first = next(iter(found.values()))
    return FindingFigures(rule, severity, len(found), first["message"], first["fix"], tuple(found)[:EXAMPLES])
