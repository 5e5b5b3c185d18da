import pytest

from mockpin_transformer.times.dates import epoch_seconds, install_seconds, is_date_like

READ = {
    "2023-03-13T07:56:23.846Z": 1678694183,
    "2023-03-13 07:56:23": 1678694183,
    "20230313075623": 1678694183,
    "2023-03": 1677628800,
    "2023": 1672531200,
    "1969-12-31T23:59:59.500Z": -1,
    "2023-13-01": 1704067200,
    "2023-00-00": 1669766400,
    "2023-03-13T24:00:00": 1678752000,
    "0050-01-01": -631152000,
    "0099-01-01": 915148800,
    "0100-01-01": -59011459200,
    "1678694183": -9032043600,
    "1,5": 978652800,
    "2023-03-13T07:56:23+02:00": 1678686983,
    "Mon, 13 Mar 2023 07:56:23 GMT": 1678694183,
}


@pytest.mark.parametrize(("text", "seconds"), READ.items())
def test_a_time_is_read_as_segment_reads_it(text, seconds):
    assert epoch_seconds(text) == seconds


@pytest.mark.parametrize("text", ["abc", "", "true", "2023-13-01T00:00Z", "2016-12-31T23:59:60Z", "1.5e3x"])
def test_what_is_not_a_time_has_none(text):
    assert epoch_seconds(text) is None


def test_install_times_in_numbers_and_digits_are_seconds_already():
    assert [install_seconds(value) for value in (1.5, "1739211469", "0012")] == [1.5, 1739211469, 12]
    assert install_seconds("2025-02-10T18:17:49Z") == 1739211469
    assert install_seconds("soon") is None


def test_numbers_are_date_like_within_the_range_of_dates():
    texts = ("1678694183", "8640000000000", "8640000000001", "Infinity", "2026-11-24", "soon")
    assert [is_date_like(text) for text in texts] == [True, True, False, False, True, False]
