"""Source text fit to be shown: what names nobody stays, every other value becomes dots.

An allow-list, so that a misspelt or unknown field is masked too; it needs no parse, so that text which is
not JSON can be shown as well. Lengths stay, so that columns do.
"""

import re
from collections.abc import Iterator
from typing import Final

from mockpin_validator.detectors import PERSONAL, PERSONAL_IN_PLAIN

DOT: Final = "•"

#: Fields whose values identify nobody.
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

#: Fields whose values are numbers, of which none is a phone's, however long.
_NUMBERS: Final = frozenset({"event_time", "value", "item_price", "quantity", "num_items", "predicted_ltv"})
_LISTS: Final = frozenset({"content_ids"})
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[^\s{}\[\],:"]+')
_COLON = re.compile(r"\s*:")
_HASH = re.compile(r'"?[0-9a-fA-F]{64}"?')
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$ .-]{0,63}")
_NUMBERED = re.compile(r"\d{5}")
_EPOCH = re.compile(r"-?\d{1,13}(\.\d+)?")
_NO_TIME = re.compile(rf'^"(?!(?:{_EPOCH.pattern}|\d{{4}}-\d\d-\d\d[T ][\d:.]*(?:Z|[+-][\d:]*)?)"$)')
#: Field -> what its value in quotes must not hold to be shown.
_HIDDEN: Final = {
    **dict.fromkeys(SHOWN, PERSONAL),
    **dict.fromkeys(PLAIN, PERSONAL_IN_PLAIN),
    "event_time": _NO_TIME,
}
_WORDS = frozenset({"true", "false", "null"})


def mask(text: str) -> str:
    """The text, as long as before, with every value that might identify a person made dots."""
    return "".join(_pieces(text))


def mask_pointer(pointer: str) -> str:
    """A JSON pointer whose keys are names of fields; a key that might be a value becomes dots."""
    return "/".join(
        token if not token or shows_key(token) or token.isdigit() else DOT * 3 for token in pointer.split("/")
    )


def is_personal(text: str) -> bool:
    """Whether a text looks like, or holds, an e-mail address, a phone number, an IP address or a token."""
    return bool(PERSONAL.search(text))


def mask_personal(text: str) -> str:
    """The text, or as many dots if it may be somebody's data."""
    return DOT * len(text) if is_personal(text) else text


def shows_key(key: str) -> bool:
    """Whether a key looks like the name of a field and not like somebody's data."""
    return bool(_NAME.fullmatch(key)) and not _NUMBERED.search(key)


def _pieces(text: str) -> Iterator[str]:
    key, end = "", 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        between, end = text[end : found.start()], found.end()
        key = "" if _leaves(between, key) else key
        yield between
        if token.startswith('"') and _COLON.match(text, end):
            key = token.strip('"')
            yield token if shows_key(key) else _dotted(token)
        else:
            yield token if _shows_value(token, key) else _dotted(token)
    yield text[end:]


def _leaves(between: str, key: str) -> bool:
    """Whether what stands between two tokens ends the field that the first is in."""
    return "}" in between or ("," in between and key not in _LISTS)


def _shows_value(token: str, key: str) -> bool:
    if token in _WORDS or _HASH.fullmatch(token):
        return True
    if not token.startswith('"'):
        is_number = key in SHOWN and bool(_EPOCH.fullmatch(token))
        return is_number and (key in _NUMBERS or not is_personal(token))
    closed = len(token) > 1 and token.endswith('"')  # what is cut off may be a key
    return key in _HIDDEN and closed and not _HIDDEN[key].search(token)


def _dotted(token: str) -> str:
    if not token.startswith('"'):
        return DOT * len(token)
    closing = '"' if len(token) > 1 and token.endswith('"') else ""
    return f'"{DOT * (len(token) - 1 - len(closing))}{closing}'
