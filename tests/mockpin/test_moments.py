"""Moments as ISO 8601 has them."""

import pytest

from mockpin.moments import read_iso, write_iso

SECONDS = 1_772_366_400


@pytest.mark.parametrize(
    "text",
    ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00", "2026-03-01T13:00+01:00"],
)
def test_a_moment_is_read_with_an_offset_and_without(text):
    assert read_iso(text) == SECONDS


def test_a_moment_is_written_to_the_millisecond():
    assert write_iso(SECONDS) == "2026-03-01T12:00:00.000Z"
    assert read_iso(write_iso(SECONDS + 0.25)) == SECONDS + 0.25


def test_what_is_not_a_moment_is_not_read():
    with pytest.raises(ValueError, match="soon"):
        read_iso("soon")
