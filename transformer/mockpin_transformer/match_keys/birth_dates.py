"""Dates of birth as Pinterest asks for them: YYYYMMDD."""

import re
from datetime import date, datetime
from typing import Final

#: Characters of the longest text that is read as a date.
_LONGEST_DATE: Final = 100
_EIGHT_DIGITS: Final = re.compile("[0-9]{8}")
#: Eight digits are read in the first of these orders that makes a day.
_ORDERS: Final = ("%Y%m%d", "%m%d%Y", "%d%m%Y")
_DAY_AND_MONTH: Final = re.compile("([0-9]{1,2})[^0-9]?([0-9]{1,2})[^0-9]?[0-9]{4}")
_MONTHS: Final = 12
# Two defaults that share no part: a part that differs between the two readings was not in the text.
_DEFAULTS: Final = (datetime(2000, 1, 1), datetime(1999, 2, 2))  # noqa: DTZ001 - days have no zone


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
    from dateutil.parser import ParserError, parse  # noqa: PLC0415 - loaded when first needed

    if len(text) > _LONGEST_DATE:  # dateutil takes quadratic time
        return None
    try:
        readings = {parse(text, default=default).date() for default in _DEFAULTS}
    except (ParserError, OverflowError):
        return None
    day = readings.pop()
    return None if readings or f"{day.year:04}" not in text else day
