"""Dates in text as V8 reads them: ECMA-262's date-time strings, and the older free forms where those end.

After ECMA-262 21.4.1.32 and V8's dateparser (BSD licence, described anew). Zoneless texts are UTC.
"""

import re
from typing import Final

from transformer.calendars import Moment
from transformer.date_tokens import Token, milliseconds
from transformer.free_dates import read_free_date

_YEAR_MONTH_DAY: Final = re.compile(
    r"([0-9]{4}|[+-][0-9]{6})(?![0-9])"
    r"(?:-(?:(0[1-9]|1[0-2])(?![0-9])(?:-(?:(0[1-9]|[12][0-9]|3[01])(?![0-9]))?)?)?)?"
)
_TIME: Final = re.compile(
    r"[Tt](?:([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]+))?)?|24:00(?::00(?:\.0+)?)?)"
    r"(?:[Zz]|([+-])([01][0-9]|2[0-3])(?::(?=[0-9]{2}$)|(?=[0-9]{2}$))([0-5][0-9]))?"
)
_NO_YEAR: Final = "-000000"
_TIME_SEPARATOR: Final = re.compile(r"[Tt](?![A-\U0010ffff])")


def parse_date(text: str) -> int | None:
    """Milliseconds since 1970, or None for a text that V8's `Date` cannot read."""
    date = _YEAR_MONTH_DAY.match(text)
    if date is None:
        return read_free_date(text, ())
    if date[1] == _NO_YEAR:
        return read_free_date(text[len(_NO_YEAR) :], ())
    parts = tuple(int(each) for each in date.groups() if each)
    rest = text[date.end() :]
    if _TIME_SEPARATOR.match(rest):
        time = _TIME.fullmatch(rest)
        return None if time is None else _with_time(parts, time).epoch_milliseconds()
    if rest or text.endswith("-"):
        return read_free_date(rest, parts)
    return Moment(*parts).epoch_milliseconds()


def _with_time(date: tuple[int, ...], time: re.Match[str]) -> Moment:
    hour, minute, second, fraction, sign, zone_hour, zone_minute = time.groups()
    offset = int(zone_hour or 0) * 60 + int(zone_minute or 0)
    return Moment(*date)._replace(
        hour=24 if hour is None else int(hour),
        minute=int(minute or 0) + (offset if sign == "-" else -offset),
        second=int(second or 0),
        millisecond=milliseconds(Token("number", fraction or "0")) or 0,
    )
