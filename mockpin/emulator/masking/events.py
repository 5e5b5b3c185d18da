"""Hiding the plain text of match keys before anything is stored, logged or shown.

What belongs hashed and is hashed stays; what belongs hashed and is not is replaced by its length. In
`user_data`, only what Pinterest takes in plain text (the address, the user agent, ids of its own) is shown.
Elsewhere, whatever is shaped like an e-mail address or a telephone number is replaced, and in a URL what is
called one. A name that does not look like a field's is replaced wherever it is.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin_validator.contract.request import HASHED_MATCH_KEYS
from mockpin_validator.masking import shows_key

HASHED_KEYS = frozenset(HASHED_MATCH_KEYS)
PLAIN_KEYS = frozenset(
    {"client_ip_address", "client_user_agent", "click_id", "partner_id", "customer_type", "opt_out_type"}
)
KNOWN_KEYS = HASHED_KEYS | PLAIN_KEYS
_SHOWN = re.compile(r"(?:[0-9A-Fa-f]{64}|<masked \d+>)?")
_WORD = r"[^\s@,;:<>\"'&=/?#()\[\]{}\\]"
#: An @, in full width or small as well, and as a URL has it, encoded once or more often.
_ENCODED = r"%(?:25)*(?:40|EF%(?:25)*BC%(?:25)*A0|EF%(?:25)*B9%(?:25)*AB)"
_ENCODED_AT = re.compile(_ENCODED.encode(), re.IGNORECASE)
_AT = rf"(?:[@\uff20\ufe6b]|{_ENCODED})"
_EMAIL = re.compile(rf"{_WORD}{{1,64}}{_AT}{_WORD}{{1,255}}", re.IGNORECASE)
_PLUS, _GAP = r"(?:\+|%(?:25)*2B)", r"(?:[\d ().-]|%(?:25)*20)"
_TELEPHONE = re.compile(
    rf"{_PLUS}\d{_GAP}{{7,18}}\d|\(?\b\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}\b", re.IGNORECASE
)
#: Where an object stands for a list, its names are places.
_PLACE = re.compile(r"\d{1,4}", re.ASCII)
#: What a URL says of a person by a parameter's name, whatever it looks like.
_NAME = r"(?:ph|phone|phone_?number|tel|telephone|mobile)"
_WORDS = re.compile(r"\w+")
_PHONE = re.compile(_NAME, re.IGNORECASE)
_NAMED = re.compile(rf"[?&]{_NAME}=", re.IGNORECASE)
_PARAMETER = re.compile(rf"(?<=[?&])({_NAME}=)(?!<masked )([^&#\s\"]+)", re.IGNORECASE)


def mask_value(text: str) -> str:
    """What is shown instead of a plain-text value: that there was one, and how long."""
    return f"<masked {len(text)}>"


def mask_text(text: str) -> str:
    """A text without what is shaped like an e-mail address or a telephone number, or called one in a URL."""
    return _TELEPHONE.sub(_masked, mask_emails(text))


def mask_emails(text: str) -> str:
    """A text without what is shaped like an e-mail address, or is called a telephone number in a URL."""
    if text.isidentifier():  # most names are, and hold no sign that is looked for
        return text
    plain = text.isascii() and "@" not in text and "%" not in text
    shaped = text if plain else _EMAIL.sub(_masked, text)
    return _PARAMETER.sub(_mask_named, shaped) if "=" in shaped else shaped


@lru_cache(maxsize=1024)
def mask_name(name: str) -> str:
    """The name of a field, or a place in a list; of all else, which may be somebody's data, its length."""
    return name if shows_key(name) or _PLACE.fullmatch(name) or _SHOWN.fullmatch(name) else mask_value(name)


#: What is done to a string of no known name: `mask_emails`, or `mask_text`.
Show = Callable[[str], str]


def mask_event(
    text: bytes, event: Mapping[str, Any], *, hashed: bool = False, show: Show = mask_emails
) -> str:
    """The JSON text of a conversion event, accepted by the schema, as it may be stored.

    `hashed` says that the rules have found a hash under every match key, so that there is less to look at.
    """
    user_data = event["user_data"]
    if show is mask_emails and not _may_hide(text, event.get("event_source_url")):
        known = hashed and KNOWN_KEYS.issuperset(user_data)
        if known or _shows_only_hashes()(user_data):
            return text.decode()
    return orjson.dumps(mask_json(event, show)).decode()


