"""The whole of what a run of `mockpin validate` found, as the report formats take it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mockpin_validator.archive.files import close
from mockpin_validator.archive.judging import Judging
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.archive.tally import Sighting, Tally, kept
from mockpin_validator.archive.work import Done
from mockpin_validator.judging.finding import SEVERITIES, Severity
from mockpin_validator.judging.rule import Profile, Row
from mockpin_validator.rules import RULES


@dataclass(frozen=True)
class Gate:
    """A coverage that was asked for, in per cent, and what was found; `event_name` None for all events."""

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
    rules: Mapping[str, Row] = field(default_factory=lambda: {**DOCUMENT_RULES, **RULES}, repr=False)

    @property
    def findings(self) -> tuple[Sighting, ...]:
        """The findings that were kept, by file and place."""
        order = {file: number for number, file in enumerate(self.files)}
        return tuple(
            sorted(
                self.tally.sightings,
                key=lambda each: (order.get(each.file, 0), each.finding.line or 0, each.finding.column or 0),
            )
        )

    def shown(self, most: int) -> tuple[Sighting, ...]:
        """At most so many findings of each rule."""
        return tuple(kept(self.findings, most))

    def left_out(self, most: int) -> dict[str, int]:
        """Rule -> how many of its findings `shown` leaves out."""
        totals = {rule: sum(counts.values()) for rule, counts in self.tally.rules().items()}
        shown = self.shown(most)
        counted = {rule: sum(each.finding.rule == rule for each in shown) for rule in totals}
        return {rule: total - counted[rule] for rule, total in totals.items() if total > counted[rule]}

    @property
    def counting(self) -> tuple[Severity, ...]:
        """The severities that make it fail."""
        return SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]

    @property
    def failing(self) -> bool:
        """Whether there is a finding of a severity that counts, or a gate that is not met."""
        return any(self.tally.count(each) for each in self.counting) or not all(
            gate.met for gate in self.gates
        )


def add_up(done: Iterable[Done], judging: Judging) -> Iterator[Tally]:
    """The growing tally of successive parts; lines count on through the parts of a file.

    What only a whole file shows is found at its end.
    """
    whole, file, lines = Tally(), "", 0
    for part, tally in done:
        if part.name != file:
            whole, file, lines = close(whole, file, judging), part.name, 0
        whole += tally.shifted(lines)
        lines += tally.lines
        yield whole
    yield close(whole, file, judging)
