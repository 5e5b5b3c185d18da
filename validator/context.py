"""What a rule may know besides its event: the time, the policy, and the batch the event came in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from validator.policy import Policy

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts about the events that were sent together."""

    size: int
    occurrences: Counter[tuple[str, str]]
    constant_event_id: bool
    constant_opt_out: bool

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Batch":
        """The facts about conversion events that the schema accepts."""
        events = tuple(events)
        several = len(events) > 1
        return cls(
            size=len(events),
            occurrences=Counter(map(_deduplication_key, events)),
            constant_event_id=several and len({event["event_id"] for event in events}) == 1,
            constant_opt_out=several and all(event.get("opt_out") for event in events),
        )

    def count(self, event: Event) -> int:
        """How many events of the batch Pinterest takes for this one, itself included.

        Blank ids name nothing, and what happened offline is never deduplicated.
        """
        if len(self.occurrences) == self.size or event["action_source"] == "offline":
            return 1
        return self.occurrences[_deduplication_key(event)] if event["event_id"].strip() else 1


class Context(NamedTuple):
    """Where in its batch and when an event is judged.

    `now` is in Unix seconds, None when time does not matter.
    """

    position: int
    now: float | None
    policy: Policy
    batch: Batch


def _deduplication_key(event: Event) -> tuple[str, str]:
    return event["event_name"].lower().replace("_", ""), event["event_id"]
