"""Masks the plain text of match keys in messages: only its shape is shown."""

import re
from collections.abc import Iterator
from typing import Final

from mockpin_transformer.js import JSON
from mockpin_transformer.match_keys.hashing import is_hashed

_CONTACT: Final = re.compile(
    r"(?<![^\s'\"<>()\[\]])[^\s'\"<>()\[\]@]*+@[^\s'\"<>()\[\]]+"
    r"|\+\d[\d ().-]{6,17}\d|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"
)


def mask(text: str) -> str:
    """The shape of a text: `Ada1@x.io` is `Aaa9@a.aa`; a hash stays as it is."""
    if is_hashed(text):
        return text
    shape = "".join("A" if char.isupper() else "a" if char.isalpha() else char for char in text)
    return "".join("9" if char.isnumeric() else char for char in shape)


def mask_user_data(message: str, event: dict[str, JSON]) -> str:
    """Mask the event's own `user_data`, and any e-mail address or phone number, in a sentence."""
    plain = sorted(set(_plain_texts(event.get("user_data"))), key=len, reverse=True)
    if plain:
        # Whole words only: a gender of "f" is not a reason to mask every f.
        words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, plain))})(?!\w)")
        message = words.sub(lambda word: mask(word[0]), message)
    return mask_contacts(message)


def mask_contacts(text: str) -> str:
    """Mask e-mail addresses and phone numbers in a text; a run of digits alone does not count as one."""
    return _CONTACT.sub(lambda word: mask(word[0]), text)


def _plain_texts(value: JSON) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _plain_texts(item)
    elif isinstance(value, str) and value and not is_hashed(value):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
