"""Count findings by rule, with examples of the events that have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from mockpin.observations.rule import ExamplePlace
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record

MAX_EXAMPLES = 5


@dataclass(frozen=True)
class FindingFigures:
    """The findings of one rule and severity: how many events have one, and where the first ones are."""

    rule: str
    severity: str
    events: int
    message: str
    fix: str
    examples: tuple[ExamplePlace, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as a JSON object."""
        return {**vars(self), "examples": [example.number for example in self.examples]}


def count_findings(records: Iterable[Record]) -> tuple[FindingFigures, ...]:
    """Count findings by rule and severity, most severe and most frequent first. Examples keep their order."""
    seen: dict[tuple[str, str], dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for record in records:
        for finding in record["findings"]:
            seen[finding["rule"], finding["severity"]].setdefault(record["seq"], finding)
    figures = (_describe(rule, severity, events) for (rule, severity), events in seen.items())
    return tuple(
        sorted(
            figures, key=lambda finding: (SEVERITIES.index(finding.severity), -finding.events, finding.rule)
        )
    )


def _describe(rule: str, severity: str, events: Mapping[int, Mapping[str, Any]]) -> FindingFigures:
    first = next(iter(events.values()))
    examples = tuple(ExamplePlace(event=seq) for seq in islice(events, MAX_EXAMPLES))
    return FindingFigures(rule, severity, len(events), first["message"], first["fix"], examples)
