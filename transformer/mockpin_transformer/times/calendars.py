"""Days and seconds of the proleptic Gregorian calendar, for any year, parts overflowing into the next."""

from datetime import date
from functools import lru_cache
from typing import TypeAlias

_EPOCH = date(1970, 1, 1).toordinal()
_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_LAST_MILLISECOND = 8_640_000_000_000_000
#: A time in UTC by its parts, from the year to the millisecond. Month and day count from 1, and every part
#: but the year may overflow into the next.
Moment: TypeAlias = tuple[int, int, int, int, int, int, int]


def epoch_milliseconds(moment: Moment) -> int | None:
    """Milliseconds since 1970; None beyond the 100,000,000 days that ECMAScript's dates reach."""
    year, month, day, hour, minute, second, millisecond = moment
    days = _days_before(year, month) + day - 1
    milliseconds = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond
    return milliseconds if abs(milliseconds) <= _LAST_MILLISECOND else None


@lru_cache(maxsize=256)
def _days_before(year: int, month: int) -> int:
    """Days from 1970 to the first of a month."""
    carried_years, month = divmod(month - 1, 12)
    # A year of the same place in the 400-year cycle stands in for those that datetime does not know.
    cycles, year = divmod(year + carried_years, _CYCLE_YEARS)
    return date(year + _CYCLE_YEARS, month + 1, 1).toordinal() + (cycles - 1) * _CYCLE_DAYS - _EPOCH
