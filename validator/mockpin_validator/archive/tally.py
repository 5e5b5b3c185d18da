"""What judging found, in an amount of memory that does not grow with what was judged."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.judging.finding import Finding, Severity
from mockpin_validator.masking import mask_pointer
from mockpin_validator.match_quality.quality import Quality, add_counts

#: Findings of one rule that are kept whole; the others are counted.
MOST_KEPT: Final = 1000
#: Findings of every mistake that are kept, however many its rule has.
EXAMPLES: Final = 2
#: Mistakes told apart; beyond them only file, rule and severity are.
MOST_MISTAKES: Final = 10_000
_INDEX: Final = re.compile(r"/\d+(?=/|$)")
_VALUE: Final = re.compile(r"'[^']*'|\"[^\"]*\"|•+")
_NUMBER: Final = re.compile(r"\d[\d.,:-]*")


class Mistake(NamedTuple):
    """Findings that are the same mistake: file, rule, severity, path and sentences agree, values may differ.

    Paths are without list indexes, sentences without numbers; `message` is also without quoted values. As
    the key under which findings are counted it has no more. In a report `file` is "", for all files;
    `times` says how many findings there are, `examples` are the first of them, and `message` and `fix` are
    the first example's where one was kept.
    """

    file: str
    rule: str
    severity: Severity
    path: str
    message: str = ""
    fix: str = ""
    times: int = 0
    examples: tuple[PlacedFinding, ...] = ()

    @property
    def field(self) -> str:
        """The place in an event in the words of the API, such as `user_data.em`; "" for the event itself."""
        path = self.path.removeprefix("/data").removeprefix("/*").strip("/")
        return ".".join(part for part in path.split("/") if part != "*")

    @property
    def coarse(self) -> "Mistake":
        """Its file, rule and severity alone, under which it is counted when there are too many mistakes."""
        return self._replace(path="", message="", fix="")

    @property
    def hidden(self) -> int:
        """How many of its findings are not among the examples."""
        return self.times - len(self.examples)


def make_mistake(file: str, finding: Finding) -> Mistake:
    """The mistake under which a finding of a file is counted."""
    path, message, fix = generalize(finding.path, finding.message, finding.fix)
    return Mistake(file, finding.rule, finding.severity, path, message, fix)


@lru_cache(maxsize=4096)
def generalize(path: str, message: str, fix: str) -> tuple[str, str, str]:
    """A finding's path, message and fix without what differs from event to event."""
    general = _NUMBER.sub("…", _VALUE.sub("…", message))
    return _INDEX.sub("/*", mask_pointer(path)), general, _NUMBER.sub("…", fix)


#: Whether to keep one more finding of a mistake; asked once for each finding.
Keeps = Callable[[Mistake], bool]


def keep_first(most: int = MOST_KEPT) -> Keeps:
    """A function that keeps the first `most` findings of each rule, and the first two of every mistake."""
    by_rule: Counter[str] = Counter()
    by_mistake: Counter[Mistake] = Counter()

    def keeps(mistake: Mistake) -> bool:
        by_rule[mistake.rule] += 1
        if len(by_mistake) < MOST_MISTAKES or mistake in by_mistake:
            by_mistake[mistake] += 1
        few = mistake in by_mistake and by_mistake[mistake] <= min(EXAMPLES, most)
        return few or by_rule[mistake.rule] <= most

    return keeps


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
    mistakes: Counter[Mistake] = field(default_factory=Counter)
    findings: tuple[PlacedFinding, ...] = ()
    quality: Quality = field(default_factory=Quality)
    facts: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    def __add__(self, other: "Tally") -> "Tally":
        """Both together, with the findings of both."""
        return Tally(
            lines=self.lines + other.lines,
            size=self.size + other.size,
            events=self.events + other.events,
            failed=self.failed + other.failed,
            unreadable=self.unreadable + other.unreadable,
            mistakes=limit_mistakes(add_counts(self.mistakes, other.mistakes)),
            findings=(*self.findings, *other.findings),
            quality=(self.quality + other.quality).limited(),
        )

    def count(self, severity: Severity) -> int:
        """How many findings of a severity there are."""
        return sum(count for mistake, count in self.mistakes.items() if mistake.severity == severity)

    def rules(self) -> dict[str, dict[str, int]]:
        """Rule -> severity -> how many findings."""
        counts: dict[str, dict[str, int]] = {}
        for mistake, count in self.mistakes.items():
            of_rule = counts.setdefault(mistake.rule, {})
            of_rule[mistake.severity] = of_rule.get(mistake.severity, 0) + count
        return dict(sorted(counts.items()))


def choose_findings(findings: Iterable[PlacedFinding], keeps: Keeps) -> Iterator[PlacedFinding]:
    """The findings that `keeps` accepts."""
    return (placed for placed in findings if keeps(make_mistake(placed.file, placed.finding)))


def limit_mistakes(mistakes: Counter[Mistake]) -> Counter[Mistake]:
    """Counts by mistake; when there are too many mistakes, by file, rule and severity alone."""
    if len(mistakes) <= MOST_MISTAKES:
        return mistakes
    coarse: Counter[Mistake] = Counter()
    for mistake, count in mistakes.items():
        coarse[mistake.coarse] += count
    return coarse


def shift_lines(placed: PlacedFinding, lines: int) -> PlacedFinding:
    """A finding that many lines further down."""
    finding = placed.finding
    if finding.line is None:
        return placed
    return placed._replace(finding=replace(finding, line=finding.line + lines))
