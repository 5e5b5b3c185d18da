import pytest
from hypothesis import given
from hypothesis import strategies as st

from transformer.match_keys.birth_dates import write_birth_date


@pytest.mark.parametrize("text", ["1996-02-01", "19960201", "Feb 1, 1996", "1 February 1996", "2/1/1996"])
def test_a_complete_date_becomes_eight_digits(text):
    assert write_birth_date(text) == "19960201"


@pytest.mark.parametrize("text", ["1996-02", "February 1", "1996", "unknown", "", "99999999999999"])
def test_what_is_no_complete_date_stays(text):
    assert write_birth_date(text) == text


@given(st.text("0123456789-/. :+aTZpmfebjulys,", max_size=15) | st.text(max_size=8))
def test_no_text_is_too_strange(text):
    assert isinstance(write_birth_date(text), str)
