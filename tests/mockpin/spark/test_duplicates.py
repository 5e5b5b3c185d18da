"""The window of exact deduplication."""

from mockpin.spark.duplicates import WINDOW


def test_an_id_is_a_duplicate_for_as_long_as_the_emulator_has_it():
    assert WINDOW == 24 * 3600
