"""Hiding what opens something: tokens, keys and cookies, known by their names or by their look."""

import re

import orjson

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.masking.events import mask_parameter, read_pairs
from mockpin.emulator.masking.texts import (
    fingerprint_match,
    is_secret,
    mask_name,
    mask_secrets,
    mask_text,
    mask_tokens,
)
from mockpin_validator.caching import cache_short_texts

#: A credential of one of these schemes is shown with its scheme.
_SCHEME = re.compile(r"(basic|bearer|digest|negotiate|token|apikey)\s+(?=\S)", re.IGNORECASE)
#: No part of a path of ours is so long; a digest, an id or a name with a dot in it is not a token.
_LONG_PART = re.compile(r"[A-Za-z0-9_-]{32,}+")
#: A parameter such as `ed[value]` has a name of two parts.
_NAME_PART = re.compile(r"[^\[\]]+")


@cache_short_texts(maxsize=1024)
def mask_path(path: str) -> str:
    """A path, or a part of one, without tokens, e-mail addresses and telephone numbers."""
    return _LONG_PART.sub(fingerprint_match, mask_text(path))


@cache_short_texts(maxsize=1024)  # a sender repeats its headers
def dump_headers(*pairs: str) -> bytes:
    """The JSON object of headers, masked: a name, its value, the next name and so on."""
    headers = zip(pairs[::2], pairs[1::2], strict=True)
    return orjson.dumps({name: mask_header(name, text) for name, text in headers})


@cache_short_texts(maxsize=1024)
def mask_header(name: str, text: str) -> str:
    """A header's value: of a credential only its scheme and fingerprint."""
    if not is_secret(name):
        return mask_secrets(text)
    scheme = _SCHEME.match(text)
    return f"{scheme[1]} {fingerprint(text[scheme.end() :])}" if scheme else fingerprint(text)


def mask_query(query: str) -> dict[str, str]:
    """The parameters of a query string by name, the last of a name winning."""
    return {
        _mask_name(name): fingerprint(value) if is_secret(name) else mask_tokens(mask_parameter(name, value))
        for name, value in read_pairs(query)
    }


def _mask_name(name: str) -> str:
    """The name of a parameter such as `ed[value]`, each of its parts by itself."""
    return _NAME_PART.sub(lambda part: mask_name(part[0]), mask_tokens(name))
