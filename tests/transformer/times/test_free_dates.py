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
    "13 Mar 2023 02:30 EST": HALF_PAST_SEVEN,
    "13 Mar 2023 03:30 EDT": HALF_PAST_SEVEN,
    "13 Mar 2023 13:00 +0530": HALF_PAST_SEVEN,
    "13 Mar 2023 13:00 +05:30": HALF_PAST_SEVEN,
    "on (some) day 13 Mar 2023 07:30": HALF_PAST_SEVEN,
    "13-Mar-2023 07:30:00.000": HALF_PAST_SEVEN,
    "13 Mar 2023 07::": 1678690800000,
    "Mar 13 2023 12:00 am": 1678665600000,
    "Mar 13 2023 24:00": 1678752000000,
    "3/13/49": 2499206400000,
    "3/13/50": -625017600000,
    "5.5": 989020800000,
    "0": 946684800000,
}


@pytest.mark.parametrize(("text", "milliseconds"), READ.items())
def test_a_date_in_free_form_is_read_as_v8_reads_it(text, milliseconds):
    assert read_free_date(text, ()) == milliseconds


UNREADABLE = [
    "",
    "soon",
    "13/03/2023",
    "13 Mar 2023 25:00",
    "13 Mar 2023 13:00 pm",
    "1 2 3 4",
    "12:30:10.x",
    "1::2::3",
    "1:2:3:4:5:6",
    "13 Mar 2023 07:30x",
    "13 Mar 2023 07:30:10x",
    "13 Mar 2023 07:30 +12345",
    "13 Mar 2023)",
    "soon13",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_v8_cannot_read_is_nothing(text):
    assert read_free_date(text, ()) is None


@given(st.text("0123456789:.-+/() ,TZabmnpr\u2028", max_size=20))
def test_no_text_is_too_strange(text):
    assert read_free_date(text, ()) is None or isinstance(read_free_date(text, ()), int)
