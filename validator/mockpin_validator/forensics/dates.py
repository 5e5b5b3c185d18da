"""Spellings of birth dates in databases and forms. Pinterest documents YYYYMMDD."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

RIGHT_SPELLING = "YYYYMMDD"

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

#: Spelling -> function of year, month and day in the digits of ISO 8601.
#: A text that fits two spellings counts as the first.
SPELLINGS: Mapping[str, Callable[[str, str, str], str]] = {
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
#: Spellings with a two-digit year: they are written but not read, because the century is unknown.
SHORT_SPELLINGS: Mapping[str, Callable[[str, str, str], str]] = {
    "YYMMDD": lambda y, m, d: f"{y[2:]}{m}{d}",
    "YY-MM-DD": lambda y, m, d: f"{y[2:]}-{m}-{d}",
    "MM/DD/YY": lambda y, m, d: f"{m}/{d}/{y[2:]}",
    "M/D/YY": lambda y, m, d: f"{m.lstrip('0')}/{d.lstrip('0')}/{y[2:]}",
    "DD/MM/YY": lambda y, m, d: f"{d}/{m}/{y[2:]}",
    "DD.MM.YY": lambda y, m, d: f"{d}.{m}.{y[2:]}",
    "MMDDYY": lambda y, m, d: f"{m}{d}{y[2:]}",
    "DDMMYY": lambda y, m, d: f"{d}{m}{y[2:]}",
}

#: The day in the examples of spellings; it is not a user's.
EXAMPLE = date(1996, 2, 1)

#: Characters of the longest text that is read as a date.
_MAX_DATE_LENGTH = 100
_YEAR_DIGITS = 4
#: Where a time after a date begins: 10:20, 3 pm, or T1020 and 102030 behind a digit.
_TIME = re.compile(
    r"( at)?[Tt ,]\s{0,3}[0-9]{1,2}(:[0-9]{2}|\s?[AaPp]\.?[Mm]\b)"
    r"|(?<=[0-9])([Tt]([0-9]{2}|[0-9]{4}|[0-9]{6})| [0-9]{6})(?![0-9:])"
)
#: The year of a date that has its time before it, as JavaScript and C write it: May 17 10:20:30 1990.
_LAST_YEAR = re.compile(r"(?<= )[0-9]{4}$")
_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
_MONTH_NUMBERS: Mapping[str, int] = {
    word.lower(): number for number, name in enumerate(MONTHS, 1) for word in (name, name[:3])
} | {"sept": 9}
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BESIDE_A_DATE = frozenset(
    {"st", "nd", "rd", "th", "of", "the", *(word.lower() for day in _WEEK for word in (day, day[:3]))}
)

_YEAR, _MONTH, _DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_ORDERS = ((_YEAR, _MONTH, _DAY), (_MONTH, _DAY, _YEAR), (_DAY, _MONTH, _YEAR))
#: A text is read in the first form that gives a valid day.
_FORMS = (
    *(re.compile("(?P<mark>[-/. ])".join(order[:2]) + "(?P=mark)" + order[2]) for order in _ORDERS),
    *(re.compile("".join(order).replace("{1,2}", "{2}")) for order in _ORDERS),
)


def read_date(text: str) -> date | None:
    """Read a date from a text, month before day if both are possible; None if it is not a date."""
    for form in _FORMS:
        if (match := form.fullmatch(text.strip())) and (day := build_date(match)):
            return day
    return read_written_date(text)


def read_written_date(text: str) -> date | None:
    """Read a date with a time or an English month name; None unless it has a four-digit year, month and day.

    Names of months and weekdays may be cut to three letters. The transformer reads such dates with strptime;
    this reader is independent of it, so that tests can compare the two.
    """
    if len(text) > _MAX_DATE_LENGTH:
        return None
    without_time = _remove_time(text.strip())
    if without_time != text.strip():
        return read_date(without_time)
    words = [word.lower() for word in _WORD.findall(text) if word.lower() not in _BESIDE_A_DATE]
    months = [_MONTH_NUMBERS.get(word) for word in words if word.isalpha()]
    years = [int(word) for word in words if len(word) == _YEAR_DIGITS and word.isdecimal()]
    days = [int(word) for word in words if len(word) < _YEAR_DIGITS - 1 and word.isdecimal()]
    if len(months) != 1 or months[0] is None or len(years) != 1 or len(days) != 1:
        return None
    with suppress(ValueError):  # no such day
        return date(years[0], months[0], days[0])
    return None


def _remove_time(text: str) -> str:
    """Return the date before a time of day, with the year that follows it; a text without a time as it is."""
    time = _TIME.search(text)
    if time is None:
        return text
    year = _LAST_YEAR.search(text, time.end())
    return f"{text[: time.start()]} {year[0] if year else ''}".strip()


def build_date(match: re.Match[str]) -> date | None:
    """Build the date of a match's three groups, None if the calendar has no such day."""
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def spell(spelling: str, day: date) -> str:
    """Write a date in one of the spellings."""
    write = SPELLINGS.get(spelling) or SHORT_SPELLINGS[spelling]
    return write(*day.isoformat().split("-"))


def to_documented_spelling(text: str) -> str:
    """Rewrite a date in any spelling as YYYYMMDD; return any other text unchanged."""
    day = read_date(text)
    return spell(RIGHT_SPELLING, day) if day else text


def describe(spelling: str) -> str:
    """Name a wrong spelling, with an example that is not a user's birth date."""
    return f"a date written as {spelling} (such as {spell(spelling, EXAMPLE)})"
