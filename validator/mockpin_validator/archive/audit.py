"""The whole of what a run of `mockpin validate` found, as the report formats take it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from mockpin_validator.archive.parallel import PartTally
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.archive.tally import Mistake, Tally, choose_findings, keep_first, make_mistake
from mockpin_validator.judging.finding import SEVERITIES, Severity
from mockpin_validator.judging.rule import Profile, Row, is_recommendation
from mockpin_validator.match_quality.gates import Gate
from mockpin_validator.rules import RULES


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

        def place(placed: PlacedFinding) -> tuple[int, int, int]:
            return order.get(placed.file, 0), placed.finding.line or 0, placed.finding.column or 0

        return tuple(sorted(self.tally.findings, key=place))

    def mistakes(self, most: int) -> tuple[Mistake, ...]:
        """The mistakes of all files, the gravest and most frequent first, each with `most` examples."""
        counts: Counter[Mistake] = Counter()
        for mistake, count in self.tally.mistakes.items():
            counts[mistake._replace(file="")] += count
        examples: dict[Mistake, list[PlacedFinding]] = {}
        for placed in self.findings:
            mistake = make_mistake("", placed.finding)
            examples.setdefault(mistake if mistake in counts else mistake.coarse, []).append(placed)
        made = (
            describe(mistake, times, examples.get(mistake, ())[:most]) for mistake, times in counts.items()
        )
        return tuple(sorted(made, key=_urgency))

    def shown(self, most: int) -> tuple[PlacedFinding, ...]:
        """At most `most` findings of each mistake, the gravest and most frequent mistake first."""
        return tuple(chain.from_iterable(mistake.examples for mistake in self.mistakes(most)))

    def left_out(self, most: int) -> dict[str, int]:
        """Rule -> how many of its findings `shown` leaves out."""
        hidden: Counter[str] = Counter()
        for mistake in self.mistakes(most):
            hidden[mistake.rule] += mistake.hidden
        return {rule: count for rule, count in sorted(hidden.items()) if count}

    @property
    def counting(self) -> tuple[Severity, ...]:
        """The severities that make it fail."""
        return SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]

    @property
    def failing(self) -> bool:
        """Whether there is a finding of a severity that counts, too little coverage or too few events."""
        found = any(map(self.tally.count, self.counting))
        return found or self.lacks_events or not all(gate.is_met for gate in self.gates)

    @property
    def lacks_events(self) -> bool:
        """Whether fewer events were judged than were asked for."""
        return self.tally.events < self.min_events


def describe(mistake: Mistake, times: int, examples: Sequence[PlacedFinding]) -> Mistake:
    """A mistake with its number and examples, in the words of the first."""
    described = mistake._replace(times=times, examples=tuple(examples))
    if not examples:
        return described
    first = examples[0].finding
    return described._replace(message=first.message, fix=first.fix)


def _urgency(mistake: Mistake) -> tuple[int, bool, int, str, str, str]:
    """The gravest and most frequent mistake sorts first; recommendations come after the mistakes."""
    return (
        SEVERITIES.index(mistake.severity),
        is_recommendation(mistake.rule),
        -mistake.times,
        mistake.rule,
        mistake.path,
        mistake.message,
    )


def add_up(
    done: Iterable[PartTally], observe: Callable[[Sequence[Any]], None] = lambda _: None
) -> Iterator[Tally]:
    """The growing tally of successive parts, with the first findings of each rule and mistake.

    `observe` is called with the facts of each part.
    """
    whole, keeps = Tally(), keep_first()
    for _, tally in done:
        observe(tally.facts)
        whole += replace(tally, findings=tuple(choose_findings(tally.findings, keeps)))
        yield whole
