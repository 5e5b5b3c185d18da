"""Dates in free form ("13 Mar 2023 07:56 GMT+2", "3/13/23"), as V8 reads what is not ECMA-262's own form.

Words before the first number and anything in parentheses are skipped. A number before `:` belongs to the
time, others to the date, which is month, day, year unless it begins with a number over 31 or names its month.
After V8's dateparser.
"""

from dataclasses import dataclass, field
from typing import Final

from mockpin_transformer.times.calendars import Moment, epoch_milliseconds
from mockpin_transformer.times.tokens import DateToken, Tokens, read_milliseconds, read_tokens

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_HALVES: Final = {"am": 0, "pm": 12}
#: Hours that the time of a zone is behind UTC.
_ZONES: Final = {"ut": 0, "utc": 0, "z": 0, "gmt": 0} | {
    f"{zone}{kind}t": hours - (kind == "d")
    for zone, hours in (("e", 5), ("c", 6), ("m", 7), ("p", 8))
    for kind in "sd"
}
_PARTS_OF_DATE: Final = 3
_PARTS_OF_TIME: Final = 4
_LAST_MINUTE: Final = 59
_LAST_MILLISECOND: Final = 999
_LAST_DAY: Final = 31
_LAST_MONTH: Final = 12
_LAST_HOUR: Final = 23
_NOON: Final = 12
_THIS_CENTURY: Final = 50
_CENTURY: Final = 100


class _Unreadable(Exception):
    """The text is not a date."""


def read_free_date(text: str, date: tuple[int, ...]) -> int | None:
    """Milliseconds since 1970 of a text that follows `date`'s numbers; None if it is not a date."""
    reading = _Reading(read_tokens(text), list(date), has_number=bool(date))
    try:
        while token := reading.tokens.take():
            reading.read(token)
        return epoch_milliseconds(reading.moment())
    except _Unreadable:
        return None


@dataclass(slots=True)
class _Reading:
    tokens: Tokens
    date: list[int]
    has_number: bool
    time: list[int] = field(default_factory=list)
    month: int | None = None
    half: int | None = None
    sign: int | None = None
    zone_hour: int | None = None
    zone_minute: int | None = None

    def read(self, token: DateToken) -> None:
        if token.kind == "number":
            self.read_number(token)
        elif token.kind == "word":
            self.read_word(token.text)
        elif token.text in ("+", "-") and (self.time or (self.zone_hour, self.zone_minute) == (0, 0)):
            self.read_offset(1 if token.text == "+" else -1)
        elif token.text in ("+", "-", ")") and self.has_number:
            raise _Unreadable

    def read_number(self, token: DateToken) -> None:
        self.has_number = True
        if self.tokens.skip(":"):
            self.add_time(token.value, then_zero=self.tokens.skip(":"))
        elif self.tokens.skip(".") and self.expects_time(token.value):
            self.time.append(token.value)
            self.read_fraction()
        elif self.expects_zone_minute(token.value):
            self.zone_minute = token.value
        elif self.expects_time(token.value):
            self.end_time(token.value)
            _refuse_unless(good=self.tokens.at_end_of_time())
        else:
            _refuse_unless(good=len(self.date) < _PARTS_OF_DATE)
            self.date.append(token.value)
            self.tokens.skip("-")

    def add_time(self, value: int, *, then_zero: bool) -> None:
        _refuse_unless(good=not self.time if then_zero else len(self.time) < _PARTS_OF_TIME)
        self.time.extend((value, 0) if then_zero else (value,))

    def read_fraction(self) -> None:
        digits = self.tokens.take_number()
        if digits is None:
            raise _Unreadable
        self.end_time(read_milliseconds(digits.text))

    def end_time(self, value: int) -> None:
        self.time = [*self.time, value, 0, 0][:_PARTS_OF_TIME]

    def expects_time(self, value: int) -> bool:
        limits = {1: _LAST_MINUTE, 2: _LAST_MINUTE, 3: _LAST_MILLISECOND}
        return value <= limits.get(len(self.time), -1)

    def expects_zone_minute(self, value: int) -> bool:
        return self.zone_hour is not None and self.zone_minute is None and value <= _LAST_MINUTE

    def read_word(self, text: str) -> None:
        word = text.lower()
        if word in _HALVES and self.time:
            self.half = _HALVES[word]
        elif word[:3] in _MONTHS:
            self.month = _MONTHS[word[:3]]
            self.tokens.skip("-")
        elif word in _ZONES and self.has_number:
            self.sign, self.zone_hour, self.zone_minute = -1, _ZONES[word], 0
        else:
            _refuse_unless(good=not self.has_number and not self.tokens.at_number())

    def read_offset(self, sign: int) -> None:
        self.sign = sign
        digits = self.tokens.take_number() or DateToken("number", "")
        if self.tokens.at(":"):
            self.zone_hour, self.zone_minute = digits.value, None
        elif len(digits.text) in (1, 2):
            self.zone_hour, self.zone_minute = digits.value, 0
        elif len(digits.text) in (3, 4):
            self.zone_hour, self.zone_minute = divmod(digits.value, 100)
        else:
            raise _Unreadable

    def moment(self) -> Moment:
        hour, minute, second, millisecond = self.clock()
        offset = (self.sign or 0) * ((self.zone_hour or 0) * 60 + (self.zone_minute or 0))
        return *self.calendar(), hour, minute - offset, second, millisecond

    def calendar(self) -> tuple[int, int, int]:
        _refuse_unless(good=bool(self.date))
        first, second, third = [*self.date, 1, 1][:_PARTS_OF_DATE]
        if self.month is None:
            year, month, day = (first, second, third) if not _is_day(first) else (third, first, second)
        else:
            year, month, day = (second, self.month, first) if _is_day(first) else (first, self.month, second)
        _refuse_unless(good=1 <= month <= _LAST_MONTH and _is_day(day))
        return _full_year(year), month, day

    def clock(self) -> tuple[int, int, int, int]:
        hour, minute, second, millisecond = [*self.time, 0, 0, 0, 0][:_PARTS_OF_TIME]
        if self.half is not None:
            _refuse_unless(good=hour <= _NOON)
            hour = hour % _NOON + self.half
        fits = hour <= _LAST_HOUR and max(minute, second) <= _LAST_MINUTE and millisecond <= _LAST_MILLISECOND
        _refuse_unless(good=fits or (hour, minute, second, millisecond) == (24, 0, 0, 0))
        return hour, minute, second, millisecond


def _refuse_unless(*, good: bool) -> None:
    if not good:
        raise _Unreadable


def _is_day(number: int) -> bool:
    return 1 <= number <= _LAST_DAY


def _full_year(year: int) -> int:
    if not 0 <= year < _CENTURY:
        return year
    return year + (2000 if year < _THIS_CENTURY else 1900)
