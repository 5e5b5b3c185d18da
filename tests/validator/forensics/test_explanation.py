"""The recipe behind a hash, with and without its plain text."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import FIXTURES
from validator.forensics import explain_hash
from validator.forensics.values import NORMALIZATION, right_value, sha256

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
    explanation = explain_hash(key, sha256(right_value(key, plain)), plain)
    assert explanation.recipe == "as documented"
    assert explanation.message.endswith("is hashed as documented.")


def test_a_hash_nobody_knows_has_no_recipe_but_the_right_steps():
    explanation = explain_hash("em", "0" * 64)
    assert (explanation.recipe, explanation.right_hash) == (None, None)
    assert "cannot be recognized without its value: there are too many values to try" in explanation.message
    assert "lower case" in explanation.message
    assert explanation.steps[-1].startswith("SHA-256")


def test_a_slip_is_told_in_a_sentence():
    said = explain_hash("em", sha256("Jane@x.org"), "Jane@x.org").message
    assert said.startswith(
        "This em is not as documented: not in lower case. Right is: trim, lower case, SHA-256"
    )
    assert said.endswith(f"That gives {sha256('jane@x.org')}.")


def test_a_hash_of_another_value_than_the_one_given_is_told():
    said = explain_hash("em", "0" * 64, "jane@x.org").message
    assert said.startswith("No recipe known to mockpin makes this em of that value.")


def test_a_value_of_a_small_domain_that_is_not_in_it_is_told():
    assert "the hash of none of the values mockpin knows" in explain_hash("ge", "0" * 64).message


def test_two_slips_are_named_together():
    assert explain_hash("ph", sha256("03090182"), "+49 30 90182").recipe == (
        "the country code missing (2 digits); a leading zero kept"
    )


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
def test_a_value_that_is_no_sha_256_is_called_what_it_looks_like(value, said):
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
