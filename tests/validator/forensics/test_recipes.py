"""Recipes from a value to a hash."""

from base64 import b64encode
from hashlib import md5
from hashlib import sha256 as digest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.forensics.recipes import DIGESTS, list_recipes
from mockpin_validator.forensics.values import NORMALIZATION, normalize_value, sha256

EMAIL = "Jane.Doe@Example.com"


def find_mistakes(key, plain, made):
    """The mistakes of the first recipe with this result, None when no recipe has it."""
    return next((recipe.mistakes for recipe in list_recipes(key, plain) if recipe.result == made), None)


@settings(max_examples=40)
@given(st.sampled_from(sorted(NORMALIZATION)), st.text(max_size=8))
def test_the_right_recipe_comes_first(key, plain):
    assert next(list_recipes(key, plain)) == ((), sha256(normalize_value(key, plain)))


@pytest.mark.parametrize(
    ("key", "plain", "made", "mistake"),
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
        ("st", "California", sha256("california"), "the state's name instead of its code"),
        ("db", "1971-03-09", sha256("03/09/1971"),
         "a date written as MM/DD/YYYY (such as 02/01/1996)"),
    ],
)  # fmt: skip
def test_a_mistake_is_recognized_by_its_result(key, plain, made, mistake):
    assert find_mistakes(key, plain, made) == (mistake,)


def test_two_mistakes_are_named_in_the_order_in_which_they_were_made():
    assert find_mistakes("em", EMAIL, sha256(sha256(EMAIL))) == ("not in lower case", "hashed twice")


def test_a_value_that_is_already_normalized_has_no_recipe_with_an_omitted_step():
    made = [recipe.result for recipe in list_recipes("fn", "jo") if recipe.mistakes == ()]
    assert set(made) == {sha256("jo")}
    assert find_mistakes("fn", "jo", sha256("jo")) == ()


def test_no_recipe_gives_a_hash_of_zeros():
    assert find_mistakes("em", EMAIL, "0" * 64) is None


def test_the_recipes_with_the_fewest_mistakes_come_first():
    recipes = list_recipes("ph", "+1 415 555 0123")
    lengths = [len(mistakes) for mistakes in dict.fromkeys(recipe.mistakes for recipe in recipes)]
    assert lengths[0] == 0
    assert lengths.index(3) > lengths.index(1)


#: What coreutils and iconv make of "josé", as far as its first twelve characters.
BEGINNINGS = {
    "": "d994e1d00188",
    "hashed twice": "44b5ac6545a5",
    "hashed twice, the second time the raw bytes": "6bbf40006f74",
    "hashed twice, the second time in upper-case hexadecimal": "adcae84bc6bf",
    "UTF-16 instead of UTF-8 (little-endian)": "084660c0827f",
    "UTF-16 instead of UTF-8 (big-endian)": "ffa0ed2f2385",
    "UTF-16 instead of UTF-8 (with a byte order mark)": "deb0b5d27453",
    "UTF-16 instead of UTF-8 (big-endian, with a byte order mark)": "ca9fe5d68425",
    "a byte order mark before it": "7b74bcb5f23e",
    "Latin-1 instead of UTF-8": "858ec063bef4",
    "base64 of the SHA-256 instead of hexadecimal": "2ZTh0AGIb+W0",
    "base64 of the hexadecimal digits": "ZDk5NGUxZDAw",
    "SHA-256 of the value's base64": "9bb7d2fad9b4",
    "MD5 instead of SHA-256": "1a5e9b272e3e",
    "SHA-1 instead of SHA-256": "8e9c993beb14",
    "SHA-512 instead of SHA-256": "5ac291007dd2",
    "SHA-256 of its MD5": "d88af682626a",
    "base64 and no hash": "am9zw6k=",
    "not hashed": "josé",
}


def test_each_wrong_digest_is_that_of_other_programs():
    assert {name: digest("josé")[:12] for name, digest in DIGESTS.items()} == BEGINNINGS


@settings(max_examples=40)
@given(st.sampled_from(sorted(DIGESTS)), st.text(st.characters(exclude_categories=[]), max_size=6))
def test_no_text_is_too_odd_to_be_hashed_wrongly(name, text):
    assert isinstance(DIGESTS[name](text), str)
