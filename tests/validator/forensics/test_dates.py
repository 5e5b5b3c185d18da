"""Birth dates as people write them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.forensics.dates import (
    RIGHT_SPELLING,
    SHORT_SPELLINGS,
    SPELLINGS,
    describe,
    read_date,
    read_written_date,
    spell,
    to_documented_spelling,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2029, 12, 31))
#: Spellings in which the day may come first: only some of their texts can be read in no other way.
DAY_FIRST = [name for name in SPELLINGS if name.startswith("D")]
PLAIN = [name for name in SPELLINGS if name not in DAY_FIRST]


#: What stands for the parts of the third of April 1987 in the name of a spelling.
PARTS = {
    "YYYY": "1987", "YY": "87", "Month": "April", "MM": "04", "M": "4", "DD": "03", "D": "3",
}  # fmt: skip


@pytest.mark.parametrize("name", [*SPELLINGS, *SHORT_SPELLINGS])
def test_a_date_is_written_as_the_name_of_the_spelling_says(name):
    write = {**SPELLINGS, **SHORT_SPELLINGS}[name]
    assert write("1987", "04", "03") == re.sub("|".join(PARTS), lambda part: PARTS[part[0]], name)


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
    assert to_documented_spelling(text) == "19960201"


@pytest.mark.parametrize(
    "text",
    ["", "x", "1996", "02/1996", "1996-02", "1996-02-30", "30/02/1996", "1-2-96", "99999999",
     "1996-13-45", "1996-W05-4", "9" * 400],
)  # fmt: skip
def test_what_names_no_day_of_the_calendar_is_left_as_it_is(text):
    assert read_date(text) is None
    assert to_documented_spelling(text) == text


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_and_a_date_once_right_stays_so(text):
    right = to_documented_spelling(text)
    assert to_documented_spelling(right) == right


def test_a_spelling_is_described_by_a_day_that_is_nobodys():
    assert describe("DD.MM.YYYY") == "a date written as DD.MM.YYYY (such as 01.02.1996)"


@given(DAYS)
def test_the_right_spelling_is_eight_digits(day):
    assert spell(RIGHT_SPELLING, day) == f"{day:%Y%m%d}"
    assert len({spell(name, day) for name in SPELLINGS}) > 10


@pytest.mark.parametrize("text", [
    "March 2, 1961", "2 Mar 1961", "the 2nd of march 1961", "Thu Mar 2 1961", "1961 March 2",
    "1961-03-02T10:00:00Z",
    "1961-03-02 00:00", "03/02/1961 10:15 PM", "Thursday, March 2nd, 1961", "2. MAR 1961",
    "1961-03-02 3pm", "1961-03-02 at 3 p.m.", "19610302T1020", "19610302T10", "19610302 102030",
    "1961-03-02T102030Z", "March 1961 2", "Thu Mar 2 10:20:30 1961",
    "Thu Mar 02 10:20:30 GMT+01:00 1961", "Mar 2 3pm 1961",
])  # fmt: skip
def test_a_date_with_a_time_or_a_months_name_is_read(text):
    assert read_written_date(text) == date(1961, 3, 2)


@pytest.mark.parametrize("text", [
    "March 1961", "March 2, 61", "March 32, 1961", "Mars 2, 1961", "2 March 3 1961", "March May 2 1961",
    "1961", "", "March 2 1961 1962", "Thu Mar 2 10:20:30", "Thu Mar 2 1961 10:20:30 1961", "1961-03-02T1",
 "born March 2, 1961", "a" * 101,
])  # fmt: skip
def test_a_text_without_exactly_one_year_month_and_day_is_none(text):
    assert read_written_date(text) is None


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_by_its_name_and_its_first_letters(month):
    day = date(1961, month, 2)
    names = [f"{day:%B}", f"{day:%b}", *(["Sept"] if month == 9 else [])]
    assert {read_written_date(f"{name} 2, 1961") for name in names} == {day}


@pytest.mark.parametrize("day", range(1, 8))
def test_every_weekday_and_ending_may_stand_beside_a_date(day):
    written = date(1961, 1, day)
    assert read_written_date(f"{written:%A} the {day}th of January 1961") == written
    assert read_written_date(f"{written:%a} January {day}st 1961") == written


def test_a_text_of_a_hundred_characters_is_read():
    assert read_written_date("March 2, 1961" + " " * 87) == date(1961, 3, 2)
    assert read_written_date("March 2, 1961" + " " * 88) is None
