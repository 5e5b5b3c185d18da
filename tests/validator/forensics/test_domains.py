"""What a hash from a small domain is made of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.forensics import known
from mockpin_validator.forensics.birthdays import FIRST, LAST
from mockpin_validator.forensics.dates import SPELLINGS, spell
from mockpin_validator.forensics.domains import list_hashes_of_nothing
from mockpin_validator.forensics.values import sha256


@pytest.mark.parametrize(
    ("key", "written", "said"),
    [
        ("st", "CA", "CA, upper case"),
        ("st", "ca", "ca, as documented"),
        ("st", "Ca", "Ca, capitalized"),
        ("st", "new york", "new york, not the two-letter code"),
        ("st", "ZZ", "ZZ, upper case"),
        ("country", "DEU", "DEU, not the two-letter code, upper case"),
        ("country", "na", "na, as documented"),
        ("country", "UK", "UK, not the two-letter code, upper case"),
        ("country", "Côte d'Ivoire", "Côte d'Ivoire, not the two-letter code, capitalized"),
        ("country", "méxico", "méxico, not the two-letter code"),
        ("st", "Québec", "Québec, not the two-letter code, capitalized"),
        ("st", "QUÉBEC", "QUÉBEC, not the two-letter code, upper case"),
        ("st", "District of Columbia", "District of Columbia, not the two-letter code, capitalized"),
        ("st", "newyork", "new york, not the two-letter code, with its spaces removed"),
        ("country", "us\n", "us, with a trailing newline"),
        ("ge", "F", "upper case"),
        ("em", "NULL", "a word for a missing value, such as null"),
        ("em", "NaN", "a word for a missing value, such as null"),
        ("em", "[object Object]", "a word for a missing value, such as null"),
        ("ge", "", "an empty text"),
    ],
)
def test_a_small_domain_is_recognized_without_plain_text(key, written, said):
    assert str(known(key, sha256(written))) == str(known(key, sha256(written).upper())) == said


def test_a_hash_of_a_hash_is_recognized():
    assert str(known("st", sha256(sha256("CA")))) == "CA, upper case, hashed twice"
    assert str(known("country", sha256(sha256("us")))) == "us, hashed twice"


@pytest.mark.parametrize("value", ["", "CA", "g" * 64, "0" * 64, "é" * 64])
def test_what_no_domain_holds_is_unknown(value):
    assert known("st", value) is None
    assert known("db", value) is None


def test_an_e_mail_address_has_no_small_domain():
    assert known("em", sha256("ca")) is None


@settings(deadline=None, max_examples=50)
@given(st.dates(min_value=FIRST, max_value=LAST), st.sampled_from(sorted(SPELLINGS)))
def test_every_birth_date_is_found_in_every_spelling(day, spelling):
    found = known("db", sha256(spell(spelling, day)))
    assert found is not None
    assert found.right is not None
    assert found.conforms == (found.written == found.right)


def test_a_birth_date_is_described_without_being_named():
    found = known("db", sha256("1971-03-09"))
    assert str(found) == "a date written as YYYY-MM-DD (such as 1996-02-01)"
    assert "1971" not in repr(found)
    assert found.right == "19710309"


def test_the_hashes_of_nothing_are_those_of_an_empty_text_and_of_null_words():
    hashes = list_hashes_of_nothing()
    assert {sha256(""), sha256("null")} <= {*hashes}
    assert sha256("jane") not in hashes