def mask_dumped(text: bytes, show: Show = mask_emails) -> bytes:
    """A body that was written as JSON, or that a fault has made anything else, as it may be stored."""
    if show is mask_emails and not _may_hide(text):
        return text
    try:
        return orjson.dumps(mask_json(parse_json(text), show))
    except JsonUnreadable:
        return show(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def mask_payload(payload: Any, show: Show = mask_emails) -> Any:
    """A body that is JSON; a text or a number alone is hidden, since no name says what it is."""
    return mask_json(payload, show) if isinstance(payload, dict | list) else hide(payload)


def mask_json(value: Any, show: Show = mask_emails) -> Any:
    """Any JSON value: match keys and `user_data` by their names wherever they are, the rest by shape.

    `show` is what is done to a string of no known name; `mask_text` hides telephone numbers too.
    """
    if isinstance(value, dict):
        return {mask_name(name): _mask_member(name, each, show) for name, each in value.items()}
    if isinstance(value, list):
        return [mask_json(each, show) for each in value]
    return show(value) if isinstance(value, str) else value


def read_pairs(query: str) -> list[tuple[str, str]]:
    """The parameters of a query string; none of one that has more than Python is willing to read."""
    try:
        return parse_qsl(query, keep_blank_values=True)
    except ValueError:
        return []


def mask_parameter(name: str, value: str) -> str:
    """The value of a parameter such as `pd[em]` or `pd.em`, hidden when it belongs hashed and is not."""
    if name in ("ed", "pd", "ad") or value[:1] in ("{", "["):
        return _mask_json_text(name, value)
    leaves = _WORDS.findall(unquote(name)) or [""]
    known = not HASHED_KEYS.isdisjoint(leaves) or any(map(_PHONE.fullmatch, leaves))
    hidden = known or (leaves[0] == "pd" and PLAIN_KEYS.isdisjoint(leaves))
    return str(hide(value)) if hidden else mask_emails(value)


def _mask_json_text(name: str, text: str) -> str:
    try:
        value = parse_json(text)
    except JsonUnreadable:
        return mask_value(text) if name == "pd" else mask_emails(text)
    return orjson.dumps(_mask_member("user_data" if name == "pd" else name, value, mask_emails)).decode()


def _mask_member(name: str, value: Any, show: Show) -> Any:
    if name in HASHED_KEYS:
        return hide(value)
    if name == "user_data":
        return mask_user_data(value)
    return mask_json(value, show)


def mask_user_data(value: Any) -> Any:
    """What is said of a person: of match keys only hashes, and nothing of what Pinterest does not know."""
    if not isinstance(value, dict):
        return hide(value)
    return {
        mask_name(key): mask_json(each) if key in PLAIN_KEYS else hide(each) for key, each in value.items()
    }


def hide(value: Any) -> Any:
    """A value of which only hashes, switches and its shape are shown."""
    if isinstance(value, dict):
        return {mask_name(key): hide(each) for key, each in value.items()}
    if isinstance(value, list):
        return [hide(each) for each in value]
    if isinstance(value, str):
        return value if _SHOWN.fullmatch(value) else mask_value(value)
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value


def _may_hide(text: bytes, url: str | None = None) -> bool:
    """A quick look at a JSON text for what `mask_emails` hides; of a text that holds `url` it is quicker."""
    return (
        b"@" in text
        or (not text.isascii() and b"\xef" in text)  # as an @ in full width begins
        or (b"%" in text and bool(_ENCODED_AT.search(text)))
        or (b"=" in text and _may_name_phone(text, url or ""))
    )


def _may_name_phone(text: bytes, url: str) -> bool:
    """Whether a URL has a parameter for a telephone number: the one that is given, or any other there."""
    elsewhere = text.count(b"=") > url.count("=")
    return bool(_NAMED.search(url) or (elsewhere and _NAMED.search(text.decode("utf-8", "replace"))))


def _masked(found: re.Match[str]) -> str:
    return mask_value(found[0])


def _mask_named(found: re.Match[str]) -> str:
    return found[1] + mask_value(found[2])


@cache
def _shows_only_hashes() -> Callable[[Any], bool]:
    """A quick test that passes a `user_data` only when nothing in it need be hidden."""
    import jsonschema_rs  # noqa: PLC0415 - loaded when first needed

    hashes = {"items": {"type": ["string", "null"], "pattern": "^[0-9A-Fa-f]{64}$"}}
    shown = {"not": {"type": ["array", "object"]}}  # which have names of their own
    properties: dict[str, object] = dict.fromkeys(HASHED_KEYS, hashes) | dict.fromkeys(PLAIN_KEYS, shown)
    schema = {"properties": properties, "additionalProperties": False}
    return jsonschema_rs.Draft202012Validator(schema).is_valid
