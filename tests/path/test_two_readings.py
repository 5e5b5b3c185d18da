"""The validator and the transformer, which do not know each other, read Pinterest's documentation alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_transformer.match_keys.hashing import clean
from mockpin_transformer.match_keys.normalization import MATCH_KEYS, stages_of
from mockpin_validator.forensics.values import NORMALIZATION, normalize_value

VALUES = (
    *(" Jane@Example.com ", "ja ne@x.org", "\u00a0a@b.c\ufeff", "+49 (0)30 901820", "0049 30", "00", ""),
    *("Female", "Non Binary", "X", "girl", "boy", "N", "St. Louis", "São Paulo", "नई दिल्ली", "İstanbul"),
    *("California", "US-CA", "New South Wales", "AU-NSW", "DC", "ON", "Ontario", "United States", "DEU"),
    *("USA", "UK", "840", "Korea, Republic of", "Côte d'Ivoire", "94103-1234", "94103 1234", "941031234"),
    *("SW1A 1AA", "K1A 0B1", "User-42", " a_b ", "O'Brien", "Mary Ann", "٣٤", "a\tb", "²"),
    *("1971-03-09", "9.3.1971", "25.12.1971", "3/2/1961", "03/02/61", "March 9, 1971", "3-Feb-1961"),
    *("1971-03-09T00:00:00Z", "1971-03-09T00:00:00.000Z", "1971-03-09 oops", "19710309", "09031971"),
    *("20001301", "99999999", "2000-13-01", "31/02/1971", "1971", "12/1971", "1971-03", "Dec 31 99"),
)  # fmt: skip
KEYS = st.sampled_from(sorted(NORMALIZATION))


def both(key, plain):
    return normalize_value(key, plain), clean(plain, stages_of(key, "documented"))


def test_both_know_the_same_match_keys():
    assert {key.key for key in MATCH_KEYS} == set(NORMALIZATION)


@pytest.mark.parametrize("key", sorted(NORMALIZATION))
def test_both_make_the_same_of_what_people_write(key):
    for value in VALUES:
        right, cleaned = both(key, value)
        assert right.strip() == cleaned, value


@settings(deadline=None, max_examples=200)
@given(KEYS, st.text("abxAZ 019.-_@+'é\u00a0", max_size=12))
def test_both_make_the_same_of_any_value(key, plain):
    right, cleaned = both(key, plain)
    assert right.strip() == cleaned.strip()


@settings(deadline=None, max_examples=100)
@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d", "%d %B %Y", "%b %d, %Y"]))
def test_both_read_a_date_alike(day, form):
    right, cleaned = both("db", day.strftime(form))
    assert right == cleaned
