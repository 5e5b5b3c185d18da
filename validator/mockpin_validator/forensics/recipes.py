"""The wrong ways from a value to a hash, by name: what was left out, what was done besides, and how."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Final, NamedTuple

from mockpin_validator.forensics.dates import (
    RIGHT_SPELLING,
    SHORT_SPELLINGS,
    SPELLINGS,
    describe,
    read_date,
    spell,
)
from mockpin_validator.forensics.deeds import deeds_of
from mockpin_validator.forensics.values import NORMALIZATION, right_value, sha256

#: Characters of a value to which three things are tried to have been done: as many as an e-mail address has.
_LONGEST: Final = 254


class Way(NamedTuple):
    """What is wrong with a way to the hash (nothing, for the right one) and what it makes of the value."""

    slips: tuple[str, ...]
    made: str


#: Text -> the text or digest that stands where 64 hexadecimal digits of SHA-256 belong.
DIGESTS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "": sha256,
        "hashed twice": lambda text: sha256(sha256(text)),
        "hashed twice, the second time the raw bytes": lambda text: sha256_of(digest_of(text)),
        "hashed twice, the second time in upper-case hexadecimal": lambda text: sha256(sha256(text).upper()),
        "UTF-16 instead of UTF-8 (little-endian)": lambda text: sha256_of(encoded(text, "utf-16-le")),
        "UTF-16 instead of UTF-8 (big-endian)": lambda text: sha256_of(encoded(text, "utf-16-be")),
        "UTF-16 instead of UTF-8 (with a byte order mark)": lambda text: sha256_of(
            b"\xff\xfe" + encoded(text, "utf-16-le")
        ),
        "UTF-16 instead of UTF-8 (big-endian, with a byte order mark)": lambda text: sha256_of(
            b"\xfe\xff" + encoded(text, "utf-16-be")
        ),
        "a byte order mark before it": lambda text: sha256(f"\ufeff{text}"),
        "Latin-1 instead of UTF-8": lambda text: sha256_of(text.encode("latin-1", "replace")),
        "base64 of the SHA-256 instead of hexadecimal": lambda text: base64_of(digest_of(text)),
        "base64 of the hexadecimal digits": lambda text: base64_of(encoded(sha256(text))),
        "SHA-256 of the value's base64": lambda text: sha256(base64_of(encoded(text))),
        "MD5 instead of SHA-256": lambda text: md5_of(encoded(text)),
        "SHA-1 instead of SHA-256": lambda text: hashlib.sha1(
            encoded(text), usedforsecurity=False
        ).hexdigest(),
        "SHA-512 instead of SHA-256": lambda text: hashlib.sha512(encoded(text)).hexdigest(),
        "SHA-256 of its MD5": lambda text: sha256(md5_of(encoded(text))),
        "base64 and no hash": lambda text: base64_of(encoded(text)),
        "not hashed": lambda text: text,
    }
)


def encoded(text: str, encoding: str = "utf-8") -> bytes:
    """The text's bytes; a lone surrogate does not stop it."""
    return text.encode(encoding, "surrogatepass")


def digest_of(text: str) -> bytes:
    """The 32 bytes of the SHA-256 of a text's UTF-8."""
    return hashlib.sha256(encoded(text)).digest()


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def md5_of(data: bytes) -> str:
    """The MD5 of bytes, as 32 hexadecimal digits."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def base64_of(data: bytes) -> str:
    """Bytes in base64."""
    return base64.b64encode(data).decode()


def ways(key: str, plain: str) -> Iterator[Way]:
    """Every way from a value to what was sent that we know, those with the fewest slips first."""
    right = (Way((), right_value(key, plain)),)
    deeds = deeds_of(key)
    once = (*done_besides(right, deeds), *undone(key, plain))
    for slips, text in (*right, *once):
        yield from digested(slips, text)
    twice = done_besides(once, deeds, known=right)
    for slips, text in twice:
        yield from digested(slips, text)
    if len(plain) <= _LONGEST:
        for slips, text in done_besides(twice, deeds, known=(*right, *once)):
            yield Way(slips, sha256(text))


def digested(slips: tuple[str, ...], text: str) -> Iterator[Way]:
    """A text under every digest."""
    for name, digest in DIGESTS.items():
        yield Way((*slips, name) if name else slips, digest(text))


def undone(key: str, plain: str) -> Iterator[Way]:
    """The texts that leave out one or more of the right one's steps, and a birth date's other spellings."""
    yield from spellings_of(key, plain)
    steps = NORMALIZATION[key]
    for left_out in (subset for size in range(1, len(steps) + 1) for subset in combinations(steps, size)):
        text = plain
        for step in steps:
            text = text if step in left_out else step.apply(text)
        yield Way(tuple(step.omitted for step in left_out), text)


def spellings_of(key: str, plain: str) -> Iterator[Way]:
    """A birth date in the spellings that are wrong."""
    day = read_date(plain) if key == "db" else None
    if day:
        wrong = {**SPELLINGS, **SHORT_SPELLINGS}
        del wrong[RIGHT_SPELLING]
        yield from (Way((describe(name),), spell(name, day)) for name in wrong)


def done_besides(
    texts: Iterable[Way], deeds: Mapping[str, Callable[[str], str]], *, known: Iterable[Way] = ()
) -> tuple[Way, ...]:
    """Each text with each deed that changes it, each result once and none that is known."""
    seen = {"", *(text for _, text in (*known, *texts))}  # of an empty text nothing is told
    made = []
    for slips, text in texts:
        for deed, do in deeds.items():
            if deed not in slips and (changed := do(text)) not in seen:
                seen.add(changed)
                made.append(Way((*slips, deed), changed))
    return tuple(made)
