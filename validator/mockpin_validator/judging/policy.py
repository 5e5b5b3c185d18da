"""What Pinterest's documentation leaves open, as settings a caller may choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from mockpin_validator.contract.request import Demands

Verdict = Literal["warn", "fail"]
#: What an event gets for what may or may not be part of the schema: refuse is 400 for its whole request.
Consequence = Literal["refuse", "fail", "warn"]

UNHASHED: Mapping[str, Verdict] = MappingProxyType({"em": "fail", "external_id": "warn", "*": "warn"})


def verdict_of(consequence: Consequence) -> Verdict | None:
    """The verdict on one event, None where the schema refuses its whole request."""
    return None if consequence == "refuse" else consequence


@dataclass(frozen=True, slots=True)
class Policy:
    """How the contested points are judged under the profile `faithful`.

    Times are in seconds. `unhashed` says by match key what a value that is no SHA-256 does to its event,
    `*` standing for the keys it does not name. `warnings` is the year whose recommended-field warnings are
    given (Pinterest gave none in 2024). `ldp_states` are the two-letter codes of the states in which
    limited data processing applies. `user_data_minimum` and `event_id_missing` say what an event gets whose
    user_data does not identify anyone, or which has no event_id.
    """

    max_event_age: float = 604_800
    future_tolerance: float = 60
    late_after: float = 3_600
    unknown_event_name: Verdict = "warn"
    unknown_action_source: Verdict = "fail"
    unhashed: Mapping[str, Verdict] = field(default_factory=lambda: UNHASHED)
    warnings: Literal["2026", "2024", "off"] = "2026"
    ldp_states: tuple[str, ...] = ("CA",)
    user_data_minimum: Consequence = "refuse"
    event_id_missing: Consequence = "refuse"

    def verdict_on_unhashed(self, match_key: str) -> Verdict:
        """What a value of this match key that is no SHA-256 does to its event."""
        return self.unhashed.get(match_key) or self.unhashed.get("*", "warn")

    @property
    def demands(self) -> Demands:
        """The contested demands that the schema makes under this policy."""
        return Demands(self.user_data_minimum == "refuse", self.event_id_missing == "refuse")
