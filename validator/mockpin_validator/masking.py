"""Mask personal values in source text: values that cannot identify a person stay, all others become dots.

The allow-list of fields also masks misspelt and unknown fields. The text is not parsed, so text that is not
JSON can be masked too. Lengths do not change, so columns stay the same.
"""

import re
from collections.abc import Iterator
from typing import Final

import orjson

from mockpin_validator.detectors import (
    BEARER,
    EMAIL,
    PERSONAL,
    PERSONAL_IN_PLAIN,
    SENSITIVE_PARAMETER,
    TOKEN,
)

DOT: Final = "•"

#: Fields whose values cannot identify a person.
SHOWN: Final = frozenset(
    {
        "event_name", "action_source", "event_time", "event_id", "opt_out", "partner_name", "language",
        "app_id", "app_name", "app_version", "device_brand", "device_carrier", "device_model", "device_type",
        "os_version", "wifi", "currency", "value", "content_ids", "contents", "id", "item_price", "quantity",
        "num_items", "order_id", "opt_out_type", "content_name", "content_category", "content_brand", "np",
        "item_name", "item_category", "item_brand", "predicted_ltv", "advertiser_tracking_enabled", "type",
    }
)  # fmt: skip

#: Fields that Pinterest takes in plain text: shown unless they hold an e-mail address or a phone number.
PLAIN: Final = frozenset({"event_source_url", "client_ip_address", "client_user_agent", "click_id"})

#: Fields whose values are numbers but never phone numbers, however long.
_NUMBERS: Final = frozenset({"event_time", "value", "item_price", "quantity", "num_items", "predicted_ltv"})
_LISTS: Final = frozenset({"content_ids"})
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[^\s{}\[\],:"]+')
_COLON = re.compile(r"\s*:")
_HASH = re.compile(r'"?[0-9a-fA-F]{64}"?')
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$ .-]{0,63}")
_NUMBERED = re.compile(r"\d{5}")
_EPOCH = re.compile(r"-?\d{1,13}(\.\d+)?")
_NOT_A_TIME = re.compile(rf'^"(?!(?:{_EPOCH.pattern}|\d{{4}}-\d\d-\d\d[T ][\d:.]*(?:Z|[+-][\d:]*)?)"$)')
#: Field -> pattern that hides a quoted value which matches it.
_HIDDEN: Final = {
    **dict.fromkeys(SHOWN, PERSONAL),
    **dict.fromkeys(PLAIN, PERSONAL_IN_PLAIN),
    "event_time": _NOT_A_TIME,
}
#: What is hidden in every value: addresses in any notation, tokens, and parameters of a URL that hold them.
_ALWAYS_HIDDEN: Final = (EMAIL, TOKEN, BEARER, SENSITIVE_PARAMETER)
_WORDS = frozenset({"true", "false", "null"})


def mask(text: str) -> str:
    """Replace every value that might identify a person by as many dots."""
    return "".join(_mask_tokens(text))


def mask_pointer(pointer: str) -> str:
    """Replace each key of a JSON pointer that might be a value by three dots."""
    return "/".join(
        token if not token or shows_key(token) or token.isdigit() else DOT * 3 for token in pointer.split("/")
    )


def is_personal(text: str) -> bool:
    """Whether a text is or holds an e-mail address, a phone number, an IP address or a token."""
    return _holds(PERSONAL, text)


def mask_personal(text: str) -> str:
    """Replace a text by as many dots if it may be personal data."""
    return DOT * len(text) if is_personal(text) else text


def shows_key(key: str) -> bool:
    """Whether a key looks like the name of a field and not like personal data."""
    return bool(_NAME.fullmatch(key)) and not _NUMBERED.search(key)


def _mask_tokens(text: str) -> Iterator[str]:
    key, end = "", 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        between, end = text[end : match.start()], match.end()
        key = "" if _ends_field(between, key) else key
        yield between
        if token.startswith('"') and _COLON.match(text, end):
            key = token.strip('"')
            yield token if shows_key(key) else _dot_out(token)
        else:
            yield token if _shows_value(token, key) else _dot_out(token)
    yield text[end:]


def _ends_field(between: str, key: str) -> bool:
    """Whether the text between two tokens ends the field of the first one."""
    return "}" in between or ("," in between and key not in _LISTS)


def _shows_value(token: str, key: str) -> bool:
    if token in _WORDS or _HASH.fullmatch(token):
        return True
    if not token.startswith('"'):
        is_number = key in SHOWN and bool(_EPOCH.fullmatch(token))
        return is_number and (key in _NUMBERS or not is_personal(token))
    closed = len(token) > 1 and token.endswith('"')  # a value that is cut off may be a key
    return (
        key in _HIDDEN and closed and not any(_holds(_HIDDEN[key], text) for text in (token, _decode(token)))
    )


def _holds(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.search(text)) or any(hidden.search(text) for hidden in _ALWAYS_HIDDEN)


def _decode(token: str) -> str:
    r"""A JSON string's text, in which `\uff20` is an @; the token itself if it is not JSON."""
    try:
        return str(orjson.loads(token))
    except orjson.JSONDecodeError:
        return token


def _dot_out(token: str) -> str:
    if not token.startswith('"'):
        return DOT * len(token)
    closing = '"' if len(token) > 1 and token.endswith('"') else ""
    return f'"{DOT * (len(token) - 1 - len(closing))}{closing}'
