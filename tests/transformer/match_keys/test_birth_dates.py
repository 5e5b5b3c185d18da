import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.match_keys.birth_dates import is_ambiguous, write_birth_date


@pytest.mark.parametrize(
    "text", ["1996-02-01", "19960201", "Feb 1, 1996", "1 February 1996", "2/1/1996", "02011996"]
)
def test_a_complete_date_becomes_eight_digits(text):
    assert write_birth_date(text) == "19960201"


@pytest.mark.parametrize(
    "text", ["1996-02", "February 1", "1996", "unknown", "1.2.96", "99999999", "", "99999999999999"]
)
def test_what_is_no_complete_date_stays(text):
    assert write_birth_date(text) == text


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("03/02/1961", True),
        ("3.2.1961", True),
        ("03021961", True),
        ("02/02/1961", False),
        ("25/12/1961", False),
        ("1961-03-02", False),
        ("19610302", False),
        ("10121112", False),
    ],
)
def test_day_and_month_that_could_change_places_are_noticed(text, ambiguous):
    assert is_ambiguous(text) is ambiguous


@given(st.text("0123456789-/. :+aTZpmfebjulys,", max_size=15) | st.text(max_size=8))
def test_no_text_is_too_strange(text):
    assert isinstance(write_birth_date(text), str)
