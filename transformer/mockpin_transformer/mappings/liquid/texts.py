"""Liquid's filters of text, which is measured and cut in UTF-16 units."""

import operator
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Final
from urllib.parse import quote, quote_plus, unquote

from mockpin_transformer.js import JSON, WHITESPACE, from_units, to_number, to_units, utf16_length
from mockpin_transformer.mappings.liquid.refusals import FilterRefused

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_CHARACTERS: Final = {escape: character for character, escape in _ESCAPES.items()}
_ESCAPABLE: Final = re.compile("|".join(_ESCAPES))
_ESCAPED: Final = re.compile("|".join(_CHARACTERS))
#: What opens and what closes the markup that `strip_html` deletes; the first that opens and is closed counts.
_MARKUP: Final = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"), ("<", ">"))
_WHITE_SPACE: Final = re.compile(f"[{WHITESPACE}]+")
_BAD_PERCENT: Final = re.compile("%(?![0-9a-fA-F]{2})")
_NO_BASE64: Final = re.compile("=.*|[^A-Za-z0-9+/]", re.DOTALL)
_URL_SAFE: Final = str.maketrans("-_", "+/")
#: What encodeURIComponent leaves as it is, and what encodeURI leaves besides, with Liquid's brackets.
_UNRESERVED: Final = "-_.!~*'()"
_RESERVED: Final = f"{_UNRESERVED};,/?:@&=+$#[]"


def to_utf8(text: str) -> bytes:
    """The text's bytes; a lone surrogate becomes the replacement character, as in JavaScript."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _strip_html(text: str) -> str:
    """The text without markup, in linear time: the last closing mark of each kind is looked up once."""
    last = {closing: text.rfind(closing) for _, closing in _MARKUP}
    kept, position = [], 0
    while (start := text.find("<", position)) >= 0:
        ends = (
            text.find(closing, start + len(opening)) + len(closing)
            for opening, closing in _MARKUP
            if text.startswith(opening, start) and last[closing] >= start + len(opening)
        )
        end = next(ends, None)
        if end is None:
            break
        kept.append(text[position:start])
        position = end
    return "".join([*kept, text[position:]])


def _escape(text: str) -> str:
    return _ESCAPABLE.sub(lambda character: _ESCAPES[character[0]], text)


def _replace(text: str, pattern: str, replacement: str) -> str:
    """With an empty pattern the replacement goes between the units, not around them."""
    return text.replace(pattern, replacement) if pattern else from_units(replacement.join(to_units(text)))


def _replace_last(text: str, pattern: str, replacement: str) -> str:
    start = text.rfind(pattern)
    return text if start < 0 else text[:start] + replacement + text[start + len(pattern) :]


def _truncate(text: str, length: str = "", end: str = "...") -> str:
    units, most = to_units(text), to_number(length or "50")
    if len(units) <= most:
        return text
    kept = most - utf16_length(end)
    return from_units(units[: int(kept)] if kept > 0 else "") + end


def _decode_url(text: str) -> str:
    if _BAD_PERCENT.search(text):
        raise FilterRefused("URI malformed", token=None)
    return unquote(text, errors="strict").replace("+", " ")


def _decode_base64(text: str) -> str:
    digits = _NO_BASE64.sub("", text.translate(_URL_SAFE))
    digits = digits[: len(digits) - (len(digits) % 4 == 1)]
    return b64decode(digits + "=" * (-len(digits) % 4)).decode(errors="replace")


TEXT_FILTERS: Final[dict[str, Callable[..., JSON]]] = {
    "append": operator.add,
    "base64_decode": _decode_base64,
    "base64_encode": lambda text: b64encode(to_utf8(text)).decode(),
    "capitalize": lambda text: text[:1].upper() + text[1:].lower(),
    "cgi_escape": quote_plus,
    "downcase": str.lower,
    "escape": _escape,
    "escape_once": lambda text: _escape(_ESCAPED.sub(lambda escape: _CHARACTERS[escape[0]], text)),
    "lstrip": lambda text, characters="": text.lstrip(characters or WHITESPACE),
    "normalize_whitespace": lambda text: _WHITE_SPACE.sub(" ", text),
    "prepend": lambda text, head: head + text,
    "remove": lambda text, pattern: text.replace(pattern, ""),
    "remove_first": lambda text, pattern: text.replace(pattern, "", 1),
    "remove_last": lambda text, pattern: _replace_last(text, pattern, ""),
    "replace": _replace,
    "replace_first": lambda text, pattern, new: text.replace(pattern, new, 1),
    "replace_last": _replace_last,
    "rstrip": lambda text, characters="": text.rstrip(characters or WHITESPACE),
    "sha256": lambda text: sha256(to_utf8(text)).hexdigest(),
    "strip": lambda text, characters="": text.strip(characters or WHITESPACE),
    "strip_html": _strip_html,
    "strip_newlines": lambda text: text.replace("\r\n", "").replace("\n", ""),
    "truncate": _truncate,
    "upcase": str.upper,
    "uri_escape": lambda text: quote(text, safe=_RESERVED),
    "url_decode": _decode_url,
    "url_encode": lambda text: quote_plus(text, safe=_UNRESERVED),
    "xml_escape": _escape,
}
"""Each takes the printed text of its operands."""
