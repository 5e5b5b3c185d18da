"""What judging found, in an amount of memory that does not grow with what was judged."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, NamedTuple

from mockpin_validator.archive.excerpt import Excerpt
from mockpin_validator.archive.habits import Habits, joined
from mockpin_validator.judging.finding import Finding, Severity
from mockpin_validator.masking import mask_pointer
from mockpin_validator.match_quality.quality import Quality

#: Findings of one rule that are kept whole; the others are counted.
MOST_KEPT: Final = 1000
#: Kinds of findings told apart; what comes after them is counted without its place.
MOST_KINDS: Final = 10_000
_INDEX: Final = re.compile(r"/\d+(?=/|$)")


class Kind(NamedTuple):
    """What findings are counted by: their file, rule and severity, and their path without its numbers."""

    file: str
    rule: str
    severity: Severity
    path: str


def kind_of(file: str, finding: Finding) -> Kind:
    """What a finding is counted by."""
    return Kind(file, finding.rule, finding.severity, pattern_of(finding.path))


@lru_cache(maxsize=4096)
def pattern_of(path: str) -> str:
    """A path without its numbers."""
    return _INDEX.sub("/*", mask_pointer(path))


class Sighting(NamedTuple):
    """A finding in a file, with the line of text it is about, fit to be shown."""

    file: str
    finding: Finding
    excerpt: Excerpt | None = None


@dataclass(frozen=True)
class Tally:
    """Counts of what was read and found; two tallies of successive parts add up to that of both.

    `failed` counts the events that Pinterest would not process, `unreadable` the documents that are no JSON;
    `habits` are those of the file that is being read.
    """

    lines: int = 0
    size: int = 0
    events: int = 0
    failed: int = 0
    unreadable: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)
    sightings: tuple[Sighting, ...] = ()
    quality: Quality = field(default_factory=Quality)
    habits: Habits = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        """Both together; of each rule the first sightings are kept."""
        return Tally(
            lines=self.lines + other.lines,
            size=self.size + other.size,
            events=self.events + other.events,
            failed=self.failed + other.failed,
            unreadable=self.unreadable + other.unreadable,
            kinds=limited(self.kinds + other.kinds),
            sightings=tuple(kept((*self.sightings, *other.sightings))) if other.sightings else self.sightings,
            quality=(self.quality + other.quality).limited(),
            habits=joined(self.habits, other.habits),
        )

    def shifted(self, lines: int) -> "Tally":
        """The same, found that many lines further down."""
        return (
            replace(self, sightings=tuple(moved(each, lines) for each in self.sightings)) if lines else self
        )

    def count(self, severity: Severity) -> int:
        """How many findings of a severity there are."""
        return sum(count for kind, count in self.kinds.items() if kind.severity == severity)

    def of_rules(self, file: str) -> Counter[str]:
        """Rule -> how many findings it has in one file."""
        counts: Counter[str] = Counter()
        for kind, count in self.kinds.items():
            counts[kind.rule] += count if kind.file == file else 0
        return counts

    def rules(self) -> dict[str, dict[str, int]]:
        """Rule -> severity -> how many findings."""
        counts: dict[str, dict[str, int]] = {}
        for kind, count in self.kinds.items():
            of_rule = counts.setdefault(kind.rule, {})
            of_rule[kind.severity] = of_rule.get(kind.severity, 0) + count
        return dict(sorted(counts.items()))


def kept(sightings: Iterable[Sighting], most: int = MOST_KEPT) -> Iterator[Sighting]:
    """The first sightings of each rule."""
    seen: Counter[str] = Counter()
    for each in sightings:
        seen[each.finding.rule] += 1
        if seen[each.finding.rule] <= most:
            yield each


def limited(kinds: Counter[Kind]) -> Counter[Kind]:
    """Counts by kind; when there are too many kinds, by file, rule and severity alone."""
    if len(kinds) <= MOST_KINDS:
        return kinds
    coarse: Counter[Kind] = Counter()
    for kind, count in kinds.items():
        coarse[kind._replace(path="")] += count
    return coarse


def moved(sighting: Sighting, lines: int) -> Sighting:
    """A sighting that many lines further down."""
    finding = sighting.finding
    return (
        sighting
        if finding.line is None
        else sighting._replace(finding=replace(finding, line=finding.line + lines))
    )
