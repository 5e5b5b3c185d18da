"""A trigger that chooses Segment events with the mapping that converts them, tried on one event."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mockpin_transformer.conversion import Conversion, convert
from mockpin_transformer.errors import TransformFailed, TriggerFailed
from mockpin_transformer.js import JSON
from mockpin_transformer.mappings.mapping import Mapping, parse_mapping
from mockpin_transformer.match_keys.normalization import Normalization
from mockpin_transformer.triggers.trigger import Trigger, parse_trigger


@dataclass(frozen=True)
class Subscription:
    """Which Segment events (`trigger`) become which conversion events (`mapping`).

    Both may be given as written. MappingInvalid for a mapping that breaks the language's rules.
    """

    trigger: Trigger
    mapping: Mapping
    name: str | None
    enabled: bool

    def __init__(
        self,
        trigger: Trigger | str,
        mapping: Mapping | JSON,
        name: str | None = None,
        *,
        enabled: bool = True,
    ) -> None:
        values = {
            "trigger": trigger if isinstance(trigger, Trigger) else parse_trigger(trigger),
            "mapping": mapping if isinstance(mapping, Mapping) else parse_mapping(mapping),
            "name": name,
            "enabled": enabled,
        }
        for attribute, value in values.items():
            object.__setattr__(self, attribute, value)

    def convert(
        self,
        event: JSON,
        *,
        normalization: Normalization = "segment",
        region: str | None = None,
        trace: bool = False,
    ) -> "Outcome":
        """What it makes of one Segment event, enabled or not; the options are those of `convert`."""
        try:
            if not is_subscribed(self.trigger, event):
                return self._not_subscribed
            conversion = convert(event, self.mapping, normalization=normalization, region=region, trace=trace)
        except TransformFailed as error:
            return Outcome(self, "failed", error=error)
        return Outcome(self, "converted", conversion)

    @cached_property
    def _not_subscribed(self) -> "Outcome":
        """One outcome for all events that the trigger does not choose."""
        return Outcome(self, "not_subscribed")


@dataclass(frozen=True)
class Outcome:
    """What one subscription makes of one event: `conversion` or `error`, or neither if it is not for it."""

    subscription: Subscription
    status: Literal["converted", "not_subscribed", "failed"]
    conversion: Conversion | None = None
    error: TransformFailed | None = None


def is_subscribed(trigger: Trigger, event: JSON) -> bool:
    """Whether the trigger chooses the event; TriggerFailed, in Segment's words, if it cannot be read."""
    if not trigger.text:
        raise TriggerFailed("Failed to validate subscription")
    if trigger.error:
        raise TriggerFailed(f"Invalid subscription : {trigger.error.partition(': ')[2]}")
    return trigger.matches(event)
