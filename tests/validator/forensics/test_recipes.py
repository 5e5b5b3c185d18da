"""The ways from a value to a hash that somebody may have taken."""

from base64 import b64encode
from hashlib import md5
from hashlib import sha256 as digest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.forensics.recipes import DIGESTS, ways
from mockpin_validator.forensics.values import NORMALIZATION, right_value, sha256

EMAIL = "Jane.Doe@Example.com"


def slips(key, plain, made):
    """What went wrong on the first way to this; None when no way leads there."""
    return next((way.slips for way in ways(key, plain) if way.made == made), None)


@settings(max_examples=40)
@given(st.sampled_from(sorted(NORMALIZATION)), st.text(max_size=8))
def test_the_right_way_comes_first(key, plain):
    assert next(ways(key, plain)) == ((), sha256(right_value(key, plain)))


@pytest.mark.parametrize(
    ("key", "plain", "made", "slip"),
    [
        ("em", EMAIL, sha256(EMAIL), "not in lower case"),
        ("em", " a@x.org ", sha256(" a@x.org "), "not trimmed"),
        ("em", EMAIL, sha256("janedoe@example.com"), "dots before the @ removed"),
        ("em", EMAIL, sha256("jane.doe@example.com\n"), "a trailing newline"),
        ("em", EMAIL, sha256('"jane.doe@example.com"'), "quotation marks around it"),
        ("em", EMAIL, sha256(sha256("jane.doe@example.com")), "hashed twice"),
        ("em", EMAIL, md5(b"jane.doe@example.com").hexdigest(), "MD5 instead of SHA-256"),
        ("em", EMAIL, sha256("\ufeffjane.doe@example.com"), "a byte order mark before it"),
        ("em", EMAIL, b64encode(digest(b"jane.doe@example.com").digest()).decode(),
         "base64 of the SHA-256 instead of hexadecimal"),
        ("em", EMAIL, "jane.doe@example.com", "not hashed"),
        ("ph", "+1 415 555 0123", sha256("+14155550123"), "a plus sign kept"),
        ("ph", "+1 415 555 0123", sha256("4155550123"), "the country code missing (1 digit)"),
        ("fn", "José", sha256("jose"), "accents removed"),
        ("fn", "José", digest("josé".encode("latin-1")).hexdigest(), "Latin-1 instead of UTF-8"),
        ("fn", "José", digest("josé".encode("utf-16-le")).hexdigest(),
         "UTF-16 instead of UTF-8 (little-endian)"),
        ("st", "California", sha256("california"), "the state's name and not its code"),
        ("db", "1971-03-09", sha256("03/09/1971"),
         "a date written as MM/DD/YYYY (such as 02/01/1996)"),
    ],
)  # fmt: skip
def test_a_slip_is_known_by_what_it_makes(key, plain, made, slip):
    assert slips(key, plain, made) == (slip,)


def test_two_slips_are_told_in_the_order_in_which_they_were_made():
    assert slips("em", EMAIL, sha256(sha256(EMAIL))) == ("not in lower case", "hashed twice")


def test_a_value_that_is_right_as_it_is_has_no_way_that_left_a_step_out():
    made = [way.made for way in ways("fn", "jo") if way.slips == ()]
    assert set(made) == {sha256("jo")}
    assert slips("fn", "jo", sha256("jo")) == ()


def test_nobody_s_hash_is_at_the_end_of_a_way():
    assert slips("em", EMAIL, "0" * 64) is None


def test_the_ways_with_the_fewest_slips_come_first():
    lengths = [len(each) for each in dict.fromkeys(way.slips for way in ways("ph", "+1 415 555 0123"))]
    assert lengths[0] == 0
    assert lengths.index(3) > lengths.index(1)


@settings(max_examples=40)
@given(st.sampled_from(sorted(DIGESTS)), st.text(st.characters(exclude_categories=[]), max_size=6))
def test_no_text_is_too_odd_to_be_hashed_wrongly(name, text):
    assert isinstance(DIGESTS[name](text), str)
