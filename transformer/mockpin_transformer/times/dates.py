"""Times as Segment reads them: epoch seconds out of any text, UTC where no zone is named.

After dayjs 1.11 as Segment's action-destinations 3.517.0 calls it; its oddities are kept: digits alone are
read as a date ("1678694183" is the year 1678), and a text that cannot be read gives no time, not an error.
"""

import math
import re
from typing import Final

from mockpin_transformer.js import WHITESPACE, number_text, to_number
from mockpin_transformer.payloads.scalars import plain_number
from mockpin_transformer.times.calendars import Moment, epoch_milliseconds
from mockpin_transformer.times.texts import parse_date

_LOOSE: Final = re.compile(
    r"([0-9]{4})[-/]?([0-9]{1,2})?[-/]?([0-9]{0,2})"
    rf"[Tt{WHITESPACE}]*([0-9]{{1,2}})?:?([0-9]{{1,2}})?:?([0-9]{{1,2}})?[.:]?([0-9]+)?"
)
_DIGITS: Final = re.compile("[0-9]+")
_LAST_SECOND: Final = 8.64e12
_CENTURY: Final = 100


def epoch_seconds(text: str) -> int | None:
    """Whole seconds since 1970, rounded down; None for a text that is not a time."""
    milliseconds = _milliseconds(text)
    return None if milliseconds is None else milliseconds // 1000


def install_seconds(value: float | str) -> float | None:
    """`install_time` as sent: numbers and digits as they are, other texts as times; None for no time."""
    if not isinstance(value, str):
        return value
    if _DIGITS.fullmatch(value):
        return plain_number(to_number(value))
    return epoch_seconds(value)


def is_date_like(text: str) -> bool:
    """Whether `install_time` accepts a text: seconds as JavaScript prints them, or a time."""
    number = to_number(text)
    if number_text(number) == text:
        return math.isfinite(number) and abs(number) <= _LAST_SECOND
    return _milliseconds(text) is not None


def _milliseconds(text: str) -> int | None:
    # Each part takes all that it can, so the first match is the longest; fullmatch would try others too.
    loose = None if text[-1:] in {"Z", "z"} else _LOOSE.match(text)
    return epoch_milliseconds(_roll(loose)) if loose and loose.end() == len(text) else parse_date(text)


def _roll(loose: re.Match[str]) -> Moment:
    """A time from its parts, which may overflow: month 13 is the next January, day 00 the day before."""
    year, month, day, hour, minute, second, fraction = loose.groups()
    return (
        int(year) + (1900 if int(year) < _CENTURY else 0),
        int(month or 1),
        int(day or 1),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
        int((fraction or "0")[:3]),
    )
