"""Hiding the plain text of match keys before anything is stored, logged or shown.

What belongs hashed and is hashed stays; what belongs hashed and is not is replaced by its length. In
`user_data`, only what Pinterest takes in plain text (the address, the user agent, ids of its own) is shown.
Elsewhere, whatever is shaped like an e-mail address or a telephone number is replaced.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import orjson

HASHED_KEYS = frozenset(
    {"em", "ph", "ge", "db", "ln", "fn", "ct", "st", "zp", "country", "external_id", "hashed_maids"}
)
PLAIN_KEYS = frozenset(
    {"client_ip_address", "client_user_agent", "click_id", "partner_id", "customer_type", "opt_out_type"}
)
KNOWN_KEYS = HASHED_KEYS | PLAIN_KEYS
_SHOWN = re.compile(r"(?:[0-9A-Fa-f]{64}|<masked \d+>)?")
_WORD = r"[^\s@,;:<>\"'&=/?#()\[\]{}\\]"
_EMAIL = re.compile(rf"{_WORD}{{1,64}}(?:@|%40){_WORD}{{1,255}}")
_TELEPHONE = re.compile(r"\+\d[\d ().-]{7,18}\d|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b")


def mask_value(text: str) -> str:
    """What is shown instead of a plain-text value: that there was one, and how long."""
    return f"<masked {len(text)}>"


def mask_text(text: str) -> str:
    """A text without what is shaped like an e-mail address or a telephone number."""
    return _TELEPHONE.sub(_masked, mask_emails(text))


def mask_emails(text: str) -> str:
    """A text without what is shaped like an e-mail address."""
    return _EMAIL.sub(_masked, text) if "@" in text or "%40" in text else text


def dump_masked(event: Mapping[str, Any], *, hashed: bool = False) -> bytes:
    """The JSON of a conversion event, accepted by the schema, as it may be stored.

    `hashed` says that the rules have found a hash under every match key, so that there is less to look at.
    """
    text, user_data = orjson.dumps(event), event["user_data"]
    if b"@" not in text and b"%40" not in text:
        known = hashed and KNOWN_KEYS.issuperset(user_data)
        if known or _shows_only_hashes()(user_data):
            return text
    return orjson.dumps(mask_json(event))


def mask_json(value: Any, show: Callable[[str], str] = mask_emails) -> Any:
    """Any JSON value: match keys and `user_data` by their names wherever they are, the rest by shape.

    `show` is what is done to a string of no known name; `mask_text` hides telephone numbers too.
    """
    if isinstance(value, dict):
        return {mask_emails(name): _mask_member(name, each, show) for name, each in value.items()}
    if isinstance(value, list):
        return [mask_json(each, show) for each in value]
    return show(value) if isinstance(value, str) else value


def mask_query(query: str) -> dict[str, str]:
    """The parameters of a query string by name, the last of a name winning."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True)
    except ValueError:  # more parameters than Python is willing to read
        return {}
    return {mask_emails(name): mask_parameter(name, value) for name, value in pairs}


def mask_parameter(name: str, value: str) -> str:
    """The value of a query parameter such as `pd[em]`, hidden when it belongs hashed and is not."""
    if name in ("ed", "pd", "ad") or value[:1] in ("{", "["):
        return _mask_json_text(name, value)
    leaves = [part.rstrip("]") for part in name.split("[")]
    hidden = not HASHED_KEYS.isdisjoint(leaves) or (leaves[0] == "pd" and PLAIN_KEYS.isdisjoint(leaves))
    return str(_hide(value)) if hidden else mask_emails(value)


def _mask_json_text(name: str, text: str) -> str:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return mask_value(text) if name == "pd" else mask_emails(text)
    return orjson.dumps(_mask_member("user_data" if name == "pd" else name, value, mask_emails)).decode()


def _mask_member(name: str, value: Any, show: Callable[[str], str]) -> Any:
    if name in HASHED_KEYS:
        return _hide(value)
    if name == "user_data":
        return _mask_user_data(value)
    return mask_json(value, show)


def _mask_user_data(value: Any) -> Any:
    if not isinstance(value, dict):
        return _hide(value)
    return {
        mask_emails(key): mask_json(each) if key in PLAIN_KEYS else _hide(each) for key, each in value.items()
    }


def _hide(value: Any) -> Any:
    if isinstance(value, dict):
        return {mask_emails(key): _hide(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_hide(each) for each in value]
    if isinstance(value, str):
        return value if _SHOWN.fullmatch(value) else mask_value(value)
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value


def _masked(found: re.Match[str]) -> str:
    return mask_value(found[0])


@cache
def _shows_only_hashes() -> Callable[[Any], bool]:
    """A quick test that passes a `user_data` only when nothing in it need be hidden."""
    import jsonschema_rs  # noqa: PLC0415 - loaded when first needed

    hashes = {"items": {"type": ["string", "null"], "pattern": "^[0-9A-Fa-f]{64}$"}}
    properties: dict[str, object] = dict.fromkeys(HASHED_KEYS, hashes) | dict.fromkeys(PLAIN_KEYS, True)
    schema = {"properties": properties, "additionalProperties": {"type": ["null", "boolean"]}}
    return jsonschema_rs.Draft202012Validator(schema).is_valid
