"""Whether limited data processing applies to an event, and if not, what is missing.

All three are needed: `custom_data.opt_out_type` names LDP, the state is one where it has an effect,
and the country is the United States. Pinterest publishes hashes of upper-case codes while its own
server template sends lower-case ones, so either case counts.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

COUNTRY = "US"


class LimitedDataProcessing(NamedTuple):
    """The decision and the reason for it, in words."""

    applies: bool
    reason: str

    def to_dict(self) -> dict[str, bool | str]:
        """The decision as an event record holds it."""
        return {"applies": self.applies, "reason": self.reason}


NOT_ASKED = LimitedDataProcessing(applies=False, reason="custom_data.opt_out_type does not ask for LDP")


def limit_data_processing(event: Mapping[str, Any], states: tuple[str, ...]) -> LimitedDataProcessing:
    """Decide for one conversion event. `states` are two-letter codes such as CA."""
    custom_data = event.get("custom_data") or {}
    if "LDP" not in options(custom_data.get("opt_out_type")):
        return NOT_ASKED
    user_data = event.get("user_data") or {}
    wanted = {"st": (states, "a state where it has an effect"), "country": ((COUNTRY,), "the United States")}
    missing = [
        f"user_data.{key} is not {meaning} ({', '.join(codes)}, hashed)"
        for key, (codes, meaning) in wanted.items()
        if hashes(codes).isdisjoint(values(user_data.get(key)))
    ]
    if missing:
        return LimitedDataProcessing(applies=False, reason="LDP is ignored: " + " and ".join(missing))
    return LimitedDataProcessing(applies=True, reason="opt_out_type, state and country all say so")


def options(opt_out_type: object) -> set[str]:
    """The values of a comma-separated opt_out_type."""
    return {part.strip() for part in opt_out_type.split(",")} if isinstance(opt_out_type, str) else set()


def values(sent: object) -> Iterable[str]:
    """The hashes sent under a match key, in lower case."""
    each = sent if isinstance(sent, list) else [sent]
    return [value.lower() for value in each if isinstance(value, str)]


@lru_cache
def hashes(codes: tuple[str, ...]) -> frozenset[str]:
    """SHA-256 of the codes in upper and in lower case."""
    return frozenset(
        sha256(case.encode()).hexdigest() for code in codes for case in (code.upper(), code.lower())
    )
