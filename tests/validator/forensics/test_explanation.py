"""The recipe behind a hash, with and without its plain text."""

import base64
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.forensics import explain_hash
from mockpin_validator.forensics.explanation import add_country_code
from mockpin_validator.forensics.values import NORMALIZATION, normalize_value, sha256
from tests.conftest import FIXTURES

CASES = sorted((FIXTURES / "hashes").glob("*.json"))
HASHED_KEYS = st.sampled_from(sorted(NORMALIZATION))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_recipe_and_the_right_hash_are_named(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    explanation = explain_hash(case["key"], case["hash"], case["plain"])
    assert explanation.recipe == case["recipe"]
    assert explanation.right_hash == case["right_hash"]


@settings(deadline=None, max_examples=50)
@given(HASHED_KEYS, st.text(min_size=1))
def test_the_right_hash_is_always_called_right(key, plain):
    explanation = explain_hash(key, sha256(normalize_value(key, plain)), plain)
    assert explanation.recipe == "as documented"
    assert explanation.message.endswith("is hashed as documented.")


def test_a_hash_nobody_knows_has_no_recipe_but_the_right_steps():
    explanation = explain_hash("em", "0" * 64)
    assert (explanation.recipe, explanation.right_hash) == (None, None)
    assert (
        "mockpin cannot recognize it without its value: there are too many values to try"
        in explanation.message
    )
    assert "lower case" in explanation.message
    assert explanation.steps[-1].startswith("SHA-256")


def test_a_slip_is_told_in_a_sentence():
    said = explain_hash("em", sha256("Jane@x.org"), "Jane@x.org").message
    assert said.startswith(
        "This em is not as documented: not in lower case. Hash it like this: trim, lower case, SHA-256"
    )
    assert said.endswith(f"That gives {sha256('jane@x.org')}.")


def test_a_hash_of_another_value_than_the_one_given_is_told():
    said = explain_hash("em", "0" * 64, "jane@x.org").message
    assert said.startswith("No recipe that mockpin knows makes this em from that value.")


def test_a_value_of_a_small_domain_that_is_not_in_it_is_told():
    assert "not the hash of any value that mockpin knows" in explain_hash("ge", "0" * 64).message


def test_two_slips_are_named_together():
    assert explain_hash("ph", sha256("03090182"), "+49 30 90182").recipe == (
        "the country code missing (2 digits); a leading zero kept"
    )


PHONE = "+1 (415) 555-2671"


@pytest.mark.parametrize(
    ("key", "plain", "written", "recipe"),
    [
        ("em", "jane@x.org", "JANE@X.ORG \n", "upper case; a trailing space; a trailing newline"),
        ("em", "jane+news@x.org", "jane@x.org", "the part from a plus sign to the @ removed"),
        ("ph", PHONE, "415-555-2671", "the country code missing (1 digit); dashes between its groups"),
        ("ph", PHONE, "+1 415 555 2671", "spaces between its groups; a plus sign kept"),
        ("ph", PHONE, "1 (415) 555-2671", "the area code in parentheses"),
        ("ph", "0170 1234567", "491701234567", "as documented"),
        ("ph", "0170 1234567", "+491701234567", "a plus sign kept"),
        ("zp", "07030", "7030", "leading zeros removed"),
        ("ln", "Müller", "mueller", "umlauts written as two letters"),
        ("fn", "José", "jose\u0301", "accents as characters of their own (NFD)"),
        ("db", "1987-03-05", "03/05/87", "a date written as MM/DD/YY (such as 02/01/96)"),
        ("db", "1987-03-05", "5 March 1987", "a date written as D Month YYYY (such as 1 February 1996)"),
    ],
)
def test_what_people_hash_is_told_from_the_plain_text(key, plain, written, recipe):
    assert explain_hash(key, sha256(written), plain).recipe == recipe


def test_a_number_given_without_its_country_code_is_explained_with_the_one_that_was_hashed():
    explanation = explain_hash("ph", sha256("+491701234567"), "0170 1234567")
    assert explanation.right_hash == sha256("491701234567")


def test_what_makes_an_empty_text_of_a_value_is_not_what_gave_its_hash():
    assert explain_hash("em", sha256(""), "jane@x.org").recipe == "an empty text"


@pytest.mark.parametrize("written", [" Jane@X.org", "jane@x.org\n"])
def test_white_space_around_a_plain_value_is_the_values_own(written):
    recipe = explain_hash("em", written, written).recipe
    assert recipe.endswith("not hashed")
    assert "around the hash" not in recipe


def test_a_digest_is_known_in_every_writing():
    digest = hashlib.sha256(b"jane@x.org").digest()
    for written in (base64.urlsafe_b64encode(digest), base64.b64encode(digest).rstrip(b"=")):
        recipe = explain_hash("em", written.decode(), "jane@x.org").recipe
        assert recipe == "base64 of the SHA-256 instead of hexadecimal"
    md5 = hashlib.md5(b"jane@x.org", usedforsecurity=False).hexdigest().upper()
    assert explain_hash("em", md5, "jane@x.org").recipe.startswith("MD5 instead of SHA-256; its hexadecimal")


def test_utf_16_with_a_byte_order_mark_is_known_in_either_order():
    for mark, order in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        value = hashlib.sha256(mark + "jane@x.org".encode(order)).hexdigest()
        assert "with a byte order mark)" in explain_hash("em", value, "jane@x.org").recipe


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a" * 32, "MD5"),
        ("a" * 40, "SHA-1"),
        ("a" * 128, "SHA-512"),
        ("A-_" * 14 + "A=", "base64"),
        ("sha256:" + "a" * 64, "prefix"),
        ("", "empty"),
        ("anything else", "not hashed"),
        (" " + "a" * 64, "white space around the hash"),
    ],
)
def test_a_value_that_is_not_a_sha_256_is_called_what_it_looks_like(value, said):
    assert said in explain_hash("em", value).recipe


def test_a_hash_in_upper_case_of_a_known_value_has_both_slips():
    recipe = explain_hash("st", sha256("CA").upper()).recipe
    assert recipe.startswith("CA, upper case; its hexadecimal digits are in upper case")


def test_a_word_for_nothing_has_no_right_hash():
    assert explain_hash("em", sha256("null")).right_hash is None
    assert explain_hash("em", sha256(" "), " ").right_hash is None


def test_a_key_that_is_not_hashed_is_refused():
    with pytest.raises(KeyError):
        explain_hash("client_ip_address", "0" * 64)


@settings(deadline=None, max_examples=50)
@given(HASHED_KEYS, st.text("qxzQXZ", min_size=12, max_size=20), st.text(min_size=1, max_size=9))
def test_no_explanation_holds_the_plain_text(key, plain, other):
    for hashed in (sha256(plain), sha256(other), plain):
        explanation = explain_hash(key, hashed, plain)
        assert plain.lower() not in (repr(explanation) + explanation.message).lower()


@pytest.mark.parametrize(
    ("key", "written", "plain", "number"),
    [
        ("ph", "491701234567", "0170 1234567", "+491701234567"),
        ("ph", "00491701234567", "0170 1234567", "+491701234567"),
        ("ph", "491701234567", "+1 0170 1234567", "+1 0170 1234567"),
        ("ph", "nothing", "0170 1234567", "0170 1234567"),
        ("em", "491701234567", "1701234567", "1701234567"),
    ],
)
def test_only_a_phone_number_without_a_country_code_gets_the_one_that_was_hashed(key, written, plain, number):
    assert add_country_code(key, sha256(written), plain) == number
