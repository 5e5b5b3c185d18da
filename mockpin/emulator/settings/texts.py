"""The values of settings as people write them: sizes, counts, switches, states, verdicts by match key.

What reads a text raises ValueError or KeyError for one that states no such value.
"""

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from mockpin.emulator.settings.durations import parse_duration
from mockpin_validator.contract.request import HASHED_MATCH_KEYS
from mockpin_validator.judging.policy import Policy, Verdict

_SIZE = re.compile(r"(\d{1,12}(?:\.\d+)?)(B|KB|MB|GB|KiB|MiB|GiB|)", re.ASCII)
_STATE = re.compile("[A-Z]{2}")
#: Seconds of a hundred years: nothing that is waited for takes longer.
LONGEST = 100 * 365 * 86_400
BYTES = {
    "": 1, "B": 1, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000,
    "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
}  # fmt: skip


def parse_size(text: str) -> int:
    """Bytes in a text such as `10MB`, at least one."""
    found = _SIZE.fullmatch(text)
    size = int(float(found[1]) * BYTES[found[2]]) if found else 0
    if not size:
        raise ValueError(text)
    return size


def parse_span(text: str) -> float:
    """Seconds in a text such as `24h`, which says its unit: 24 alone may be meant as hours."""
    seconds = parse_duration(text)
    if (seconds and text.strip()[-1].isdecimal()) or seconds > LONGEST:
        raise ValueError(text)
    return seconds


def format_size(size: int) -> str:
    """The shortest spelling that `parse_size` reads back."""
    unit = next(unit for unit in ("GB", "MB", "KB", "B") if size % BYTES[unit] == 0)
    return f"{size // BYTES[unit]}{unit}"


def parse_size_bound(text: str) -> float:
    """Bytes in a text such as `500MB`; `off` is infinity."""
    return math.inf if text == "off" else parse_size(text)


def format_size_bound(size: float) -> str:
    """The shortest spelling that `parse_size_bound` reads back."""
    return "off" if size == math.inf else format_size(int(size))


def parse_unhashed(text: str) -> Mapping[str, Verdict]:
    """`em:fail,*:warn` as a table from hashed match key to verdict; without `*`, others as by default."""
    pairs = dict(part.strip().split(":") for part in text.split(","))
    read_key, read_verdict = one_of(*HASHED_MATCH_KEYS, "*"), one_of("warn", "fail")
    said = {read_key(key): read_verdict(verdict) for key, verdict in pairs.items()}
    return MappingProxyType(said if "*" in said else {**Policy().unhashed, **said})


def parse_states(text: str) -> tuple[str, ...]:
    """`CA,CO` as a tuple of two-letter codes in upper case."""
    states = tuple(state.strip().upper() for state in text.split(","))
    if not all(map(_STATE.fullmatch, states)):
        raise ValueError(text)
    return states


def parse_count(text: str) -> int:
    """A whole number from 1."""
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def parse_switch(text: str) -> bool:
    """`on` or `off`."""
    return {"on": True, "off": False}[text]


def one_of(*values: Any) -> Callable[[str], Any]:
    """A parser of one of these values, read by its text."""
    return {str(value): value for value in values}.__getitem__


def join(values: Any) -> str:
    """States, or verdicts by match key, with commas."""
    pairs = (":".join(pair) for pair in values.items()) if isinstance(values, Mapping) else values
    return ",".join(pairs)
