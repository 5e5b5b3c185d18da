"""The policy: settings for what Pinterest's documentation leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mockpin_validator.contract.request import Demands

Verdict = Literal["warn", "fail"]
#: What a contested mistake does to its event; `refuse` answers the whole request with 400.
Consequence = Literal["refuse", "fail", "warn"]

UNHASHED: Mapping[str, Verdict] = {"em": "fail", "external_id": "warn", "*": "warn"}


def verdict_of(consequence: Consequence) -> Verdict | None:
    """Return the verdict on one event, None if the schema refuses the whole request."""
    return None if consequence == "refuse" else consequence


@dataclass(frozen=True, slots=True)
class Policy:
    """How the contested points are judged under the profile `faithful`.

    Times are in seconds. `unhashed` maps a match key to the verdict on an event with a value that is not a
    SHA-256; `*` stands for all other keys. `warnings` is the year whose recommended-field warnings are given
    (Pinterest gave none in 2024). `ldp_states` are the two-letter codes of the states in which limited data
    processing applies. `user_data_minimum` is the consequence if user_data does not identify anyone,
    `event_id_missing` the consequence if there is no event_id.
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
        """Return the verdict on an event whose value of this match key is not a SHA-256."""
        return self.unhashed.get(match_key) or self.unhashed.get("*", "warn")

    @property
    def demands(self) -> Demands:
        """The contested demands that the schema makes under this policy."""
        return Demands(self.user_data_minimum == "refuse", self.event_id_missing == "refuse")
