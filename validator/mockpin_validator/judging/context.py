"""What a rule can read besides its event: the time, the policy, and facts about the batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from mockpin_validator.contract.names import fold
from mockpin_validator.judging.policy import Policy

Event = Mapping[str, Any]


class BatchFacts(NamedTuple):
    """Facts about the events that were sent together.

    `repeated` counts the events of each (event name, event id) where an event id occurs more than once.
    """

    size: int
    repeated: Mapping[tuple[str, str], int] = MappingProxyType({})
    constant_event_id: bool = False
    constant_opt_out: bool = False

    @classmethod
    def of(cls, events: Sequence[Any]) -> "BatchFacts":
        """Collect the facts. A refused event counts if it has a name and an id."""
        if len(events) <= 1:  # a fast path: an archive has a million such batches
            return ALONE
        return cls._comparing(events, [event for event in events if _is_named(event)])

    @classmethod
    def _comparing(cls, events: Sequence[Any], named: Sequence[Event]) -> "BatchFacts":
        ids = {event["event_id"] for event in named}
        return cls(
            size=len(events),
            repeated={} if len(ids) == len(named) else _count_reports(named),
            constant_event_id=len(ids) == 1 and len(named) == len(events),
            constant_opt_out=all(isinstance(event, dict) and event.get("opt_out") for event in events),
        )

    def times(self, event: Event) -> int:
        """Count the events of the batch that Pinterest takes for this event, the event itself included.

        Events with a blank id and offline events are never deduplicated.
        """
        if not self.repeated or event["action_source"] == "offline" or not has_event_id(event):
            return 1
        return self.repeated.get(_deduplication_key(event), 1)


#: The batch of one event, or of none.
ALONE: Final = BatchFacts(1)


class Context(NamedTuple):
    """The time, the policy and the batch for judging one event.

    `now` is in Unix seconds; None disables the rules about time.
    """

    now: float | None
    policy: Policy
    batch: BatchFacts


def custom_data_of(event: Event) -> dict[str, Any]:
    """The custom_data of an event that the schema accepts; an empty object where it has none."""
    custom_data: dict[str, Any] = event.get("custom_data", {})
    return custom_data


def has_event_id(event: Event) -> bool:
    """Whether the event has an id that is not blank."""
    return bool(event.get("event_id", "").strip())


def _is_named(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and isinstance(event.get("event_name"), str)
        and isinstance(event.get("event_id"), str)
    )


def _count_reports(events: Sequence[Event]) -> Counter[tuple[str, str]]:
    online = (event for event in events if event.get("action_source") != "offline")
    return Counter(map(_deduplication_key, online))


def _deduplication_key(event: Event) -> tuple[str, str]:
    return fold(event["event_name"]), event["event_id"]
