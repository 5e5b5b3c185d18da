"""Hashes match keys with SHA-256 and leaves those alone that are hashed already."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from mockpin_transformer.errors import EmptyValue
from mockpin_transformer.match_keys.normalization import Normalization, Stages, stages_of

_HASH_LENGTH: Final = 64
_HASH: Final = re.compile("[0-9a-fA-F]{64}")


def is_hashed(value: str) -> bool:
    """Whether a value is a SHA-256 in hexadecimal, in lower or upper case, and nothing else."""
    return len(value) == _HASH_LENGTH and _HASH.fullmatch(value) is not None


def clean(value: str, stages: Stages) -> str:
    """Clean a value for hashing; "" if nothing is left, because every key's stages drop white space."""
    for stage in stages:
        value = stage.apply(value)
    return value


def trace_stages(value: str, stages: Stages) -> Iterator[tuple[str, str]]:
    """Each stage's name and what it leaves: plain text, not to be shown."""
    for stage in stages:
        value = stage.apply(value)
        yield stage.name, value


def hash_value(value: str, stages: Stages) -> str:
    """The SHA-256 of a cleaned value, in lower-case hex; a hash stays. EmptyValue if nothing is left."""
    if is_hashed(value):
        return value
    cleaned = clean(value, stages)
    if not cleaned:
        raise EmptyValue
    try:
        return sha256(cleaned.encode()).hexdigest()
    except UnicodeEncodeError:
        return sha256(_replace_lone_surrogates(cleaned)).hexdigest()


def hash_match_key(
    key: str, value: str, *, normalization: Normalization = "documented", region: str | None = None
) -> str:
    """What to send for a match key: `hash_match_key("em", "Ada@Example.com")`.

    `key` is the wire name. KeyError for an unknown one, EmptyValue for a value that is empty after cleaning.
    """
    return hash_value(value, stages_of(key, normalization, region=region))


def _replace_lone_surrogates(text: str) -> bytes:
    """The text in UTF-8 as JavaScript writes it, each lone surrogate as the replacement character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
