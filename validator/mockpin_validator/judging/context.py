"""What a rule may know besides its event: the time, the policy, and the batch the event came in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from mockpin_validator.contract.names import fold
from mockpin_validator.judging.policy import Policy

Event = Mapping[str, Any]


class BatchFacts(NamedTuple):
    """Facts about the events that were sent together.

    `repeated` says of each name and id that several events share how many they are.
    """

    size: int
    repeated: Mapping[tuple[str, str], int] = MappingProxyType({})
    constant_event_id: bool = False
    constant_opt_out: bool = False

    @classmethod
    def of(cls, events: Sequence[Any]) -> "BatchFacts":
        """The facts about conversion events; of what the schema refuses as far as it has name and id."""
        if len(events) <= 1:  # nothing to compare, and an archive has a million such batches
            return ALONE
        return cls._comparing(events, [event for event in events if _is_named(event)])

    @classmethod
    def _comparing(cls, events: Sequence[Any], named: Sequence[Event]) -> "BatchFacts":
        ids = {event["event_id"] for event in named}
        return cls(
            size=len(events),
            repeated={} if len(ids) == len(named) else _repeated(named),
            constant_event_id=len(ids) == 1 and len(named) == len(events),
            constant_opt_out=all(isinstance(event, dict) and event.get("opt_out") for event in events),
        )

    def times(self, event: Event) -> int:
        """How many events of the batch Pinterest takes for this one, itself included.

        Blank ids name nothing, and what happened offline is never deduplicated.
        """
        if not self.repeated or event["action_source"] == "offline" or not has_event_id(event):
            return 1
        return self.repeated.get(_deduplication_key(event), 1)


#: The batch of one event, or of none.
ALONE: Final = BatchFacts(1)


class Context(NamedTuple):
    """When, by what policy and among what other events an event is judged.

    `now` is in Unix seconds, None when time does not matter.
    """

    now: float | None
    policy: Policy
    batch: BatchFacts


def has_event_id(event: Event) -> bool:
    """Whether the event has an id that names it: not missing, and not blank."""
    return bool(event.get("event_id", "").strip())


def _is_named(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and isinstance(event.get("event_name"), str)
        and isinstance(event.get("event_id"), str)
    )


def _repeated(events: Sequence[Event]) -> dict[tuple[str, str], int]:
    online = (event for event in events if event.get("action_source") != "offline")
    occurrences = Counter(map(_deduplication_key, online))
    return {key: times for key, times in occurrences.items() if times > 1}


def _deduplication_key(event: Event) -> tuple[str, str]:
    return fold(event["event_name"]), event["event_id"]
