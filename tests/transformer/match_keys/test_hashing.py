from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.errors import EmptyValue
from mockpin_transformer.js import WHITESPACE
from mockpin_transformer.match_keys.hashing import hash_match_key, is_hashed, trace_stages
from mockpin_transformer.match_keys.normalization import MATCH_KEYS, stages_of

KEYS = st.sampled_from([key.key for key in MATCH_KEYS])
COLUMNS = st.sampled_from(["segment", "documented"])
HASH = sha256(b"ada@example.com").hexdigest()


def hash_or_none(key, value, normalization):
    try:
        return hash_match_key(key, value, normalization=normalization)
    except EmptyValue:
        return None


def test_an_address_is_hashed_without_case_and_spaces_around():
    assert hash_match_key("em", " Ada@Example.com ") == HASH


@pytest.mark.parametrize("value", [HASH, HASH.upper()])
def test_a_hash_passes_through_in_its_case(value):
    assert hash_match_key("em", value) == value


def test_a_hash_with_a_space_is_hashed_again():
    assert hash_match_key("em", f"{HASH} ", normalization="segment") != HASH


@pytest.mark.parametrize(("key", "value"), [("ph", "none"), ("em", "  "), ("ct", "...")])
def test_where_nothing_is_left_there_is_nothing_to_hash(key, value):
    with pytest.raises(EmptyValue, match="Cannot hash an empty string"):
        hash_match_key(key, value)


@given(KEYS, st.text(WHITESPACE), COLUMNS)
def test_of_white_space_nothing_is_left(key, value, normalization):
    assert hash_or_none(key, value, normalization) is None


def test_lone_surrogates_are_hashed_as_the_replacement_character():
    expected = sha256("\ufffdq".encode()).hexdigest()
    assert hash_match_key("fn", "\ud800q") == expected


@given(KEYS, st.text(), COLUMNS)
def test_hashing_is_deterministic_and_idempotent(key, value, normalization):
    hashed = hash_or_none(key, value, normalization)
    assert hashed == hash_or_none(key, value, normalization)
    if hashed is not None:
        assert is_hashed(hashed)
        assert hash_or_none(key, hashed, normalization) == hashed


def test_each_stage_is_told_with_what_it_leaves():
    steps = list(trace_stages(" Ada@Example.com ", stages_of("em", "documented")))
    assert steps == [("trim", "Ada@Example.com"), ("lower case", "ada@example.com")]
