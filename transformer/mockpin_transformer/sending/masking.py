"""Plain text of match keys kept out of what people read: only its shape is shown."""

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
    """The shape of a text: `Ada1@x.io` is `Aaa9@a.aa`; a hash stays, it is no plain text."""
    if is_hashed(text):
        return text
    shape = "".join("A" if each.isupper() else "a" if each.isalpha() else each for each in text)
    return "".join("9" if each.isnumeric() else each for each in shape)


def mask_user_data(message: str, event: dict[str, JSON]) -> str:
    """A sentence about an event, without plain text of its `user_data`, nor anybody's address or number."""
    plain = sorted(set(_plain_texts(event.get("user_data"))), key=len, reverse=True)
    if plain:
        # Whole words only: a gender of "f" is no reason to mask every f.
        words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, plain))})(?!\w)")
        message = words.sub(lambda found: mask(found[0]), message)
    return mask_contacts(message)


def mask_contacts(text: str) -> str:
    """A text without what is shaped like an e-mail address or a telephone number; digits alone are none."""
    return _CONTACT.sub(lambda found: mask(found[0]), text)


def _plain_texts(value: JSON) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _plain_texts(each)
    elif isinstance(value, str) and value and not is_hashed(value):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
