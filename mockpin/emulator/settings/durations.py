"""Lengths of time as people write them: `24h`, `90s`, `7d`, or a bare number of seconds."""

import re
from dataclasses import dataclass

from mockpin.emulator.masking.texts import mask_text

SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
#: A number and a unit, without white space around them.
SHAPE = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?", re.ASCII)


@dataclass(eq=False)
class DurationUnreadable(ValueError):
    """A text that is not a length of time. The message masks it."""

    text: str

    def __str__(self) -> str:
        text = mask_text(self.text)
        return f"{text!r} is not a length of time: write a number with ms, s, m, h or d, such as 24h."


def parse_duration(text: str | float) -> float:
    """Seconds in a text such as `25h`; a number is taken as seconds. Raises DurationUnreadable."""
    found = SHAPE.fullmatch(str(text).strip())
    if not found:
        raise DurationUnreadable(str(text))
    return float(found[1]) * SECONDS[found[2] or "s"]


def format_duration(seconds: float) -> str:
    """A short spelling that `parse_duration` reads back: 604800 is `7d`, a single day `24h`."""
    units = ("h", "m") if seconds == SECONDS["d"] else ("d", "h", "m")
    unit = next((u for u in units if seconds and seconds % SECONDS[u] == 0), "s")
    return f"{seconds / SECONDS[unit]:.15g}{unit}"
