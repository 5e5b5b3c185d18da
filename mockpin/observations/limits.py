"""How a rule over many events may be set: its severity, its smallest number of events, its threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.observations.rules import OBSERVATION_RULES
from mockpin_validator.contract.spelling import suggest
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from mockpin.observations.rule import ObservationRule
    from mockpin_validator.judging.finding import Severity

OFF = "off"
MEMBERS = ("severity", "least", "threshold")


class LimitInvalid(ValueError):
    """A setting of an observation that cannot be: the sentence says which, and what it takes."""


@dataclass(frozen=True)
class ObservationLimit:
    """What is set of one rule; None where its default holds. A severity of None turns the rule off."""

    severity: Severity | str | None = None
    least: int | None = None
    threshold: float | None = None


@dataclass(frozen=True)
class Limits:
    """What is set of the rules, by their names."""

    by_rule: Mapping[str, ObservationLimit] = field(default_factory=dict)

    def severity_of(self, rule: ObservationRule) -> Severity | None:
        """The severity that the rule has; None where it is turned off."""
        chosen = self.by_rule.get(rule.name, ObservationLimit()).severity
        if chosen == OFF:
            return None
        return next((severity for severity in SEVERITIES if severity == chosen), rule.severity)

    def fill_in(self, rule: ObservationRule) -> str:
        """The rule's query with its numbers."""
        limit = self.by_rule.get(rule.name, ObservationLimit())
        least = rule.least if limit.least is None else limit.least
        threshold = rule.threshold if limit.threshold is None else limit.threshold
        # As binary as Python's: DuckDB and Spark would read 0.55 as a decimal.
        return rule.query.format(least=least, threshold=f"CAST({threshold} AS DOUBLE)")


def read_limits(table: Mapping[str, Any], severities: Mapping[str, Severity | None] | None = None) -> Limits:
    """The limits of a table such as `{"seen-by-tag-only": {"threshold": 0.3}}`. Raises LimitInvalid.

    `severities` hold where the table sets none (None: turned off); those of other rules are passed over.
    """
    members: dict[str, Any] = {
        name: {"severity": severity or OFF}
        for name, severity in (severities or {}).items()
        if name in OBSERVATION_RULES
    }
    for name, said in table.items():
        members[name] = {**members.get(name, {}), **said} if isinstance(said, dict) else said
    return Limits({name: _read_limit(name, said) for name, said in members.items()})


def _read_limit(name: str, said: Any) -> ObservationLimit:
    if name not in OBSERVATION_RULES:
        raise LimitInvalid(f"No observation {name!r}; {suggest(name, OBSERVATION_RULES)}")
    members = {"severity": said} if isinstance(said, str) else said
    if not isinstance(members, dict):
        raise LimitInvalid(
            f"{name} cannot be {said!r}: it takes a severity, or a table of {', '.join(MEMBERS)}."
        )
    for member, value in members.items():
        _check(OBSERVATION_RULES[name], member, value)
    return ObservationLimit(**members)


def _check(rule: ObservationRule, member: str, value: Any) -> None:
    if member not in MEMBERS:
        raise LimitInvalid(f"{rule.name} has no {member!r}; {suggest(member, MEMBERS)}")
    if member == "threshold" and rule.threshold is None:
        raise LimitInvalid(f"{rule.name} has no threshold: one event proves it.")
    accepts, takes = _VALUES[member]
    if not accepts(value):
        raise LimitInvalid(f"{rule.name}: {member} cannot be {value!r}: it takes {takes}.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_VALUES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "severity": (lambda value: value in (*SEVERITIES, OFF), f"one of {', '.join((*SEVERITIES, OFF))}"),
    "least": (lambda value: type(value) is int and value >= 1, "a whole number from 1"),
    "threshold": (lambda value: _is_number(value) and 0 < value <= 1, "a share above 0 and up to 1"),
}
