"""Dates of birth as Pinterest asks for them: YYYYMMDD."""

import re
from datetime import date, datetime
from typing import Final

#: Characters of the longest text that is read as a date.
_LONGEST_DATE: Final = 100
_EIGHT_DIGITS: Final = re.compile("[0-9]{8}")
#: A day and a time of day without anything between them, as databases write them.
_DAY_AND_TIME: Final = re.compile("([0-9]{8})[0-9]{6}Z?")
#: Eight digits are read in the first of these orders that makes a day.
_ORDERS: Final = ("%Y%m%d", "%m%d%Y", "%d%m%Y")
_DAY_AND_MONTH: Final = re.compile("([0-9]{1,2})[^0-9]?([0-9]{1,2})[^0-9]?[0-9]{4}")
_MONTHS: Final = 12
#: English, whatever the locale is, as `strptime` would not read it.
_MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS: Final = {
    short: f"m{number}" for number, name in enumerate(_MONTH_NAMES, 1) for short in (name, name[:3])
} | {"sept": "m9"}
#: A time of day behind a date, and what follows it; a year at the end may belong to the date.
_TIME: Final = re.compile(
    r"(?:(?: at)?[t ,]\s{0,3}[0-9]{1,2}(?::[0-9]{2}|\s?[ap]\.?m\b)"
    r"|(?<=[0-9])(?: [0-9]{6}|t(?:[0-9]{2}){1,3})(?![0-9:]))"
    r"(?:.*(?= [0-9]{4}$)|.*)",
    re.DOTALL,
)
#: What else a date may have beside its three parts: a weekday, the end of an ordinal number.
_BESIDE: Final = re.compile(
    r"\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|(?<=[0-9])(?:st|nd|rd|th)\b|\bof\b"
)
_PART: Final = re.compile("[0-9]+|[^\\W\\d_]+")
#: Three parts are read in the first of these orders that makes a day; `m` marks a month that was a word.
_PART_ORDERS: Final = (
    "%Y %m %d", "%m %d %Y", "%d %m %Y", "%d m%m %Y", "m%m %d %Y", "%Y m%m %d", "%Y %d m%m", "m%m %Y %d",
    "%d %Y m%m",
)  # fmt: skip


def write_birth_date(text: str) -> str:
    """Write a date as eight digits (year, month, day); other texts stay as they are.

    The month comes before the day where both are possible, and a year has four digits.
    """
    day = _read_digits(text) if _EIGHT_DIGITS.fullmatch(text) else _read_date(text)
    return day.isoformat().replace("-", "") if day else text


def is_ambiguous(text: str) -> bool:
    """Whether month and day could change places: 03/02/1961 can, 25/12/1961 and 1961-03-02 cannot."""
    parts = _DAY_AND_MONTH.fullmatch(text)
    if not parts or (text.isdecimal() and _read_digits(text, _ORDERS[:1])):
        return False
    return parts[1] != parts[2] and int(parts[1]) <= _MONTHS and int(parts[2]) <= _MONTHS


def _read_digits(text: str, orders: tuple[str, ...] = _ORDERS) -> date | None:
    for order in orders:
        try:
            return datetime.strptime(text, order).date()  # noqa: DTZ007 - days have no zone
        except ValueError:
            continue
    return None


def _read_date(text: str) -> date | None:
    if len(text) > _LONGEST_DATE:
        return None
    if moment := _DAY_AND_TIME.fullmatch(text):
        return _read_digits(moment[1], _ORDERS[:1])
    day = _TIME.sub("", text.lower())
    if _EIGHT_DIGITS.fullmatch(day):
        return _read_digits(day, _ORDERS[:1])
    parts = _PART.findall(_BESIDE.sub(" ", day))
    return _read_digits(" ".join(_MONTH_NUMBERS.get(part, part) for part in parts), _PART_ORDERS)
