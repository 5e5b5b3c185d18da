"""Observations over the events of files, as findings that a report lists among the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mockpin.observations.limits import Limits, ObservationLimit
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin_validator.archive import PlacedFinding
from mockpin_validator.archive.tally import mistake_of
from mockpin_validator.judging.finding import Finding

if TYPE_CHECKING:
    from mockpin.observations.rule import Observation
    from mockpin_validator.archive import Tally
    from mockpin_validator.judging.finding import Severity

#: Observations that only count what the report counts already, or that are about a delivery.
LEFT_OUT = (
    "event-failed",
    "event-failed-first",
    "event-refused",
    "event-refused-first",
    "event-not-retried",
)


@dataclass(frozen=True)
class Observing:
    """How to observe: the limits of the rules, and the severities that replace theirs (None: left out)."""

    limits: Limits
    profile: str = "faithful"
    severities: Mapping[str, Severity | None] = field(default_factory=dict)

    def apply(self, observations: Iterable[Observation]) -> tuple[Observation, ...]:
        """The observations with their severities in this run, without those that are turned off."""
        severities = ((observation, self.severity_of(observation)) for observation in observations)
        return tuple(
            replace(observation, severity=severity) for observation, severity in severities if severity
        )

    def severity_of(self, observation: Observation) -> Severity | None:
        """The severity of an observation in this run: what the limits say of the rule goes first."""
        if self.limits.by_rule.get(observation.rule, ObservationLimit()).severity:
            return observation.severity
        if observation.rule in self.severities:
            return self.severities[observation.rule]
        is_strict = self.profile == "strict" and observation.severity == "warning"
        return "error" if is_strict else observation.severity


def leave_out(limits: Limits) -> Limits:
    """The limits without the observations that a report on files does not need."""
    return Limits({**dict.fromkeys(LEFT_OUT, ObservationLimit(severity="off")), **limits.by_rule})


def add_observations(tally: Tally, observations: Sequence[Observation], files: Sequence[str]) -> Tally:
    """The tally with observations among its findings, each counted by its events."""
    mistakes, findings = Counter(tally.mistakes), [*tally.findings]
    for observation in observations:
        placed = place_observation(observation, files)
        mistakes[mistake_of(placed[0].file, placed[0].finding)] += max(observation.events, len(placed))
        findings += placed
    return replace(tally, mistakes=mistakes, findings=tuple(findings))


def place_observation(observation: Observation, files: Sequence[str]) -> list[PlacedFinding]:
    """A finding at each example of an observation; one without a line where there is none."""
    finding = describe(observation)
    placed = [
        PlacedFinding(example.file or files[0], replace(finding, line=example.line))
        for example in observation.examples
    ]
    return placed or [PlacedFinding(files[0], finding)]


def describe(observation: Observation) -> Finding:
    """An observation as a finding, with the source of its rule."""
    rule = OBSERVATION_RULES[observation.rule]
    return Finding(
        rule.name,
        observation.severity,
        "",
        observation.sentence,
        observation.fix,
        rule.source,
        rule.documented,
    )
