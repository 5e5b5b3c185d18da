"""What a value that is not a SHA-256 looks like."""

import hashlib
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.forensics.shapes import SHAPES, find_shape

HASHES = {name: hashlib.new(name, b"x") for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")}
DIGITS = HASHES["sha256"].hexdigest()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (HASHES["md5"].hexdigest(), "by its length, it is MD5"),
        (HASHES["sha1"].hexdigest().upper(), "by its length, it is SHA-1"),
        (HASHES["sha224"].hexdigest(), "by its length, it is SHA-224"),
        (HASHES["sha384"].hexdigest(), "by its length, it is SHA-384"),
        (HASHES["sha512"].hexdigest(), "by its length, it is SHA-512"),
        (b64encode(HASHES["sha512"].digest()).decode(), "SHA-512 in base64"),
        (b64encode(HASHES["sha256"].digest()).decode(), "a hash in base64"),
        (urlsafe_b64encode(HASHES["sha256"].digest()).decode().rstrip("="), "a hash in base64"),
        (f"sha256:{DIGITS}", "with a prefix"),
        (f"0x{DIGITS.upper()}", "with a prefix"),
        (f"{DIGITS}\n", "with white space around it"),
        (" \t", "empty"),
        ("ada\n@example.com", "not hashed"),
    ],
)
def test_a_value_is_called_what_it_looks_like(value, name):
    assert name in find_shape(value).name


@given(st.text())
def test_every_value_has_a_shape(value):
    assert find_shape(value) in SHAPES
