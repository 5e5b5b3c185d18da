"""Journeys: what one walk of a user through a shop must send, and whether it came.

Without other words duplicates and test requests do not count. Where `same_event_id_as` is given, whichever of
the two came second is the duplicate, so both count there, an event id once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mockpin.expectations.expectations import UNSAID, Expectation, ExpectationOutcome
from mockpin.expectations.matching import Match, Record
from mockpin.expectations.unmet import MOST, NOTHING, TICKS, describe_matches, describe_misses

#: Seconds between two looks at what has come.
PAUSE = 0.05


@dataclass(frozen=True)
class JourneyStep(Expectation):
    """One `[[expect]]` of a journey, which may name another source and have `within` so many seconds."""

    same_event_id_as: str | None = None
    within: float = 0.0

    @property
    def unsaid(self) -> Mapping[str, bool]:
        """The filters that go without saying."""
        return {"test": False} if self.same_event_id_as else UNSAID

    def judge(self, records: Iterable[Record]) -> "StepOutcome":
        """Compare with what has been received so far."""
        outcome = super().judge(records)
        return StepOutcome(self, outcome.received, outcome.events)


@dataclass(frozen=True)
class StepOutcome(ExpectationOutcome):
    """One step beside what was received up to some moment."""

    expectation: JourneyStep

    @property
    def number(self) -> int:
        """How many events came; of those that two sources share, each event id once."""
        if self.expectation.same_event_id_as is None:
            return super().number
        return len({event["event_id"] for event in self.events})

    @property
    def unpaired(self) -> tuple[Record, ...]:
        """The events whose event id did not come from the other source, too."""
        if self.expectation.same_event_id_as is None:
            return ()
        others = Match({"source": self.expectation.same_event_id_as}).select(self.received)
        known = {(other["event_name"], other["event_id"]) for other in others}
        return tuple(event for event in self.events if (event["event_name"], event["event_id"]) not in known)

    @property
    def met(self) -> bool:
        """Whether what came is what was expected."""
        return super().met and not self.unpaired

    def __str__(self) -> str:
        sentence = f"{TICKS[self.met]} {self.expectation}; {self.number} came"
        missing = list(dict.fromkeys(event["event_id"] for event in self.unpaired))
        if not missing:
            return sentence
        more = f" and {len(missing) - MOST:,} more" if len(missing) > MOST else ""
        told = ", ".join(map(repr, missing[:MOST]))
        other = self.expectation.same_event_id_as
        return f"{sentence}; the {other} sent none of these event ids: {told}{more}"


@dataclass(frozen=True)
class Journey:
    """What must be sent, step by step; the order of the steps does not matter."""

    name: str
    steps: tuple[JourneyStep, ...]

    def judge(self, records: Iterable[Record]) -> tuple[StepOutcome, ...]:
        """Each step beside what has been received."""
        received = tuple(records)
        return tuple(step.judge(received) for step in self.steps)

    def watch(
        self,
        fetch: Callable[[], Sequence[Record]],
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> tuple[StepOutcome, ...]:
        """Look at what `fetch` gives until every step is settled or its time is up.

        What comes too late for a step is not seen by it; one event too many is seen to the end.
        """
        began = clock()
        looks = [_Look(step) for step in self.steps]
        while True:
            received, elapsed = fetch(), clock() - began
            looks = [look.again(received, elapsed) for look in looks]
            if all(look.over for look in looks):
                return tuple(look.outcome for look in looks if look.outcome)
            sleep(PAUSE)


@dataclass(eq=False)
class JourneyUnmet(AssertionError):
    """A journey some step of which has not come true; says every step, and the near misses of those.

    `refusals` are sentences about requests that were refused.
    """

    name: str
    outcomes: tuple[StepOutcome, ...]
    refusals: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"Journey {self.name!r}:", *describe_outcomes(self.outcomes), *self.refusals])


def describe_outcomes(outcomes: Iterable[StepOutcome]) -> Iterator[str]:
    """A line for each step, and under one that is not met the events that matched and that came close."""
    for outcome in outcomes:
        yield f"  {outcome}"
        if not outcome.met:
            misses = describe_misses([miss.to_dict() for miss in outcome.nearest])
            lines = [*describe_matches(outcome.events), *misses]
            yield from (f"    {line}" for line in lines or [NOTHING])


@dataclass(frozen=True)
class _Look:
    """What is known about a step while it is waited for."""

    step: JourneyStep
    outcome: StepOutcome | None = None
    over: bool = False

    def again(self, received: Sequence[Record], elapsed: float) -> "_Look":
        if self.over and self.outcome and not self.outcome.met:
            return self
        outcome = self.step.judge(received)
        return _Look(self.step, outcome, outcome.settled or elapsed >= self.step.within)
