"""Birth dates in the spellings that databases and forms give them; Pinterest's is YYYYMMDD."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

RIGHT_SPELLING = "YYYYMMDD"

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

#: How each spelling writes a year, month and day that come as ISO 8601 writes them.
#: A text with two readings is taken for the one that comes first.
SPELLINGS: Mapping[str, Callable[[str, str, str], str]] = MappingProxyType(
    {
        RIGHT_SPELLING: lambda y, m, d: f"{y}{m}{d}",
        "YYYY-MM-DD": lambda y, m, d: f"{y}-{m}-{d}",
        "YYYY/MM/DD": lambda y, m, d: f"{y}/{m}/{d}",
        "YYYY.MM.DD": lambda y, m, d: f"{y}.{m}.{d}",
        "MM/DD/YYYY": lambda y, m, d: f"{m}/{d}/{y}",
        "M/D/YYYY": lambda y, m, d: f"{m.lstrip('0')}/{d.lstrip('0')}/{y}",
        "MM-DD-YYYY": lambda y, m, d: f"{m}-{d}-{y}",
        "DD/MM/YYYY": lambda y, m, d: f"{d}/{m}/{y}",
        "DD-MM-YYYY": lambda y, m, d: f"{d}-{m}-{y}",
        "DD.MM.YYYY": lambda y, m, d: f"{d}.{m}.{y}",
        "MMDDYYYY": lambda y, m, d: f"{m}{d}{y}",
        "DDMMYYYY": lambda y, m, d: f"{d}{m}{y}",
        "YYYY-MM-DD 00:00:00": lambda y, m, d: f"{y}-{m}-{d} 00:00:00",
        "YYYY-MM-DDT00:00:00Z": lambda y, m, d: f"{y}-{m}-{d}T00:00:00Z",
        "YYYY-MM-DDT00:00:00.000Z": lambda y, m, d: f"{y}-{m}-{d}T00:00:00.000Z",
        "YYYY-MM-DDT00:00:00": lambda y, m, d: f"{y}-{m}-{d}T00:00:00",
        "YYYY-M-D": lambda y, m, d: f"{y}-{m.lstrip('0')}-{d.lstrip('0')}",
        "D/M/YYYY": lambda y, m, d: f"{d.lstrip('0')}/{m.lstrip('0')}/{y}",
        "D.M.YYYY": lambda y, m, d: f"{d.lstrip('0')}.{m.lstrip('0')}.{y}",
        "Month D, YYYY": lambda y, m, d: f"{MONTHS[int(m) - 1]} {d.lstrip('0')}, {y}",
        "D Month YYYY": lambda y, m, d: f"{d.lstrip('0')} {MONTHS[int(m) - 1]} {y}",
    }
)
#: Spellings from which no day can be read, since two digits are a year of either century.
SHORT_SPELLINGS: Mapping[str, Callable[[str, str, str], str]] = MappingProxyType(
    {
        "YYMMDD": lambda y, m, d: f"{y[2:]}{m}{d}",
        "YY-MM-DD": lambda y, m, d: f"{y[2:]}-{m}-{d}",
        "MM/DD/YY": lambda y, m, d: f"{m}/{d}/{y[2:]}",
        "M/D/YY": lambda y, m, d: f"{m.lstrip('0')}/{d.lstrip('0')}/{y[2:]}",
        "DD/MM/YY": lambda y, m, d: f"{d}/{m}/{y[2:]}",
        "DD.MM.YY": lambda y, m, d: f"{d}.{m}.{y[2:]}",
        "MMDDYY": lambda y, m, d: f"{m}{d}{y[2:]}",
        "DDMMYY": lambda y, m, d: f"{d}{m}{y[2:]}",
    }
)

#: The day that shows what a spelling looks like; never anybody's.
EXAMPLE = date(1996, 2, 1)

#: Characters of the longest text that is read as a date.
_LONGEST_DATE = 100
# Two defaults that share no part: a part that differs between the two readings was not in the text.
_DEFAULTS = (datetime(2000, 1, 1), datetime(1999, 2, 2))  # noqa: DTZ001 - days have no zone

_YEAR, _MONTH, _DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_ORDERS = ((_YEAR, _MONTH, _DAY), (_MONTH, _DAY, _YEAR), (_DAY, _MONTH, _YEAR))
#: A text is read in the first of these forms that makes a day.
_FORMS = (
    *(re.compile("(?P<mark>[-/. ])".join(order[:2]) + "(?P=mark)" + order[2]) for order in _ORDERS),
    *(re.compile("".join(order).replace("{1,2}", "{2}")) for order in _ORDERS),
)


def read_date(text: str) -> date | None:
    """The date a text names, month before day where both are possible; None if it names none."""
    for form in _FORMS:
        if (found := form.fullmatch(text.strip())) and (day := date_of(found)):
            return day
    return read_words(text)


def read_words(text: str) -> date | None:
    """A date with a time or its month's name; None unless year (four digits), month and day are there."""
    from dateutil.parser import ParserError, parse  # noqa: PLC0415 - loaded when first needed

    if len(text) > _LONGEST_DATE:  # dateutil takes quadratic time
        return None
    try:
        days = {parse(text, default=each).date() for each in _DEFAULTS}
    except (ParserError, OverflowError):
        return None
    day = days.pop()
    return None if days or f"{day.year:04}" not in text else day


def date_of(found: re.Match[str]) -> date | None:
    """The date of a match's three groups, None when the calendar has no such day."""
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def spell(spelling: str, day: date) -> str:
    """A date in one of the spellings."""
    write = SPELLINGS.get(spelling) or SHORT_SPELLINGS[spelling]
    return write(*day.isoformat().split("-"))


def spell_right(text: str) -> str:
    """A date in any spelling -> YYYYMMDD; anything else stays as it is."""
    day = read_date(text)
    return spell(RIGHT_SPELLING, day) if day else text


def describe(spelling: str) -> str:
    """What to call a wrong spelling, with an example that is nobody's birth date."""
    return f"a date written as {spelling} (such as {spell(spelling, EXAMPLE)})"
