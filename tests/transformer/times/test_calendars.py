from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.times.calendars import epoch_milliseconds

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_where_datetime_puts_it(when):
    parts = (when.year, when.month, when.day, when.hour, when.minute, when.second, when.microsecond // 1000)
    assert epoch_milliseconds(parts) == (when - EPOCH) // timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("overflowing", "same"),
    [
        ((2023, 13, 1, 0, 0, 0, 0), (2024, 1, 1, 0, 0, 0, 0)),
        ((2023, 3, 0, 0, 0, 0, 0), (2023, 2, 28, 0, 0, 0, 0)),
        ((2023, 1, 1, 0, -1, 0, 0), (2022, 12, 31, 23, 59, 0, 0)),
    ],
)
def test_parts_overflow_into_the_next(overflowing, same):
    assert epoch_milliseconds(overflowing) == epoch_milliseconds(same)


def test_years_beyond_datetime_are_known_up_to_the_end_of_ecmascripts():
    assert epoch_milliseconds((0, 1, 1, 0, 0, 0, 0)) == -62167219200000
    assert epoch_milliseconds((275760, 9, 13, 0, 0, 0, 0)) == 8640000000000000
    assert epoch_milliseconds((275760, 9, 13, 0, 0, 0, 1)) is None
