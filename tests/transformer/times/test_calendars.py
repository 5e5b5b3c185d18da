from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.times.calendars import Moment

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_where_datetime_puts_it(when):
    parts = (when.year, when.month, when.day, when.hour, when.minute, when.second, when.microsecond // 1000)
    assert Moment(*parts).epoch_milliseconds() == (when - EPOCH) // timedelta(milliseconds=1)


def test_parts_overflow_into_the_next():
    assert Moment(2023, 13).epoch_milliseconds() == Moment(2024).epoch_milliseconds()
    assert Moment(2023, 3, 0).epoch_milliseconds() == Moment(2023, 2, 28).epoch_milliseconds()
    assert Moment(2023, minute=-1).epoch_milliseconds() == Moment(2022, 12, 31, 23, 59).epoch_milliseconds()


def test_years_beyond_datetime_are_known_up_to_the_end_of_ecmascripts():
    assert Moment(0).epoch_milliseconds() == -62167219200000
    assert Moment(275760, 9, 13).epoch_milliseconds() == 8640000000000000
    assert Moment(275760, 9, 13, millisecond=1).epoch_milliseconds() is None
