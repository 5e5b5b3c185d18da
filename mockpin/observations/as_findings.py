"""Observations over the events of files, as findings that a report lists among the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mockpin.observations.limits import read_limits
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin_validator.archive import PlacedFinding
from mockpin_validator.archive.tally import make_mistake
from mockpin_validator.judging.finding import Finding

if TYPE_CHECKING:
    from mockpin.observations.limits import Limits
    from mockpin.observations.rule import Observation
    from mockpin_validator.archive import Tally
    from mockpin_validator.judging.finding import Severity
    from mockpin_validator.judging.rule import Profile

#: Observations that only count what the report counts already, that are about a delivery, or about what a file need
#: not hold.
LEFT_OUT = (
    "event-failed",
    "event-failed-first",
    "event-refused",
    "event-refused-first",
    "event-not-retried",
    "checkout-never-reported",
)


def read_file_limits(
    table: Mapping[str, Any], profile: Profile, severities: Mapping[str, Severity | None]
) -> Limits:
    """The limits for a report on files: as `read_limits`, without observations that it does not need.

    The profile strict makes errors of warnings whose severity is set nowhere. Raises LimitInvalid.
    """
    warnings = [name for name, rule in OBSERVATION_RULES.items() if rule.severity == "warning"]
    own: Mapping[str, Severity] = dict.fromkeys(warnings if profile == "strict" else (), "error")
    left_out = dict.fromkeys(name for name in LEFT_OUT if name not in table)
    return read_limits(table, {**own, **severities, **left_out})


def add_observations(tally: Tally, observations: Sequence[Observation], files: Sequence[str]) -> Tally:
    """The tally with observations among its findings, each counted by its events."""
    mistakes, findings = Counter(tally.mistakes), [*tally.findings]
    for observation in observations:
        placed = place_observation(observation, files)
        mistakes[make_mistake(placed[0].file, placed[0].finding)] += max(observation.events, len(placed))
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
