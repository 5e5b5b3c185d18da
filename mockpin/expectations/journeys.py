"""Journeys: the events that one user's visit to a shop must send, compared with those received.

Duplicates and test requests do not count unless a filter names them. A step with `same_event_id_as` expects
the same event from two sources. The later one is a duplicate, so such a step counts duplicates, each id once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mockpin.expectations.expectations import DEFAULT_FILTERS, Expectation, ExpectationOutcome
from mockpin.expectations.matching import Match, Record
from mockpin.expectations.unmet import MARKS, NO_OTHER_EVENT, describe_matches, describe_misses

#: The most event ids that an outcome lists.
MAX_LISTED_IDS = 10
#: Seconds between two reads of the events received.
POLL_INTERVAL = 0.05


@dataclass(frozen=True)
class JourneyStep(Expectation):
    """One `[[expect]]` of a journey: an expectation, its timeout in seconds, and a second source."""

    same_event_id_as: str | None = None
    within: float = 0.0

    @property
    def default_filters(self) -> Mapping[str, bool]:
        """The filters that apply unless the match sets them."""
        return {"test": False} if self.same_event_id_as else DEFAULT_FILTERS

    def judge(self, records: Iterable[Record]) -> "StepOutcome":
        """Compare the step with the events received so far."""
        outcome = super().judge(records)
        return StepOutcome(self, outcome.received, outcome.events)


@dataclass(frozen=True)
class StepOutcome(ExpectationOutcome):
    """One step, the events received so far, and those among them that match."""

    expectation: JourneyStep

    @property
    def event_count(self) -> int:
        """The number of events that match; with `same_event_id_as`, the number of distinct event ids."""
        if self.expectation.same_event_id_as is None:
            return super().event_count
        return len({event["event_id"] for event in self.events})

    @property
    def unpaired(self) -> tuple[Record, ...]:
        """The matching events whose event id the other source did not send."""
        if self.expectation.same_event_id_as is None:
            return ()
        others = Match({"source": self.expectation.same_event_id_as}).select(self.received)
        paired = {(event["event_name"], event["event_id"]) for event in others}
        return tuple(event for event in self.events if (event["event_name"], event["event_id"]) not in paired)

    @property
    def met(self) -> bool:
        """Whether the expected number of events arrived, and the other source, if any, sent each of them."""
        return super().met and not self.unpaired

    def __str__(self) -> str:
        sentence = f"{MARKS[self.met]} {self.expectation}; {self.event_count} came"
        missing = list(dict.fromkeys(event["event_id"] for event in self.unpaired))
        if not missing:
            return sentence
        more = f" and {len(missing) - MAX_LISTED_IDS:,} more" if len(missing) > MAX_LISTED_IDS else ""
        listed = ", ".join(map(repr, missing[:MAX_LISTED_IDS]))
        source = self.expectation.same_event_id_as
        return f"{sentence}; the {source} sent none of these event ids: {listed}{more}"


@dataclass(frozen=True)
class Journey:
    """A named set of steps. The order of the steps does not matter."""

    name: str
    steps: tuple[JourneyStep, ...]

    def judge(self, records: Iterable[Record]) -> tuple[StepOutcome, ...]:
        """Compare each step with the events received so far."""
        received = tuple(records)
        return tuple(step.judge(received) for step in self.steps)

    def watch(
        self,
        fetch: Callable[[], Sequence[Record]],
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> tuple[StepOutcome, ...]:
        """Call `fetch` until every step is settled or its time is up, and return the last outcomes.

        A step that timed out unmet ignores later events. A step that is met still notices surplus events.
        """
        began = clock()
        progresses = [_StepProgress(step) for step in self.steps]
        while True:
            received, elapsed = fetch(), clock() - began
            progresses = [progress.update(received, elapsed) for progress in progresses]
            if all(progress.is_over for progress in progresses):
                return tuple(progress.outcome for progress in progresses if progress.outcome)
            sleep(POLL_INTERVAL)


@dataclass(eq=False)
class JourneyUnmet(AssertionError):
    """A journey with an unmet step. Its message lists every step, and near misses of the unmet ones.

    `refusals` holds sentences about refused requests.
    """

    name: str
    outcomes: tuple[StepOutcome, ...]
    refusals: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"Journey {self.name!r}:", *describe_outcomes(self.outcomes), *self.refusals])


def describe_outcomes(outcomes: Iterable[StepOutcome]) -> Iterator[str]:
    """Yield a line for each step, followed by matches and near misses where it is not met."""
    for outcome in outcomes:
        yield f"  {outcome}"
        if not outcome.met:
            misses = describe_misses([miss.to_dict() for miss in outcome.nearest])
            lines = [*describe_matches(outcome.events), *misses]
            yield from (f"    {line}" for line in lines or [NO_OTHER_EVENT])


@dataclass(frozen=True)
class _StepProgress:
    """The state of a step while a journey waits for it."""

    step: JourneyStep
    outcome: StepOutcome | None = None
    is_over: bool = False

    def update(self, received: Sequence[Record], elapsed: float) -> "_StepProgress":
        if self.is_over and self.outcome and not self.outcome.met:
            return self
        outcome = self.step.judge(received)
        return _StepProgress(self.step, outcome, outcome.settled or elapsed >= self.step.within)
