"""The stages on a match key's way to its hash: each takes a text and gives a cleaner one."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from mockpin_transformer.js import WHITESPACE

_WHITE_SPACE: Final = re.compile(f"[{WHITESPACE}]+")
_NO_DIGIT: Final = re.compile("[^0-9]+")
_PUNCTUATION: Final = frozenset("PSZC")
_GENDERS: Final[Mapping[str, str]] = {"male": "m", "female": "f", "non-binary": "n"}
_ANY_GENDERS: Final[Mapping[str, str]] = {
    **_GENDERS,
    "man": "m",
    "boy": "m",
    "woman": "f",
    "girl": "f",
    "x": "n",
    "nonbinary": "n",
    "non binary": "n",
}


def delete_white_space(text: str) -> str:
    """Delete all white space."""
    return _WHITE_SPACE.sub("", text) if _WHITE_SPACE.search(text) else text


def lower_case(text: str) -> str:
    """Write the text in lower case."""
    return text.lower()


def keep_digits(text: str) -> str:
    """Delete everything but the digits 0 to 9."""
    return _NO_DIGIT.sub("", text)


def drop_leading_zeros(text: str) -> str:
    """Delete zeros at the start."""
    return text.lstrip("0")


def drop_punctuation(text: str) -> str:
    """Keep letters, their marks and digits; delete white space and punctuation."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] not in _PUNCTUATION)


def abbreviate_gender(text: str) -> str:
    """Replace the three words that Segment knows by one letter."""
    return _GENDERS.get(text, text)


def abbreviate_any_gender(text: str) -> str:
    """Replace a word for a gender by m, f or n."""
    return _ANY_GENDERS.get(text, text)


def shorten_zip_code(text: str) -> str:
    """Shorten nine-digit United States codes to five; delete white space and punctuation in others."""
    code = drop_punctuation(text)
    return code[:5] if code.isdecimal() and len(code) == len("941031234") else code
