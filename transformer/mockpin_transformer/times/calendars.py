"""Days and seconds of the proleptic Gregorian calendar, for any year, parts overflowing into the next."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

_EPOCH = date(1970, 1, 1).toordinal()
_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_LAST_MILLISECOND = 8_640_000_000_000_000


class Moment(NamedTuple):
    """A time in UTC by its parts; month and day count from 1 and every part but the year may overflow."""

    year: int
    month: int = 1
    day: int = 1
    hour: int = 0
    minute: int = 0
    second: int = 0
    millisecond: int = 0

    def epoch_milliseconds(self) -> int | None:
        """Milliseconds since 1970; None beyond the 100,000,000 days that ECMAScript's dates reach."""
        year, month, day, hour, minute, second, millisecond = self
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
