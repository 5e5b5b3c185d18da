"""Normalize the value of each match key as Pinterest documents it, independently of the transformer.

Pinterest's OpenAPI 5.23 and, where that is silent, its own server template (pinterest/ss-gtm-template).
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mockpin_validator.contract.iso_codes import country_codes, state_codes
from mockpin_validator.forensics.dates import to_documented_spelling

#: Words for a gender -> Pinterest's letter.
GENDERS: Mapping[str, str] = {
        "f": "f", "female": "f", "woman": "f", "girl": "f",
        "m": "m", "male": "m", "man": "m", "boy": "m",
        "n": "n", "non-binary": "n", "nonbinary": "n", "non binary": "n", "x": "n",
    }  # fmt: skip

#: White space that is trimmed, including the byte order mark.
_WHITE = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_NOT_A_DIGIT = re.compile("[^0-9]")
_US_ZIP_PLUS_4 = re.compile(r"[0-9]{9}")


@dataclass(frozen=True)
class RecipeStep:
    """One thing done to a value on its way to the hash.

    `name` is what to call it, `omitted` what to call its absence, `apply` what it makes of a text.
    """

    name: str
    omitted: str
    apply: Callable[[str], str]


def only_digits(text: str) -> str:
    """Keep only the ASCII digits of a text."""
    return _NOT_A_DIGIT.sub("", text)


def only_letters_and_digits(text: str) -> str:
    """Remove spaces, punctuation, symbols and control characters; keep accents and vowel signs."""
    return "".join(char for char in text if unicodedata.category(char)[0] in "LMN")


def postal_code(text: str) -> str:
    """Keep the letters and digits of a postal code; of a ZIP+4 only the first five digits."""
    code = only_letters_and_digits(text)
    return code[:5] if _US_ZIP_PLUS_4.fullmatch(code) else code


TRIM = RecipeStep("trim", "not trimmed", lambda text: text.strip(_WHITE))
LOWER = RecipeStep("lower case", "not in lower case", str.lower)
DIGITS = RecipeStep("keep only digits", "more than digits kept", only_digits)
NO_LEADING_ZEROS = RecipeStep("remove leading zeros", "leading zeros kept", lambda text: text.lstrip("0"))
NO_PUNCTUATION = RecipeStep(
    "remove spaces and punctuation", "spaces or punctuation kept", only_letters_and_digits
)
ONE_LETTER = RecipeStep("write f, m or n", "not the letter f, m or n", lambda text: GENDERS.get(text, text))
YEAR_MONTH_DAY = RecipeStep(
    "write the date as YYYYMMDD", "the date not written as YYYYMMDD", to_documented_spelling
)
STATE_CODE = RecipeStep(
    "use the state's code", "the state's name instead of its code", lambda text: state_codes().get(text, text)
)
COUNTRY_CODE = RecipeStep(
    "use the two-letter country code",
    "not the two-letter country code",
    lambda text: country_codes().get(text, text),
)
POSTAL = RecipeStep(
    "remove spaces and punctuation, keep five digits of a ZIP+4",
    "spaces, punctuation or the last four digits of a ZIP+4 kept",
    postal_code,
)

#: Hashed match key -> the steps before SHA-256, in order.
NORMALIZATION: Mapping[str, tuple[RecipeStep, ...]] = {
    "em": (TRIM, LOWER),
    "ph": (DIGITS, NO_LEADING_ZEROS),
    "ge": (TRIM, LOWER, ONE_LETTER),
    "db": (TRIM, YEAR_MONTH_DAY),
    "fn": (TRIM, LOWER),
    "ln": (TRIM, LOWER),
    "ct": (LOWER, NO_PUNCTUATION),
    "st": (TRIM, LOWER, STATE_CODE),
    "zp": (LOWER, POSTAL),
    "country": (TRIM, LOWER, COUNTRY_CODE),
    "external_id": (TRIM, LOWER),
    "hashed_maids": (TRIM, LOWER),
}


def normalize_value(key: str, plain: str) -> str:
    """Return the text to hash for a match key. Raises `KeyError` for a key that is not hashed."""
    for step in NORMALIZATION[key]:
        plain = step.apply(plain)
    return plain


def sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
