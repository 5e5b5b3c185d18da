import pytest

from mockpin_transformer.times.texts import parse_date

READ = {
    "2023": 1672531200000,
    "2023-01-01T00:00Z": 1672531200000,
    "2023-02-30T00:00:00Z": 1677715200000,
    "2023-03-13T07:56:23.846Z": 1678694183846,
    "1969-12-31T23:59:59.999Z": -1,
    "2023-02-30T00:00:00.000Z": 1677715200000,
    "2023-03-13T24:00:00.000Z": 1678752000000,
    "0000-01-01T00:00:00.000Z": -62167219200000,
    "2023-01-01T00:00:00.123456+05:45": 1672510500123,
    "2023-01-01T00:00:00-0530": 1672551000000,
    "+002023-01-01": 1672531200000,
    "-000001-": -62198755200000,
    "2023-1/2": 1672617600000,
    "2023-01-": 1672531200000,
    "2023-": 1672531200000,
    "-000000 13 Mar 2023": 1678665600000,
}


@pytest.mark.parametrize(("text", "milliseconds"), READ.items())
def test_a_date_is_read_as_v8_reads_it(text, milliseconds):
    assert parse_date(text) == milliseconds


UNREADABLE = ["2023-03-13T7:56:23Z", "2023-03-13T07", "2023-01-01T24:01Z", "-000000-01-01T00:00Z", "T10:00"]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_v8_cannot_read_is_nothing(text):
    assert parse_date(text) is None
