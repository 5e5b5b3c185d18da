"""Birth dates in the spellings that databases and forms give them; Pinterest's is YYYYMMDD."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

RIGHT_SPELLING = "YYYYMMDD"

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
    }
)

#: The day that shows what a spelling looks like; never anybody's.
EXAMPLE = date(1996, 2, 1)

_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/. ]?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?:[T ].*)?"
)
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})(?P<mark>[-/. ]?)(?P<day>\d{1,2})(?P=mark)(?P<year>\d{4})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?P<mark>[-/. ]?)(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})")


def read_date(text: str) -> date | None:
    """The date a text names, month before day where both are possible; None if it names none."""
    for form in (_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST):
        if (found := form.fullmatch(text.strip())) and (day := date_of(found)):
            return day
    return None


def date_of(found: re.Match[str]) -> date | None:
    """The date of a match's three groups, None when the calendar has no such day."""
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def spell(spelling: str, day: date) -> str:
    """A date in one of the spellings."""
    return SPELLINGS[spelling](*day.isoformat().split("-"))


def spell_right(text: str) -> str:
    """A date in any spelling -> YYYYMMDD; anything else loses all but its digits."""
    day = read_date(text)
    return spell(RIGHT_SPELLING, day) if day else re.sub(r"[^0-9]", "", text)


def describe(spelling: str) -> str:
    """What to call a wrong spelling, with an example that is nobody's birth date."""
    return f"a date written as {spelling} (such as {spell(spelling, EXAMPLE)})"
