"""Observations over the events of files, as findings that a report lists among the others."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mockpin.cli.shared.errors import InputUnreadable, WorkFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mockpin.observations.limits import Limits
    from mockpin.observations.relation import Facts
    from mockpin.observations.rule import Observation
    from mockpin_validator.archive import PlacedFinding, Tally
    from mockpin_validator.judging.finding import Finding, Severity

#: Observations that only count what the report counts already, or that are about a delivery.
LEFT_OUT = (
    "event-failed",
    "event-failed-first",
    "event-refused",
    "event-refused-first",
    "event-not-retried",
    "warning-on-nearly-all",
    "info-on-nearly-all",
)


@dataclass(frozen=True)
class Observing:
    """How to observe: the limits of the rules, and the severities that replace theirs (None: left out)."""

    limits: Limits
    profile: str = "faithful"
    severities: Mapping[str, Severity | None] = field(default_factory=dict)

    def severity_of(self, observation: Observation) -> Severity | None:
        """The severity of an observation in this run."""
        if observation.rule in self.severities:
            return self.severities[observation.rule]
        is_strict = self.profile == "strict" and observation.severity == "warning"
        return "error" if is_strict else observation.severity


def read_observing(
    table: Mapping[str, Any], *, profile: str, severities: Mapping[str, Severity | None]
) -> Observing:
    """The settings of a table `[observations]`. Raises InputUnreadable."""
    from mockpin.observations.limits import LimitInvalid, Limits, ObservationLimit, read_limits

    try:
        limits = read_limits(table)
    except LimitInvalid as error:
        raise InputUnreadable(f"[observations]: {error}") from None
    off = dict.fromkeys(LEFT_OUT, ObservationLimit(severity="off"))
    return Observing(Limits({**off, **limits.by_rule}), profile, severities)


@contextmanager
def open_facts(engine: str, memory_mb: int | None) -> Iterator[Facts]:
    """An empty relation in an engine of that name.

    Raises InputUnreadable where the engine's packages are missing, and WorkFailed for a full disk.
    """
    from mockpin.observations.engines.engine import EngineFailed, EngineMissing
    from mockpin.observations.engines.opening import open_engine
    from mockpin.observations.relation import Facts

    try:
        with Facts(open_engine(engine, memory_mb)) as facts:
            yield facts
    except EngineMissing as error:
        raise InputUnreadable(str(error)) from None
    except EngineFailed as error:
        raise WorkFailed(str(error)) from error


def make_facts() -> Any:
    """A function that makes the fact of an event, for every process of this run."""
    from mockpin.observations.in_files import FileFacts

    return FileFacts(key=os.urandom(16))


def add_observations(
    tally: Tally, observations: Sequence[Observation], observing: Observing, files: Sequence[str]
) -> Tally:
    """The tally with the observations among its findings, each counted by its events."""
    from mockpin_validator.archive.tally import mistake_of

    mistakes, findings = Counter(tally.mistakes), [*tally.findings]
    for observation in observations:
        severity = observing.severity_of(observation)
        if severity:
            placed = place_observation(observation, severity, files)
            mistakes[mistake_of(placed[0].file, placed[0].finding)] += max(observation.events, len(placed))
            findings += placed
    return replace(tally, mistakes=mistakes, findings=tuple(findings))


def place_observation(
    observation: Observation, severity: Severity, files: Sequence[str]
) -> list[PlacedFinding]:
    """A finding at each example of an observation; one without a line where there is none."""
    from mockpin_validator.archive import PlacedFinding

    finding = describe(observation, severity)
    placed = [
        PlacedFinding(each.file or files[0], replace(finding, line=each.line))
        for each in observation.examples
    ]
    return placed or [PlacedFinding(files[0], finding)]


def describe(observation: Observation, severity: Severity) -> Finding:
    """An observation as a finding, with the source of its rule."""
    from mockpin.observations.rules import OBSERVATION_RULES
    from mockpin_validator.judging.finding import Finding

    rule = OBSERVATION_RULES[observation.rule]
    return Finding(
        rule.name, severity, "", observation.sentence, observation.fix, rule.source, rule.documented
    )
