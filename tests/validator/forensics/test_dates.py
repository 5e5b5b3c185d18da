"""Birth dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.forensics.dates import (
    RIGHT_SPELLING,
    SPELLINGS,
    describe,
    read_date,
    spell,
    spell_right,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2029, 12, 31))
#: Spellings in which the day may come first: only some of their texts can be read in no other way.
DAY_FIRST = [name for name in SPELLINGS if name.startswith("D")]
PLAIN = [name for name in SPELLINGS if name not in DAY_FIRST]


@given(DAYS, st.sampled_from(PLAIN))
def test_a_date_is_read_back_from_every_spelling_that_begins_with_year_or_month(day, spelling):
    assert read_date(spell(spelling, day)) == day


@given(DAYS, st.sampled_from(DAY_FIRST))
def test_a_date_with_the_day_first_is_read_as_such_where_no_month_is_so_great(day, spelling):
    found = read_date(spell(spelling, day))
    assert found == day if day.day > 12 else found in (day, date(day.year, day.day, day.month))


@pytest.mark.parametrize(
    "text",
    ["1996-02-01", " 1996/2/1 ", "02/01/1996", "2.1.1996", "19960201", "Feb 1, 1996", "1 February 1996"],
)
def test_a_date_is_read_with_the_month_before_the_day(text):
    assert spell_right(text) == "19960201"


@pytest.mark.parametrize(
    "text",
    ["", "x", "1996", "02/1996", "1996-02", "1996-02-30", "30/02/1996", "1-2-96", "99999999",
     "1996-13-45", "1996-W05-4", "9" * 400],
)  # fmt: skip
def test_what_names_no_day_of_the_calendar_is_left_as_it_is(text):
    assert read_date(text) is None
    assert spell_right(text) == text


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_and_a_date_once_right_stays_so(text):
    right = spell_right(text)
    assert spell_right(right) == right


def test_a_spelling_is_described_by_a_day_that_is_nobodys():
    assert describe("DD.MM.YYYY") == "a date written as DD.MM.YYYY (such as 01.02.1996)"


@given(DAYS)
def test_the_right_spelling_is_eight_digits(day):
    assert spell(RIGHT_SPELLING, day) == f"{day:%Y%m%d}"
    assert len({spell(name, day) for name in SPELLINGS}) > 10
