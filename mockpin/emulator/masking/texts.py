"""Masks for text whose field name says nothing: what is personal or secret is recognized by its shape."""

import re

from mockpin.emulator.accounts import fingerprint
from mockpin_validator.caching import cache_short_texts
from mockpin_validator.detectors import (
    BEARER,
    EMAIL,
    PHONE,
    PHONE_NAME,
    SECRET_NAME,
    SENSITIVE_PARAMETER,
    TOKEN,
)
from mockpin_validator.masking import shows_key

#: What may stay where a match key is masked: a SHA-256, a mask, or nothing.
SHOWN = re.compile(r"(?:[0-9A-Fa-f]{64}|<masked \d+>)?")
#: What may stay where a secret is masked: a fingerprint, a mask, or nothing.
SHOWN_SECRET = re.compile(r"(?:sha256:[0-9a-f]{16}|<masked \d+>)?")
#: Characters of a text that are looked through; a longer one is masked as a whole, which takes no time.
LONGEST_TEXT = 65_536
#: Where an object stands for a list, its names are places.
_PLACE = re.compile(r"\d{1,4}", re.ASCII)
#: Text that holds no sign of an address, a parameter or a credential after its scheme; "pin" begins a token.
_SIGNLESS = re.compile(r"[\w.:-]*+")
_ESCAPES = ("%", "&", "\\")


def mask_value(text: str) -> str:
    """What is shown instead of a plain-text value: that there was one, and how long."""
    return f"<masked {len(text)}>"


def mask_secrets(text: str) -> str:
    """Mask e-mail addresses, tokens, and in URLs the parameters that are named after phones or secrets."""
    if len(text) > LONGEST_TEXT:
        return mask_value(text)
    if _SIGNLESS.fullmatch(text) and "pin" not in text:  # most names and ids are
        return text
    return _mask_parameters(mask_tokens(_mask_emails(text)))


def mask_text(text: str) -> str:
    """Mask what `mask_secrets` does, and phone numbers."""
    return PHONE.sub(_masked, mask_secrets(text))


def mask_tokens(text: str) -> str:
    """Replace each of Pinterest's tokens, and each credential after `Bearer`, by its fingerprint."""
    shown = TOKEN.sub(fingerprint_match, text) if "pin" in text else text
    folded = shown.casefold()
    names_scheme = "bearer" in folded or "basic" in folded
    return BEARER.sub(lambda found: found[1] + fingerprint(found[2]), shown) if names_scheme else shown


@cache_short_texts(maxsize=1024)
def is_secret(name: str) -> bool:
    """Whether the value of a header, a parameter or a field of this name opens something."""
    return bool(SECRET_NAME.search(name))


@cache_short_texts(maxsize=1024)
def is_phone(name: str) -> bool:
    """Whether the value of a parameter or a field of this name is a phone number."""
    return bool(PHONE_NAME.search(name))


@cache_short_texts(maxsize=1024)
def mask_name(name: str) -> str:
    """The name of a field, or a place in a list; of all else, which may be somebody's data, its length."""
    is_known = shows_key(name) or _PLACE.fullmatch(name) or SHOWN.fullmatch(name)
    return mask_tokens(name) if is_known else mask_value(name)


def _mask_emails(text: str) -> str:
    is_plain = text.isascii() and "@" not in text and not any(escape in text for escape in _ESCAPES)
    return text if is_plain else EMAIL.sub(_masked, text)


def _mask_parameters(text: str) -> str:
    if "=" not in text:
        return text
    return SENSITIVE_PARAMETER.sub(lambda found: found[1] + mask_value(found[2]), text)


def _masked(found: re.Match[str]) -> str:
    return mask_value(found[0])


def fingerprint_match(found: re.Match[str]) -> str:
    """The fingerprint of a match, for `re.sub`."""
    return fingerprint(found[0])
