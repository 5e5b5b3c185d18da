"""The value to hash for each match key, as Pinterest's OpenAPI 5.23 words it: this package's own reading."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from validator.forensics.dates import spell_right
from validator.forensics.places import country_codes, state_codes

#: What people write for Pinterest's three letters.
GENDERS: Mapping[str, str] = MappingProxyType(
    {
        "f": "f", "female": "f", "woman": "f", "girl": "f",
        "m": "m", "male": "m", "man": "m", "boy": "m",
        "n": "n", "non-binary": "n", "nonbinary": "n", "non binary": "n", "x": "n",
    }
)  # fmt: skip

_SEPARATED = re.compile(r"[^\w]|_")
_US_ZIP_PLUS_4 = re.compile(r"(\d{5})-\d{4}")


@dataclass(frozen=True)
class Step:
    """One thing done to a value on its way to the hash: what to call it, and what it makes of a text."""

    name: str
    apply: Callable[[str], str]


def only_digits(text: str) -> str:
    """The ASCII digits of a text."""
    return re.sub(r"[^0-9]", "", text)


def postal_code(text: str) -> str:
    """Digits of a numeric code (five of a ZIP+4); letters stay in the codes of countries that use them."""
    text = _US_ZIP_PLUS_4.sub(r"\1", text)
    return _SEPARATED.sub("", text)


TRIM = Step("remove surrounding white space", str.strip)
NO_SPACE = Step("remove white space", lambda text: re.sub(r"\s", "", text))
LOWER = Step("lower-case", str.lower)
DIGITS = Step("keep only digits", only_digits)
NO_LEADING_ZEROS = Step("remove leading zeros", lambda text: text.lstrip("0"))
NO_PUNCTUATION = Step("remove spaces and punctuation", lambda text: _SEPARATED.sub("", text))
ONE_LETTER = Step("write f, m or n", lambda text: GENDERS.get(text, text))
YEAR_MONTH_DAY = Step("write the date as YYYYMMDD", spell_right)
STATE_CODE = Step("use the two-letter state code", lambda text: state_codes().get(text, text))
COUNTRY_CODE = Step("use the two-letter country code", lambda text: country_codes().get(text, text))
POSTAL = Step("keep only the five-digit or national code", postal_code)

#: Hashed match key -> the steps before SHA-256, in order.
NORMALIZATION: Mapping[str, tuple[Step, ...]] = MappingProxyType(
    {
        "em": (NO_SPACE, LOWER),
        "ph": (DIGITS, NO_LEADING_ZEROS),
        "ge": (TRIM, LOWER, ONE_LETTER),
        "db": (TRIM, YEAR_MONTH_DAY),
        "fn": (TRIM, LOWER),
        "ln": (TRIM, LOWER),
        "ct": (LOWER, NO_PUNCTUATION),
        "st": (TRIM, LOWER, STATE_CODE),
        "zp": (TRIM, LOWER, POSTAL),
        "country": (TRIM, LOWER, COUNTRY_CODE),
        "external_id": (TRIM,),
        "hashed_maids": (TRIM,),
    }
)


def right_value(key: str, plain: str) -> str:
    """What to hash for a match key. `KeyError` for a key that is not hashed."""
    for step in NORMALIZATION[key]:
        plain = step.apply(plain)
    return plain


def sha256(text: str) -> str:
    """64 lower-case hexadecimal digits: the SHA-256 of a text's UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
