"""Liquid's filter `date`, on times as JavaScript reads them; every time is shown in UTC."""

import math
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from mockpin_transformer.js import JSON, to_string
from mockpin_transformer.mappings.liquid.refusals import FilterRefused
from mockpin_transformer.mappings.liquid.values import is_missing, javascript_number, print_value
from mockpin_transformer.times.texts import parse_date

_DEFAULT_FORMAT: Final = "%A, %B %-e, %Y at %-l:%M %P %z"
_CODE: Final = re.compile("%([-_0^#:]+)?([0-9]{1,3})?([EO])?(.)")
_DIGITS: Final = re.compile("[0-9]+")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS: Final = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}
_WIDTHS: Final = dict.fromkeys("deHIklmMS", 2) | {"j": 3, "L": 3}
_PADDED_WITH_SPACE: Final = frozenset("aAbBceklpP")
_LAST_MILLISECOND: Final = 8.64e15
#: The calendar repeats itself after these years; in the cycle from 1970 on, datetime knows every day.
_CYCLE_YEARS, _CYCLE = 400, timedelta(days=146_097)
_NOON: Final = 12
#: Codes that are refused: forms of a locale, week numbers and nanoseconds.
_REFUSED_CODES: Final = frozenset("cxXUWN")


def format_date(value: JSON, form: JSON = None, zone: JSON = None) -> JSON:
    """Write a time as text; other values stay as they are. FilterRefused for a zone and for refused codes."""
    if not is_missing(zone):
        raise FilterRefused('filter "date" with a time zone is not known to mockpin', token=None)
    milliseconds = _read(value)
    if milliseconds is None:
        return value
    cycles, within = divmod(timedelta(milliseconds=milliseconds), _CYCLE)
    moment = _EPOCH + within
    year = str(moment.year + _CYCLE_YEARS * cycles)
    counted = {"C": year[:2], "s": str(math.floor(milliseconds / 1000 + 0.5)), "y": year[2:4], "Y": year}
    text = _DEFAULT_FORMAT if is_missing(form) else print_value(form)
    return _CODE.sub(lambda code: _write(moment, counted, code), text)


def _read(value: JSON) -> int | None:
    if value in ("now", "today"):
        return int(time.time() * 1000)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float) or (isinstance(value, str) and _DIGITS.fullmatch(value)):
        milliseconds = javascript_number(value) * 1000
        return int(milliseconds) if abs(milliseconds) <= _LAST_MILLISECOND else None
    if isinstance(value, range):
        value = list(value)
    return parse_date(to_string(value)) if isinstance(value, str | list) else None


def _write(moment: datetime, counted: Mapping[str, str], code: re.Match[str]) -> str:
    """What a code stands for; `counted` has what the cycle of the moment decides."""
    flags, width, _, letter = (part or "" for part in code.groups())
    if letter in _REFUSED_CODES:
        raise FilterRefused(f'filter "date" with %{letter} is not known to mockpin', token=None)
    write = (":" in flags and _CODES.get(f":{letter}")) or _CODES.get(letter)
    if not write and letter not in counted:
        return code[0]
    text = write(moment) if write else counted[letter]
    text = text.upper() if "^" in flags else text
    return _pad(text, flags, int(width or _WIDTHS.get(letter, 0)), space=letter in _PADDED_WITH_SPACE)


def _pad(text: str, flags: str, width: int, *, space: bool) -> str:
    if "-" in flags:
        return text
    fill = " " if "_" in flags or (space and "0" not in flags) else "0"
    return text.rjust(width, fill)


def _weekday(moment: datetime) -> int:
    """0 for Sunday."""
    return moment.isoweekday() % 7


_CODES: Final[Mapping[str, Callable[[datetime], str]]] = {
    "a": lambda moment: _DAYS[_weekday(moment)][:3],
    "A": lambda moment: _DAYS[_weekday(moment)],
    "b": lambda moment: _MONTHS[moment.month - 1][:3],
    "B": lambda moment: _MONTHS[moment.month - 1],
    "d": lambda moment: str(moment.day),
    "e": lambda moment: str(moment.day),
    "h": lambda moment: _MONTHS[moment.month - 1][:3],
    "H": lambda moment: str(moment.hour),
    "I": lambda moment: str(moment.hour % 12 or 12),
    "j": lambda moment: str(moment.timetuple().tm_yday),
    "k": lambda moment: str(moment.hour),
    "l": lambda moment: str(moment.hour % 12 or 12),
    "L": lambda moment: str(moment.microsecond // 1000),
    "m": lambda moment: str(moment.month),
    "M": lambda moment: str(moment.minute),
    "n": lambda _: "\n",
    "p": lambda moment: "AM" if moment.hour < _NOON else "PM",
    "P": lambda moment: "am" if moment.hour < _NOON else "pm",
    "q": lambda moment: _ORDINALS.get(moment.day, "th"),
    "S": lambda moment: str(moment.second),
    "t": lambda _: "\t",
    "u": lambda moment: str(moment.isoweekday()),
    "w": lambda moment: str(_weekday(moment)),
    "z": lambda _: "+0000",
    ":z": lambda _: "+00:00",
    "Z": lambda _: "UTC",
    "%": lambda _: "%",
}
