"""What a rule may know besides its event: the time, the policy, and the batch the event came in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from validator.policy import Policy

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts about the events that were sent together."""

    size: int
    seen: Counter[tuple[str, str]]
    opted_out: int

    @classmethod
    def of(cls, events: Sequence[Event]) -> "Batch":
        """The facts about a list of conversion events that the schema accepts."""
        return cls(
            size=len(events),
            seen=Counter((event["event_name"], event["event_id"]) for event in events),
            opted_out=sum(event.get("opt_out") is True for event in events),
        )


class Context(NamedTuple):
    """Where in its batch and when an event is judged.

    `now` is in Unix seconds, None when time does not matter.
    """

    position: int
    now: float | None
    policy: Policy
    batch: Batch
