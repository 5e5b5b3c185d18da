"""Hashing a value in the open: each step is told, the value is not."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.web.pages.content.hash_steps import (
    ALREADY_HASHED,
    UPPER_CASE,
    find_hash_reason,
    hash_step_by_step,
)
from mockpin_transformer import hash_match_key


def test_each_step_is_told_and_the_hash_is_pinterests():
    found = hash_step_by_step("em", " Jane@Example.com ")
    assert found.hash == sha256(b"jane@example.com").hexdigest()
    assert found.steps == (
        "trim: changed, 18 characters to 16",
        "lower case: changed, 16 characters to 16",
        "SHA-256 of the UTF-8 bytes, in hexadecimal",
    )


def test_a_hash_is_left_as_it_is():
    hashed = sha256(b"x").hexdigest()
    assert hash_step_by_step("em", hashed).hash == hashed
    assert hash_step_by_step("em", hashed).steps == (ALREADY_HASHED,)
    assert hash_step_by_step("em", hashed.upper()).steps == (ALREADY_HASHED, UPPER_CASE)


@pytest.mark.parametrize(("key", "value"), [("em", " "), ("ph", "abc"), ("nope", "x")])
def test_what_cannot_be_hashed_is_said(key, value):
    found = hash_step_by_step(key, value)
    assert (found.hash, bool(found.problem)) == ("", True)


def test_a_hash_finds_its_recipe():
    assert "CA, upper case" in find_hash_reason("st", sha256(b"CA").hexdigest(), "").message
    assert "wrong value" not in find_hash_reason("st", sha256(b"CA").hexdigest(), "").message
    assert find_hash_reason("st", "", "").problem
    assert find_hash_reason("nope", "x", "").problem


@given(st.sampled_from(["em", "ph", "fn", "ct", "zp", "external_id"]), st.text(min_size=1, max_size=20))
def test_the_hash_is_always_the_transformers(key, value):
    found = hash_step_by_step(key, value)
    assert found.problem or found.hash == hash_match_key(key, value)
