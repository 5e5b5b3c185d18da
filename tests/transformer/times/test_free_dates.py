from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.times.free_dates import read_free_date

HALF_PAST_SEVEN = 1678692600000
READ = {
    "13 Mar 2023 07:30": HALF_PAST_SEVEN,
    "March 13, 2023 7:30 AM": HALF_PAST_SEVEN,
    "3/13/2023 07:30": HALF_PAST_SEVEN,
    "3/13/23 07:30": HALF_PAST_SEVEN,
    "2023/3/13 07:30": HALF_PAST_SEVEN,
    "13 Mar 2023 09:30 GMT+2": HALF_PAST_SEVEN,
    "13 Mar 2023 05:30 GMT-2": HALF_PAST_SEVEN,
    "13 Mar 2023 19:30 +12": HALF_PAST_SEVEN,
    "13 Mar 2023 09:00 +130": HALF_PAST_SEVEN,
    "13 Mar 2023 09:30 +2:": HALF_PAST_SEVEN,
    "13 Mar 2023 13:00 +0530": HALF_PAST_SEVEN,
    "13 Mar 2023 13:00 +05:30": HALF_PAST_SEVEN,
    "13 Mar 2023 08:29 +0:59": HALF_PAST_SEVEN,
    "on (some) day 13 Mar 2023 07:30": HALF_PAST_SEVEN,
    "13-Mar-2023 07:30:00.000": HALF_PAST_SEVEN,
    "13 Mar 2023 07:.30": HALF_PAST_SEVEN,
    "13 Mar 2023 07:30:10": HALF_PAST_SEVEN + 10_000,
    "13 Mar 2023 07:30:10.5": HALF_PAST_SEVEN + 10_500,
    "13 Mar 2023 07:30:10:999": HALF_PAST_SEVEN + 10_999,
    "13 Mar 2023 23:59:59.999": 1678752000000 - 1,
    "13 Mar 2023 7:30 pm": HALF_PAST_SEVEN + 12 * 3_600_000,
    "13 Mar 2023 12:30 pm": HALF_PAST_SEVEN + 5 * 3_600_000,
    "13 Mar 2023 GMT+2": 1678665600000 - 2 * 3_600_000,
    "Mar 2023": 1677628800000,
    "31 Mar": 985996800000,
    "12/31/2023": 1703980800000,
    "32/12/31": 1988064000000,
    "13 Mar 2023 07::": 1678690800000,
    "Mar 13 2023 12:00 am": 1678665600000,
    "Mar 13 2023 24:00": 1678752000000,
    "3/13/49": 2499206400000,
    "3/13/50": -625017600000,
    "3/13/99": 921283200000,
    "3/13/100": -59005324800000,
    "5.5": 989020800000,
    "0": 946684800000,
}


HOURS = {
    "UT": 7, "UTC": 7, "Z": 7, "GMT": 7, "EST": 2, "EDT": 3, "CST": 1, "CDT": 2, "MST": 0, "MDT": 1, "PDT": 0,
}  # fmt: skip


@pytest.mark.parametrize(("zone", "hour"), HOURS.items())
def test_a_time_in_a_zone_that_v8_knows_is_the_same_moment(zone, hour):
    assert read_free_date(f"13 Mar 2023 0{hour}:30 {zone}", ()) == HALF_PAST_SEVEN
    assert read_free_date("12 Mar 2023 23:30 PST", ()) == HALF_PAST_SEVEN


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_is_known_by_its_first_three_letters(month):
    day = datetime(2023, month, 5, tzinfo=UTC)
    texts = (f"5 {day:%b} 2023", f"{day:%B} 5 2023", f"{month}/5/2023")
    assert {read_free_date(text, ()) for text in texts} == {day.timestamp() * 1000}


@pytest.mark.parametrize(("text", "milliseconds"), READ.items())
def test_a_date_in_free_form_is_read_as_v8_reads_it(text, milliseconds):
    assert read_free_date(text, ()) == milliseconds


UNREADABLE = [
    "",
    "soon",
    "13/03/2023",
    "1/32/2023",
    "0/1/2023",
    "13 Mar 2023 25:00",
    "3/13/2023 23:60",
    "3/13/2023 23:59:60",
    "13 Mar 2023 24:00:01",
    "13 Mar 2023 24:01",
    "3/13/2023 07:30:10:1000",
    "13 Mar 2023 07:30 + 12345",
    "13 Mar 2023 13:00 pm",
    "1 2 3 4",
    "12:30:10.x",
    "1::2::3",
    "1:2:3:4:5:6",
    "13 Mar 2023 07:30x",
    "13 Mar 2023 07:30:10x",
    "13 Mar 2023 07:30 +12345",
    "13 Mar 2023)",
    "soon3",
    "13 Mar 2023 noon",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_v8_cannot_read_is_nothing(text):
    assert read_free_date(text, ()) is None


@given(st.text("0123456789:.-+/() ,TZabmnpr\u2028", max_size=20))
def test_no_text_is_too_strange(text):
    assert read_free_date(text, ()) is None or isinstance(read_free_date(text, ()), int)
