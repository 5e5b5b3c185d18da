"""A birth date behind its hash."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.forensics.birthdays import (
    _ARRAYS,
    FIRST,
    LAST,
    birthdays,
    every_day,
    find_birthday,
    find_day,
    have_all_arrays,
    is_found_at_once,
)
from mockpin_validator.forensics.dates import RIGHT_SPELLING, spell
from mockpin_validator.forensics.values import sha256


@pytest.mark.parametrize("day", [FIRST, LAST, date(2000, 2, 29)])
def test_the_first_day_the_last_and_a_leap_day_are_among_those_looked_for(day):
    assert find_day(sha256(spell("YYYY-MM-DD", day)), "YYYY-MM-DD") == day


@pytest.mark.parametrize("day", [FIRST - timedelta(1), LAST + timedelta(1)])
def test_a_day_outside_is_not_found(day):
    assert find_day(sha256(spell(RIGHT_SPELLING, day)), RIGHT_SPELLING) is None


@settings(max_examples=50)
@given(st.dates(FIRST, LAST))
def test_a_hash_is_found_in_the_spelling_in_which_it_was_made_and_in_no_other(day):
    hashed = sha256(spell("MM-DD-YYYY", day))
    assert find_day(hashed, "MM-DD-YYYY") == day
    assert find_day(hashed, RIGHT_SPELLING) is None


def test_what_was_found_says_what_to_hash_instead():
    assert find_birthday(sha256("09.03.1971")) == ("DD.MM.YYYY", "09.03.1971", "19710309")
    assert find_birthday(sha256("19710309")) == (RIGHT_SPELLING, "19710309", "19710309")


@settings(max_examples=20)
@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_hash_that_only_begins_like_one_of_a_birth_date_is_none(digits):
    likely = sha256("19710309")[:16] + digits[16:]
    assert find_day(digits, RIGHT_SPELLING) is None
    assert (find_day(likely, RIGHT_SPELLING) is None) == (likely != sha256("19710309"))


def test_there_is_an_entry_for_every_day_in_order():
    entries = birthdays(RIGHT_SPELLING)
    assert (date(1900, 1, 1), date(2029, 12, 31)) == (FIRST, LAST)
    assert len(entries) == sum(1 for _ in every_day()) == (LAST - FIRST).days + 1
    assert list(entries) == sorted(entries)


def test_a_hash_is_found_at_once_where_no_array_need_be_built():
    _ARRAYS.clear()
    hashed, unknown = sha256("1971-03-09"), sha256("no date")
    assert not is_found_at_once(hashed)
    find_birthday(hashed)
    assert is_found_at_once(hashed)
    assert not is_found_at_once(unknown)
    find_birthday(unknown)
    assert is_found_at_once(unknown)


def test_all_arrays_are_there_once_a_hash_was_looked_for_and_not_found():
    _ARRAYS.clear()
    find_birthday(sha256("1971-03-09"))
    assert not have_all_arrays()
    find_birthday(sha256("no date"))
    assert have_all_arrays()
