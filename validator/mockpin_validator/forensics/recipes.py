"""Recipes from a value to a hash, with the mistakes of each: omitted steps, extra steps, wrong digests."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from mockpin_validator.forensics.dates import (
    RIGHT_SPELLING,
    SHORT_SPELLINGS,
    SPELLINGS,
    describe,
    read_date,
    spell,
)
from mockpin_validator.forensics.extra_steps import extra_steps_for
from mockpin_validator.forensics.values import NORMALIZATION, normalize_value, sha256

#: Recipes with three mistakes are tried only for values of at most this many characters, the most that an
#: e-mail address has.
_MAX_LENGTH_OF_THREE_MISTAKES: Final = 254


class Recipe(NamedTuple):
    """The mistakes of one recipe (none for the right one) and what the recipe makes of the value."""

    mistakes: tuple[str, ...]
    result: str


#: Name of a mistake -> function from a text to what was sent instead of its SHA-256; "" is the right digest.
DIGESTS: Mapping[str, Callable[[str], str]] = {
    "": sha256,
    "hashed twice": lambda text: sha256(sha256(text)),
    "hashed twice, the second time the raw bytes": lambda text: sha256_hex(sha256_bytes(text)),
    "hashed twice, the second time in upper-case hexadecimal": lambda text: sha256(sha256(text).upper()),
    "UTF-16 instead of UTF-8 (little-endian)": lambda text: sha256_hex(encode(text, "utf-16-le")),
    "UTF-16 instead of UTF-8 (big-endian)": lambda text: sha256_hex(encode(text, "utf-16-be")),
    "UTF-16 instead of UTF-8 (with a byte order mark)": lambda text: sha256_hex(
        b"\xff\xfe" + encode(text, "utf-16-le")
    ),
    "UTF-16 instead of UTF-8 (big-endian, with a byte order mark)": lambda text: sha256_hex(
        b"\xfe\xff" + encode(text, "utf-16-be")
    ),
    "a byte order mark before it": lambda text: sha256(f"\ufeff{text}"),
    "Latin-1 instead of UTF-8": lambda text: sha256_hex(text.encode("latin-1", "replace")),
    "base64 of the SHA-256 instead of hexadecimal": lambda text: to_base64(sha256_bytes(text)),
    "base64 of the hexadecimal digits": lambda text: to_base64(encode(sha256(text))),
    "SHA-256 of the value's base64": lambda text: sha256(to_base64(encode(text))),
    "MD5 instead of SHA-256": lambda text: md5_hex(encode(text)),
    "SHA-1 instead of SHA-256": lambda text: hashlib.sha1(encode(text), usedforsecurity=False).hexdigest(),
    "SHA-512 instead of SHA-256": lambda text: hashlib.sha512(encode(text)).hexdigest(),
    "SHA-256 of its MD5": lambda text: sha256(md5_hex(encode(text))),
    "base64 and no hash": lambda text: to_base64(encode(text)),
    "not hashed": lambda text: text,
}


def encode(text: str, encoding: str = "utf-8") -> bytes:
    """Encode a text; a lone surrogate raises no error."""
    return text.encode(encoding, "surrogatepass")


def sha256_bytes(text: str) -> bytes:
    """Return the 32 bytes of the SHA-256 of a text's UTF-8."""
    return hashlib.sha256(encode(text)).digest()


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def md5_hex(data: bytes) -> str:
    """Return the MD5 of bytes as 32 hexadecimal digits."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def to_base64(data: bytes) -> str:
    """Encode bytes in base64."""
    return base64.b64encode(data).decode()


def list_recipes(key: str, plain: str) -> Iterator[Recipe]:
    """Yield every known recipe for a value of a match key, fewest mistakes first."""
    right = (Recipe((), normalize_value(key, plain)),)
    extra_steps = extra_steps_for(key)
    once = (*find_recipes_with_extra_steps(right, extra_steps), *omit_steps(key, plain))
    for mistakes, text in (*right, *once):
        yield from digest_text(mistakes, text)
    twice = find_recipes_with_extra_steps(once, extra_steps, known=right)
    for mistakes, text in twice:
        yield from digest_text(mistakes, text)
    if len(plain) <= _MAX_LENGTH_OF_THREE_MISTAKES:
        for mistakes, text in find_recipes_with_extra_steps(twice, extra_steps, known=(*right, *once)):
            yield Recipe(mistakes, sha256(text))


def digest_text(mistakes: tuple[str, ...], text: str) -> Iterator[Recipe]:
    """Apply every digest to one text."""
    for name, digest in DIGESTS.items():
        yield Recipe((*mistakes, name) if name else mistakes, digest(text))


def omit_steps(key: str, plain: str) -> Iterator[Recipe]:
    """Apply all but some of the documented steps to a value; spell a birth date in other forms."""
    yield from list_wrong_spellings(key, plain)
    steps = NORMALIZATION[key]
    for omitted in (subset for size in range(1, len(steps) + 1) for subset in combinations(steps, size)):
        text = plain
        for step in steps:
            text = text if step in omitted else step.apply(text)
        yield Recipe(tuple(step.omitted for step in omitted), text)


def list_wrong_spellings(key: str, plain: str) -> Iterator[Recipe]:
    """Yield a birth date in every spelling but YYYYMMDD."""
    day = read_date(plain) if key == "db" else None
    if day:
        wrong = {**SPELLINGS, **SHORT_SPELLINGS}
        del wrong[RIGHT_SPELLING]
        yield from (Recipe((describe(name),), spell(name, day)) for name in wrong)


def find_recipes_with_extra_steps(
    texts: Iterable[Recipe], extra_steps: Mapping[str, Callable[[str], str]], *, known: Iterable[Recipe] = ()
) -> tuple[Recipe, ...]:
    """Apply each extra step to each text. Leave out results that occurred before or are in `known`."""
    seen = {"", *(text for _, text in (*known, *texts))}  # an empty result explains nothing
    changed_texts = []
    for mistakes, text in texts:
        for step_name, apply in extra_steps.items():
            if step_name not in mistakes and (changed := apply(text)) not in seen:
                seen.add(changed)
                changed_texts.append(Recipe((*mistakes, step_name), changed))
    return tuple(changed_texts)
