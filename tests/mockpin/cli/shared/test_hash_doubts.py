"""When a hash is doubted: at which border, and never with the value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.cli.shared.hash_doubts import DOUBTS, Value, find_doubts

KEYS = sorted({each.key for each in DOUBTS})


def doubts(key, plain, cleaned=None, region=None):
    return [*find_doubts(key, Value(plain, plain if cleaned is None else cleaned, region))]


@pytest.mark.parametrize(("digits", "number"), [(6, 1), (7, 0), (15, 0), (16, 1)])
def test_a_telephone_number_has_7_to_15_digits(digits, number):
    assert len(doubts("ph", f"+{'1' * digits}", "1" * digits)) == number


@pytest.mark.parametrize(
    ("plain", "region", "number"),
    [
        ("4155550123", None, 1),
        ("4155550123", "US", 0),
        ("+14155550123", None, 0),
        (" 0014155550123", None, 0),
    ],
)
def test_a_number_names_its_country_itself_or_is_given_one(plain, region, number):
    assert len(doubts("ph", plain, "14155550123", region)) == number


@pytest.mark.parametrize(
    ("email", "number"), [("a@b.co", 0), ("a@b", 1), ("a b@c.de", 1), ("a@b@c.de", 1), ("@b.co", 1), ("", 1)]
)
def test_an_e_mail_address_has_a_name_and_a_domain_with_a_dot(email, number):
    assert len(doubts("em", email)) == number


@pytest.mark.parametrize(
    ("plain", "cleaned", "said"),
    [
        ("1996-02-29", "19960229", []),
        ("1995-02-29", "19950229", ["no day of the calendar"]),
        ("03/02/1961", "19610302", ["month before the day"]),
        ("yesterday", "yesterday", ["no day of the calendar"]),
    ],
)
def test_a_birth_date_is_a_day_of_the_calendar_in_an_order_that_is_sure(plain, cleaned, said):
    found = doubts("db", plain, cleaned)
    assert [each in sentence for each, sentence in zip(said, found, strict=True)] == [True] * len(said)


@pytest.mark.parametrize(
    ("key", "cleaned"), [("ge", "f"), ("ge", "n"), ("st", "ca"), ("st", "nsw"), ("country", "de")]
)
def test_a_code_that_pinterest_knows_is_beyond_doubt(key, cleaned):
    assert doubts(key, cleaned) == []


@given(st.sampled_from(KEYS), st.text("qxzQXZ", min_size=4), st.sampled_from([None, "US"]))
def test_no_doubt_holds_the_value(key, plain, region):
    assert all(plain not in said for said in doubts(key, plain, region=region))


@given(st.sampled_from(["fn", "ln", "ct", "zp", "external_id", "hashed_maids"]), st.text())
def test_a_key_that_may_be_anything_is_not_doubted(key, plain):
    assert doubts(key, plain) == []
