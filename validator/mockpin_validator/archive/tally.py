"""What judging found, in an amount of memory that does not grow with what was judged."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

from mockpin_validator.archive.excerpt import Excerpt
from mockpin_validator.judging.finding import Finding, Severity
from mockpin_validator.masking import mask_pointer
from mockpin_validator.match_quality.quality import Quality

#: Findings of one rule that are kept whole; the others are counted.
MOST_KEPT: Final = 1000
#: Findings that every group keeps, however many its rule has.
EXAMPLES: Final = 2
#: Groups told apart; beyond them only file, rule and severity are.
MOST_GROUPS: Final = 10_000
_INDEX: Final = re.compile(r"/\d+(?=/|$)")
_VALUE: Final = re.compile(r"'[^']*'|\"[^\"]*\"|•+")
_NUMBER: Final = re.compile(r"\d[\d.,:-]*")


class FindingGroup(NamedTuple):
    """What makes findings the same mistake: their rule, severity, path and sentences without values.

    Paths are without list indexes, sentences without numbers; `message` is also without quoted values.
    """

    file: str
    rule: str
    severity: Severity
    path: str
    message: str = ""
    fix: str = ""


def group_of(file: str, finding: Finding) -> FindingGroup:
    """The group that a finding of a file belongs to."""
    path, message, fix = generalized(finding.path, finding.message, finding.fix)
    return FindingGroup(file, finding.rule, finding.severity, path, message, fix)


@lru_cache(maxsize=4096)
def generalized(path: str, message: str, fix: str) -> tuple[str, str, str]:
    """A finding's path, message and fix without what differs from event to event."""
    said = _NUMBER.sub("…", _VALUE.sub("…", message))
    return _INDEX.sub("/*", mask_pointer(path)), said, _NUMBER.sub("…", fix)


class PlacedFinding(NamedTuple):
    """A finding in a file, with the line of text it is about, fit to be shown."""

    file: str
    finding: Finding
    excerpt: Excerpt | None = None


class KeptFindings:
    """Decides which findings are kept whole: the first of each rule, and two of every group."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._by_rule: Counter[str] = Counter()
        self._by_group: Counter[FindingGroup] = Counter()

    def keeps(self, group: FindingGroup) -> bool:
        """Whether to keep one more finding of a group; ask once for each finding."""
        self._by_rule[group.rule] += 1
        if len(self._by_group) < MOST_GROUPS or group in self._by_group:
            self._by_group[group] += 1
        few = group in self._by_group and self._by_group[group] <= min(EXAMPLES, self._most)
        return few or self._by_rule[group.rule] <= self._most


@dataclass(frozen=True)
class Tally:
    """Counts of what was read and found; two tallies of successive parts add up to that of both.

    `failed` counts the events that Pinterest would not process, `unreadable` the documents that are not
    JSON. `facts` are the rows made of the events of one part, for observations; a sum leaves them out.
    """

    lines: int = 0
    size: int = 0
    events: int = 0
    failed: int = 0
    unreadable: int = 0
    groups: Counter[FindingGroup] = field(default_factory=Counter)
    findings: tuple[PlacedFinding, ...] = ()
    quality: Quality = field(default_factory=Quality)
    facts: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    def __add__(self, other: "Tally") -> "Tally":
        """Both together; of each rule and group the first findings are kept."""
        return Tally(
            lines=self.lines + other.lines,
            size=self.size + other.size,
            events=self.events + other.events,
            failed=self.failed + other.failed,
            unreadable=self.unreadable + other.unreadable,
            groups=limited(self.groups + other.groups),
            findings=tuple(first_of((*self.findings, *other.findings))) if other.findings else self.findings,
            quality=(self.quality + other.quality).limited(),
        )

    def shifted(self, lines: int) -> "Tally":
        """The same, found that many lines further down."""
        if not lines:
            return self
        facts = tuple(each.shifted(lines) for each in self.facts)
        return replace(self, findings=tuple(moved(each, lines) for each in self.findings), facts=facts)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity there are."""
        return sum(count for group, count in self.groups.items() if group.severity == severity)

    def rules(self) -> dict[str, dict[str, int]]:
        """Rule -> severity -> how many findings."""
        counts: dict[str, dict[str, int]] = {}
        for group, count in self.groups.items():
            of_rule = counts.setdefault(group.rule, {})
            of_rule[group.severity] = of_rule.get(group.severity, 0) + count
        return dict(sorted(counts.items()))


def first_of(findings: Iterable[PlacedFinding], most: int = MOST_KEPT) -> Iterator[PlacedFinding]:
    """The first findings of each rule, and the first two of every group."""
    kept = KeptFindings(most)
    return (each for each in findings if kept.keeps(group_of(each.file, each.finding)))


def limited(groups: Counter[FindingGroup]) -> Counter[FindingGroup]:
    """Counts by group; when there are too many groups, by file, rule and severity alone."""
    if len(groups) <= MOST_GROUPS:
        return groups
    coarse: Counter[FindingGroup] = Counter()
    for group, count in groups.items():
        coarse[group._replace(path="", message="", fix="")] += count
    return coarse


def moved(placed: PlacedFinding, lines: int) -> PlacedFinding:
    """A finding that many lines further down."""
    finding = placed.finding
    return (
        placed
        if finding.line is None
        else placed._replace(finding=replace(finding, line=finding.line + lines))
    )
