"""Whether limited data processing applies to an event, and if not, what is missing or wrong.

Three conditions must hold: `custom_data.opt_out_type` names LDP, the country is the United States, and the
flag is known to have an effect in the state (Segment's documentation names California; Pinterest's pages name
no state). Pinterest publishes hashes of upper-case codes while its own server template sends lower-case ones,
so mockpin accepts both.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

FLAG: Final = "LDP"
COUNTRY: Final = "US"
MISSING: Final = "missing"


class LimitedDataProcessing(NamedTuple):
    """Whether limited data processing applies, and why."""

    applies: bool
    reason: str

    def to_dict(self) -> dict[str, bool | str]:
        """Return the decision as JSON."""
        return {"applies": self.applies, "reason": self.reason}


NOT_REQUESTED: Final = LimitedDataProcessing(
    applies=False, reason=f"custom_data.opt_out_type does not ask for {FLAG}"
)
APPLIES: Final = LimitedDataProcessing(applies=True, reason="opt_out_type, state and country all say so")


def limit_data_processing(event: Mapping[str, Any], states: tuple[str, ...]) -> LimitedDataProcessing:
    """Whether limited data processing applies to an event, and why not where it was asked for.

    `states` are the two-letter codes, such as CA, of the states where it applies.
    """
    if not requests_limited_processing(event):
        return NOT_REQUESTED
    faults = find_location_faults(event, states)
    problems = " and ".join(f"user_data.{key} is {fault}" for key, fault in faults.items())
    return (
        LimitedDataProcessing(applies=False, reason=f"{FLAG} is ignored: {problems}") if faults else APPLIES
    )


def requests_limited_processing(event: Mapping[str, Any]) -> bool:
    """Whether an event requests limited data processing."""
    opt_out_type = (event.get("custom_data") or {}).get("opt_out_type")
    return bool(opt_out_type) and FLAG in flags(opt_out_type)


def flags(opt_out_type: object) -> tuple[str, ...]:
    """Split a comma-separated opt_out_type into its flags, each once."""
    parts = opt_out_type.split(",") if isinstance(opt_out_type, str) else ()
    return tuple(dict.fromkeys(flag for part in parts if (flag := part.strip())))


def find_location_faults(event: Mapping[str, Any], states: tuple[str, ...]) -> dict[str, str]:
    """Return, by match key, why `st` and `country` do not name a place where the flag is known to work."""
    user_data = event.get("user_data") or {}
    wanted = {
        "st": (states, "a state where it is known to have an effect"),
        "country": ((COUNTRY,), "the United States"),
    }
    return {
        key: f"not {meaning} ({', '.join(codes)}, hashed)" if sent else MISSING
        for key, (codes, meaning) in wanted.items()
        if hashes(codes).isdisjoint(sent := list_sent_hashes(user_data.get(key)))
    }


def list_sent_hashes(value: object) -> list[str]:
    """Return the hashes of a match key in lower case, for a single text or a list."""
    texts = value if isinstance(value, list) else [value]
    return [text.lower() for text in texts if isinstance(text, str) and text]


@lru_cache
def hashes(codes: tuple[str, ...]) -> frozenset[str]:
    """Return the SHA-256 of each code in upper and in lower case."""
    return frozenset(
        sha256(case.encode()).hexdigest() for code in codes for case in (code.upper(), code.lower())
    )
