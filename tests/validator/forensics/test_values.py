"""The value to hash for each match key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.forensics.values import NORMALIZATION, normalize_value


@pytest.mark.parametrize(
    ("key", "plain", "right"),
    [
        ("em", " Jane@Example.com ", "jane@example.com"),
        ("em", "ja ne@x.org", "ja ne@x.org"),
        ("ph", "+49 (0)30 901820", "49030901820"),
        ("ph", "0049 30 901820", "4930901820"),
        ("ge", "Female", "f"),
        ("ge", "Non-Binary", "n"),
        ("db", "1971-03-09", "19710309"),
        ("db", "9.3.1971", "19710903"),
        ("db", "25.12.1971", "19711225"),
        ("db", "1971-03-09T00:00:00Z", "19710309"),
        ("db", "March 9, 1971", "19710309"),
        ("db", "09031971", "19710903"),
        ("db", "9.3.71", "9.3.71"),
        ("db", "12/1971", "12/1971"),
        ("db", "99999999", "99999999"),
        ("fn", " Mary Ann ", "mary ann"),
        ("ct", "St. Louis", "stlouis"),
        ("ct", "São Paulo", "sãopaulo"),
        ("st", "California", "ca"),
        ("st", "US-CA", "ca"),
        ("country", "United States", "us"),
        ("country", "DEU", "de"),
        ("zp", "94103-1234", "94103"),
        ("zp", "SW1A 1AA", "sw1a1aa"),
        ("zp", "94103 1234", "94103"),
        ("st", "New South Wales", "nsw"),
        ("external_id", " User-42 ", "user-42"),
    ],
)
def test_each_match_key_has_its_rule(key, plain, right):
    assert normalize_value(key, plain) == right


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(sorted(NORMALIZATION)), st.text())
def test_a_right_value_is_left_as_it_is(key, plain):
    right = normalize_value(key, plain)
    assert normalize_value(key, right) == right
