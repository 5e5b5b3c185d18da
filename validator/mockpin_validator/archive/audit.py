"""The whole of what a run of `mockpin validate` found, as the report formats take it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from mockpin_validator.archive.parallel import PartTally
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.archive.tally import FindingGroup, PlacedFinding, Tally, group_of
from mockpin_validator.judging.finding import SEVERITIES, Severity
from mockpin_validator.judging.rule import Profile, Row
from mockpin_validator.rules import RULES


@dataclass(frozen=True)
class Mistake:
    """Findings that are the same mistake: rule, severity, path and wording agree, values may differ.

    `count` is how many there are, `examples` the first of them; `message` and `fix` are the first example's,
    or the group's where none was kept.
    """

    severity: Severity
    rule: str
    path: str
    message: str
    fix: str
    count: int
    examples: tuple[PlacedFinding, ...]

    @property
    def field(self) -> str:
        """The place in an event in the words of the API, such as `user_data.em`; "" for the event itself."""
        path = self.path.removeprefix("/data").removeprefix("/*").strip("/")
        return ".".join(part for part in path.split("/") if part != "*")

    @property
    def hidden(self) -> int:
        """How many of its findings are not among the examples."""
        return self.count - len(self.examples)


@dataclass(frozen=True)
class Gate:
    """A coverage that was asked for and the coverage found, in per cent; `event_name` None for all events."""

    parameter: str
    least: float
    found: float
    event_name: str | None = None

    @property
    def met(self) -> bool:
        """Whether enough events carry the parameter."""
        return self.found >= self.least

    def __str__(self) -> str:
        """What was asked for and what there is."""
        of_name = f" of {self.event_name} events" if self.event_name else " of events"
        return f"{self.parameter} is on {self.found:.1f} %{of_name}; at least {self.least:g} % was asked for"


@dataclass(frozen=True)
class Audit:
    """Files, what was found in them, and what was asked of them.

    `known` counts the findings that a baseline accepts, which `tally` is without; the events that `tally`
    says failed are all of them. `rules` are those that may have been found broken.
    """

    tally: Tally
    files: tuple[str, ...]
    profile: Profile = "faithful"
    fail_on: Severity = "error"
    gates: tuple[Gate, ...] = ()
    interrupted: bool = False
    known: int = 0
    notes: tuple[str, ...] = ()
    min_events: int = 0
    rules: Mapping[str, Row] = field(default_factory=lambda: {**DOCUMENT_RULES, **RULES}, repr=False)

    @property
    def findings(self) -> tuple[PlacedFinding, ...]:
        """The findings that were kept, by file and place."""
        order = {file: number for number, file in enumerate(self.files)}
        return tuple(
            sorted(
                self.tally.findings,
                key=lambda each: (order.get(each.file, 0), each.finding.line or 0, each.finding.column or 0),
            )
        )

    def mistakes(self, most: int) -> tuple[Mistake, ...]:
        """The findings grouped by mistake, the gravest and most frequent first, each with `most` examples."""
        counts: Counter[FindingGroup] = Counter()
        for group, count in self.tally.groups.items():
            counts[group._replace(file="")] += count
        examples: dict[FindingGroup, list[PlacedFinding]] = {}
        for each in self.findings:
            examples.setdefault(self._known(group_of("", each.finding), counts), []).append(each)
        made = (mistake_of(group, count, examples.get(group, ()), most) for group, count in counts.items())
        return tuple(
            sorted(
                made,
                key=lambda each: (
                    SEVERITIES.index(each.severity),
                    -each.count,
                    each.rule,
                    each.path,
                    each.message,
                ),
            )
        )

    @staticmethod
    def _known(group: FindingGroup, counts: Mapping[FindingGroup, int]) -> FindingGroup:
        """The group a finding is counted in: when there were too many, that of its rule and severity."""
        return group if group in counts else group._replace(path="", message="", fix="")

    def shown(self, most: int) -> tuple[PlacedFinding, ...]:
        """At most so many findings of each mistake, the gravest and most frequent mistake first."""
        return tuple(chain.from_iterable(each.examples for each in self.mistakes(most)))

    def left_out(self, most: int) -> dict[str, int]:
        """Rule -> how many of its findings `shown` leaves out."""
        hidden: Counter[str] = Counter()
        for each in self.mistakes(most):
            hidden[each.rule] += each.hidden
        return {rule: count for rule, count in sorted(hidden.items()) if count}

    @property
    def counting(self) -> tuple[Severity, ...]:
        """The severities that make it fail."""
        return SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]

    @property
    def failing(self) -> bool:
        """Whether there is a finding of a severity that counts, too little coverage or too few events."""
        found = any(self.tally.count(each) for each in self.counting)
        return found or self.lacks_events or not all(gate.met for gate in self.gates)

    @property
    def lacks_events(self) -> bool:
        """Whether fewer events were judged than were asked for."""
        return self.tally.events < self.min_events


def mistake_of(group: FindingGroup, count: int, examples: Sequence[PlacedFinding], most: int) -> Mistake:
    """The mistake that a group of findings is."""
    message, fix = (
        (examples[0].finding.message, examples[0].finding.fix) if examples else (group.message, group.fix)
    )
    return Mistake(group.severity, group.rule, group.path, message, fix, count, tuple(examples[:most]))


def add_up(
    done: Iterable[PartTally], observe: Callable[[Sequence[Any]], None] = lambda _: None
) -> Iterator[Tally]:
    """The growing tally of successive parts; lines count on through the parts of a file.

    `observe` is called with the facts of each part.
    """
    whole, last, lines, before = Tally(), None, 0, 0
    for part, tally in done:
        if last is None or part.name != last.name:
            lines = 0
        if part != last:
            last, before = part, lines
        shifted = tally.shifted(before)
        observe(shifted.facts)
        whole += shifted
        lines += tally.lines
        yield whole
