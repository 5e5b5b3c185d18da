import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.settings.durations import DurationUnreadable, format_duration, parse_duration


@pytest.mark.parametrize(("text", "seconds"), [
    ("24h", 86400), ("7d", 604800), ("60s", 60), ("1.5m", 90),
    ("250ms", 0.25), ("90", 90), (90, 90), ("0", 0),
])  # fmt: skip
def test_a_length_of_time_is_read(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "h", "1w", "-1h", "1h30m", "\u0661h", "nan", "1e3"])
def test_anything_else_is_refused_by_name(text):
    with pytest.raises(DurationUnreadable, match="is not a length of time: write a number"):
        parse_duration(text)


@given(st.integers(0, 10**7))
def test_what_is_written_is_read_back(seconds):
    assert parse_duration(format_duration(seconds)) == seconds


def test_a_day_is_written_in_hours():
    assert [format_duration(seconds) for seconds in (86400, 172800, 604800)] == ["24h", "2d", "7d"]


def test_personal_data_in_its_place_is_not_repeated():
    assert "ada@" not in str(DurationUnreadable("ada@example.com"))
