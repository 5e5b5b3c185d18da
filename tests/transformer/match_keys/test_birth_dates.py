from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.match_keys.birth_dates import is_ambiguous, write_birth_date


@pytest.mark.parametrize(
    "text",
    ["1996-02-01", "19960201", "Feb 1, 1996", "1 February 1996", "2/1/1996", "02011996", "2.1.1996",
     "1 Feb. 1996", "1st of February 1996", "1-FEB-1996", "1996 Feb 1", "1996/02/01", "1996_02_01",
     "1996-02-01T00:00:00.000Z", "1996-02-01T00", "1996-02-01 at 10:00", "2/1/1996 12:00 AM",
     "19960201000000", "19960201T000000",
     "Thu Feb 01 1996 00:00:00 GMT+0100 (CET)", "Thursday, 1 February 1996",
     "1996-02-01 3pm", "1996-02-01 at 3 p.m.", "19960201T1020", "19960201T10", "19960201 102030",
     "1996-02-01T102030", "1996-02-01T102030.5+0200", "Feb 1996 1", "1 1996 Feb", "Feb 1 3pm 1996",
     "Thu Feb 1 10:20:30 1996", "Thu Feb 01 10:20:30 GMT+01:00 1996"],
)  # fmt: skip
def test_a_complete_date_becomes_eight_digits(text):
    assert write_birth_date(text) == "19960201"


@pytest.mark.parametrize(
    "text",
    [
        "1996-02",
        "February 1",
        "1996",
        "unknown",
        "1.2.96",
        "99999999",
        "",
        "99999999999999",
        "1996 1 2 3",
        "1996-02-01T1",
        "Thu Feb 1 10:20:30",
        "1996-02-01 10:20:30 1996",
        "February 30, 1996",
        "born 1/2/1996",
        "199612",
        "1/2/996",
    ],
)
def test_what_is_not_a_complete_date_stays(text):
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


@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_is_known_by_its_english_name_and_its_first_letters(month):
    name = date(1996, month, 1).strftime("%B")
    texts = (f"{name} 1, 1996", f"{name[:3]}. 1 1996", f"1 {name.upper()} 1996")
    assert {write_birth_date(text) for text in texts} == {f"1996{month:02}01"}


def test_a_day_over_twelve_is_not_taken_for_a_month():
    assert [write_birth_date(text) for text in ("25/12/1961", "12/25/1961")] == ["19611225"] * 2
    assert write_birth_date("1961-25-12") == "1961-25-12"


@given(st.text("0123456789-/. :+aTZpmfebjulys,", max_size=15) | st.text(max_size=8))
def test_no_text_is_too_strange(text):
    assert isinstance(write_birth_date(text), str)
