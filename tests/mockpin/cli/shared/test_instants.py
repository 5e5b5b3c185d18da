"""A time on the command line."""

import click
import pytest

from mockpin.cli.shared.instants import read_instant


@pytest.mark.parametrize(
    "text",
    ["1772366400", "1772366400.0", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00", "2026-03-01T13:00+01:00"],
)
def test_iso_8601_and_unix_seconds_are_read(text):
    assert read_instant(None, None, text) == 1_772_366_400


def test_no_time_stays_none():
    assert read_instant(None, None, None) is None


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "-5", "1e9", "9" * 400])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(click.BadParameter, match="is no time"):
        read_instant(None, None, text)
