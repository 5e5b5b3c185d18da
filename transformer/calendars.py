"""Days and seconds of the proleptic Gregorian calendar, for any year, parts overflowing into the next."""

from datetime import date
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
        minutes = (_epoch_days(self) * 24 + self.hour) * 60 + self.minute
        milliseconds = (minutes * 60 + self.second) * 1000 + self.millisecond
        return milliseconds if abs(milliseconds) <= _LAST_MILLISECOND else None


def _epoch_days(moment: Moment) -> int:
    carried_years, month = divmod(moment.month - 1, 12)
    # A year of the same place in the 400-year cycle stands in for those that datetime does not know.
    cycles, year = divmod(moment.year + carried_years, _CYCLE_YEARS)
    first = date(year + _CYCLE_YEARS, month + 1, 1).toordinal() + (cycles - 1) * _CYCLE_DAYS
    return first - _EPOCH + moment.day - 1
