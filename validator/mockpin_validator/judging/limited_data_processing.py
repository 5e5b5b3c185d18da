"""Whether limited data processing applies to an event, and if not, what is missing or wrong.

All three are needed: `custom_data.opt_out_type` names LDP, the state is one where it is known to have an
effect (Segment's documentation names California; Pinterest's pages name none), and the country is the United
States. Pinterest publishes hashes of upper-case codes while its own
server template sends lower-case ones, so either case counts.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

FLAG: Final = "LDP"
COUNTRY: Final = "US"
MISSING: Final = "missing"


class LimitedDataProcessing(NamedTuple):
    """The decision and the reason for it, in words."""

    applies: bool
    reason: str

    def to_dict(self) -> dict[str, bool | str]:
        """The decision as an event record holds it."""
        return {"applies": self.applies, "reason": self.reason}


NOT_ASKED: Final = LimitedDataProcessing(
    applies=False, reason=f"custom_data.opt_out_type does not ask for {FLAG}"
)
APPLIES: Final = LimitedDataProcessing(applies=True, reason="opt_out_type, state and country all say so")


def limit_data_processing(event: Mapping[str, Any], states: tuple[str, ...]) -> LimitedDataProcessing:
    """Decide for one conversion event. `states` are two-letter codes such as CA."""
    if not is_asked(event):
        return NOT_ASKED
    faults = place_faults(event, states)
    said = " and ".join(f"user_data.{key} is {fault}" for key, fault in faults.items())
    return LimitedDataProcessing(applies=False, reason=f"{FLAG} is ignored: {said}") if faults else APPLIES


def is_asked(event: Mapping[str, Any]) -> bool:
    """Whether an event asks for limited data processing."""
    asked = (event.get("custom_data") or {}).get("opt_out_type")
    return bool(asked) and FLAG in flags(asked)


def flags(opt_out_type: object) -> tuple[str, ...]:
    """The flags of a comma-separated opt_out_type, each once."""
    parts = opt_out_type.split(",") if isinstance(opt_out_type, str) else ()
    return tuple(dict.fromkeys(flag for part in parts if (flag := part.strip())))


def place_faults(event: Mapping[str, Any], states: tuple[str, ...]) -> dict[str, str]:
    """Why `st` and `country` do not place the user where the flag is known to work, by match key."""
    user_data = event.get("user_data") or {}
    wanted = {
        "st": (states, "a state where it is known to have an effect"),
        "country": ((COUNTRY,), "the United States"),
    }
    return {
        key: f"not {meaning} ({', '.join(codes)}, hashed)" if sent else MISSING
        for key, (codes, meaning) in wanted.items()
        if hashes(codes).isdisjoint(sent := hashes_sent(user_data.get(key)))
    }


def hashes_sent(value: object) -> list[str]:
    """The hashes under a match key, in lower case, whether one was sent or a list of them."""
    each = value if isinstance(value, list) else [value]
    return [text.lower() for text in each if isinstance(text, str) and text]


@lru_cache
def hashes(codes: tuple[str, ...]) -> frozenset[str]:
    """SHA-256 of the codes in upper and in lower case."""
    return frozenset(
        sha256(case.encode()).hexdigest() for code in codes for case in (code.upper(), code.lower())
    )
