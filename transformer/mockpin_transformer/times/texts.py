"""Dates in text as V8 reads them: ECMA-262's date-time strings, and the older free forms where those end.

After ECMA-262 21.4.1.32 and V8's dateparser, described anew. Texts without a zone are UTC.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from mockpin_transformer.times.calendars import Moment, epoch_milliseconds
from mockpin_transformer.times.free_dates import read_free_date
from mockpin_transformer.times.tokens import read_milliseconds

_MONTH: Final = "(0[1-9]|1[0-2])"
_DAY: Final = "(0[1-9]|[12][0-9]|3[01])"
_DATE_TIME: Final = re.compile(
    rf"(?!-000000)([0-9]{{4}}|[+-][0-9]{{6}})(?:-{_MONTH}(?:-{_DAY})?)?"
    r"(?:[Tt]([01][0-9]|2[0-3]|24(?=:00(?::00(?:\.0+)?)?(?:[Zz+-]|\Z))):([0-5][0-9])"
    r"(?::([0-5][0-9])(?:\.([0-9]+))?)?"
    r"(?:[Zz]|([+-])([01][0-9]|2[0-3]):?([0-5][0-9]))?)?"
)
#: As much of a date as goes before a free form; the dash after it is read, too.
_BEGINNING: Final = re.compile(
    rf"([0-9]{{4}}|[+-][0-9]{{6}})(?![0-9])(?:-(?:{_MONTH}(?![0-9])(?:-(?:{_DAY}(?![0-9]))?)?)?)?"
)
_NO_YEAR: Final = "-000000"
#: What JavaScript's `toISOString` writes, and with it nearly every event. Python reads it at once.
_ISO_STRING: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def parse_date(text: str) -> int | None:
    """Milliseconds since 1970, or None for a text that V8's `Date` cannot read."""
    if _ISO_STRING.fullmatch(text):
        try:
            return (datetime.fromisoformat(text) - _EPOCH) // _MILLISECOND
        except ValueError:
            pass  # days that overflow, such as 30 February, and the year 0
    written = _DATE_TIME.fullmatch(text)
    return _parse_free_form(text) if written is None else epoch_milliseconds(_read(written))


def _read(written: re.Match[str]) -> Moment:
    year, month, day, hour, minute, second, fraction, sign, zone_hour, zone_minute = written.groups()
    offset = int(zone_hour) * 60 + int(zone_minute) if sign else 0
    return (
        int(year),
        int(month or 1),
        int(day or 1),
        int(hour or 0),
        int(minute or 0) + (offset if sign == "-" else -offset),
        int(second or 0),
        read_milliseconds(fraction or "0"),
    )


def _parse_free_form(text: str) -> int | None:
    date = _BEGINNING.match(text)
    if date is None:
        return read_free_date(text, ())
    if date[1] == _NO_YEAR:
        return read_free_date(text[len(_NO_YEAR) :], ())
    return read_free_date(text[date.end() :], tuple(int(part) for part in date.groups() if part))
