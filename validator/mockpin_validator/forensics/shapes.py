"""Describe values that are not a SHA-256 in 64 hexadecimal digits by their shape."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Shape(NamedTuple):
    """A pattern of values, a name for it, and the fix; `{key}` in `fix` is the match key."""

    form: re.Pattern[str]
    name: str
    fix: str


_REHASH: Final = "Hash the normalized plain value with SHA-256: another hash cannot be converted into one."
#: Other hash -> number of its hexadecimal digits.
_DIGITS: Final = {"MD5": 32, "SHA-1": 40, "SHA-224": 56, "SHA-384": 96, "SHA-512": 128}


def _other_hashes() -> Iterator[Shape]:
    for name, digits in _DIGITS.items():
        form = re.compile(rf"[0-9A-Fa-f]{{{digits}}}")
        yield Shape(form, f"not a SHA-256: by its length, it is {name}", _REHASH)
    form = re.compile(r"[0-9A-Za-z+/_-]{86}(==)?")
    yield Shape(form, "not a SHA-256: by its length, it is SHA-512 in base64", _REHASH)


#: The first shape whose pattern matches counts; the last one matches every value.
SHAPES: Final = (
    Shape(
        re.compile(r"\s*[0-9A-Fa-f]{64}\s*"),
        "a SHA-256 with white space around it",
        "Remove the white space.",
    ),
    *_other_hashes(),
    Shape(
        re.compile(r"[0-9A-Fa-f]{48,}"),
        "not a SHA-256, which has 64 hexadecimal digits",
        "Send all 64 digits and nothing else: something cut the hash, or added to it.",
    ),
    Shape(
        re.compile(r"[0-9A-Za-z+/_-]{43}=?"),
        "a hash in base64, not in hexadecimal",
        "Write the same hash as 64 hexadecimal digits.",
    ),
    Shape(
        re.compile(r"(0x|sha-?256[:$=-])[0-9a-f]{64}", re.IGNORECASE),
        "a SHA-256 with a prefix",
        "Send its 64 digits alone.",
    ),
    Shape(re.compile(r"\s*"), "empty", "Leave {key} out when there is nothing to hash."),
    Shape(
        re.compile(r".*", re.DOTALL),
        "not hashed",
        "Normalize the plain value, then send its SHA-256 as 64 hexadecimal digits.",
    ),
)


def find_shape(value: str) -> Shape:
    """Return the shape of a value that is not a SHA-256 in hexadecimal."""
    return next(shape for shape in SHAPES if shape.form.fullmatch(value))
