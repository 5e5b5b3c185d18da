"""Hiding the plain text of match keys before anything is stored, logged or shown.

What belongs hashed and is hashed stays; what belongs hashed and is not is replaced by its length. In
`user_data`, only what Pinterest takes in plain text (the address, the user agent, ids of its own) is shown.
Elsewhere, whatever is shaped like an e-mail address or a telephone number is replaced, and in a URL what is
called one. A name that does not look like a field's is replaced wherever it is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

import orjson

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.emulator.masking.texts import (
    LONGEST_TEXT,
    SHOWN,
    SHOWN_SECRET,
    is_phone,
    is_secret,
    mask_name,
    mask_secrets,
    mask_text,
    mask_value,
)
from mockpin_validator.contract.request import HASHED_MATCH_KEYS
from mockpin_validator.detectors import ANY_SIGNS

HASHED_KEYS = frozenset(HASHED_MATCH_KEYS)
PLAIN_KEYS = frozenset(
    {"client_ip_address", "client_user_agent", "click_id", "partner_id", "customer_type", "opt_out_type"}
)
KNOWN_KEYS = HASHED_KEYS | PLAIN_KEYS
_WORDS = re.compile(r"\w+")

#: What is done to a string of no known name: `mask_secrets`, or `mask_text`.
Show = Callable[[str], str]


class MaskingPolicy(NamedTuple):
    """How one source's events are masked.

    `show` masks a string of no known name. With `is_quick`, a text without anything that `mask_secrets`
    hides is kept as it is: its names are those of the contract.
    """

    show: Show
    is_quick: bool = False


#: The source of an event -> its policy. A tag and Segment's events may have names of their own.
POLICIES: Mapping[str, MaskingPolicy] = {
    "api": MaskingPolicy(mask_secrets, is_quick=True),
    "tag": MaskingPolicy(mask_secrets),
    "segment": MaskingPolicy(mask_text),
}
API = POLICIES["api"]


def are_signless(texts: Sequence[bytes]) -> bool:
    """Whether one look shows that none of these JSON texts has a sign of what `mask_secrets` hides."""
    return max(map(len, texts), default=0) <= LONGEST_TEXT and not _has_sign(b",".join(texts))


def may_show(
    text: bytes,
    event: Mapping[str, Any],
    *,
    hashed: bool = False,
    signless: bool = False,
    policy: MaskingPolicy = API,
) -> bool:
    """Whether a quick look shows that nothing in a conversion event, accepted by the schema, need be masked.

    `text` is the event's JSON. `hashed` says that the rules have found a hash under every match key, and
    `signless` that `text` has been looked through, so that there is less to look at.
    """
    if not policy.is_quick or (not signless and _may_hide(text)):
        return False
    user_data = event["user_data"]
    return (hashed and KNOWN_KEYS.issuperset(user_data)) or _shows_only_hashes()(user_data)


def mask_event(event: Mapping[str, Any], policy: MaskingPolicy = API) -> str:
    """The JSON text of a conversion event as it may be stored."""
    return orjson.dumps(mask_json(event, policy.show)).decode()


def mask_dumped(text: bytes, policy: MaskingPolicy = API) -> bytes:
    """A body that was written as JSON, or that a fault has made anything else, as it may be stored."""
    if policy.is_quick and not _may_hide(text):
        return text
    try:
        return orjson.dumps(mask_json(parse_json(text), policy.show))
    except JsonUnreadable:
        return policy.show(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def mask_payload(payload: Any, show: Show = mask_secrets) -> Any:
    """A body that is JSON; a text or a number alone is hidden, since no name says what it is."""
    return mask_json(payload, show) if isinstance(payload, dict | list) else hide(payload)


def mask_json(value: Any, show: Show = mask_secrets) -> Any:
    """Any JSON value: match keys and `user_data` by their names wherever they are, the rest by shape.

    `show` is what is done to a string of no known name; `mask_text` hides telephone numbers too.
    """
    if isinstance(value, dict):
        return {mask_name(name): _mask_member(name, member, show) for name, member in value.items()}
    if isinstance(value, list):
        return [mask_json(item, show) for item in value]
    return show(value) if isinstance(value, str) else value


def read_pairs(query: str) -> list[tuple[str, str]]:
    """The parameters of a query string; empty if it has more of them than Python reads."""
    try:
        return parse_qsl(query, keep_blank_values=True)
    except ValueError:
        return []


def mask_parameter(name: str, value: str) -> str:
    """The value of a parameter such as `pd[em]` or `pd.em`, hidden when it belongs hashed and is not."""
    if name in ("ed", "pd", "ad") or value[:1] in ("{", "["):
        return _mask_json_text(name, value)
    leaves = _WORDS.findall(unquote(name)) or [""]
    known = not HASHED_KEYS.isdisjoint(leaves) or is_phone(unquote(name))
    hidden = known or (leaves[0] == "pd" and PLAIN_KEYS.isdisjoint(leaves))
    return str(hide(value)) if hidden else mask_secrets(value)


def _mask_json_text(name: str, text: str) -> str:
    try:
        value = parse_json(text)
    except JsonUnreadable:
        return mask_value(text) if name == "pd" else mask_secrets(text)
    return orjson.dumps(_mask_member("user_data" if name == "pd" else name, value, mask_secrets)).decode()


def _mask_member(name: str, value: Any, show: Show) -> Any:
    if name in HASHED_KEYS or is_phone(name):
        return hide(value)
    if is_secret(name) and isinstance(value, str):
        return value if SHOWN_SECRET.fullmatch(value) else fingerprint(value)
    if name == "user_data":
        return mask_user_data(value)
    return mask_json(value, show)


def mask_user_data(value: Any) -> Any:
    """A masked `user_data`: hashes of match keys, and no value of a field that Pinterest does not know."""
    if not isinstance(value, dict):
        return hide(value)
    return {
        mask_name(key): mask_json(member) if key in PLAIN_KEYS else hide(member)
        for key, member in value.items()
    }


def hide(value: Any) -> Any:
    """A value of which only hashes, switches and its shape are shown."""
    if isinstance(value, dict):
        return {mask_name(key): hide(member) for key, member in value.items()}
    if isinstance(value, list):
        return [hide(item) for item in value]
    if isinstance(value, str):
        return value if SHOWN.fullmatch(value) else mask_value(value)
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value


def _may_hide(text: bytes) -> bool:
    """Whether a JSON text has a sign of what `mask_secrets` hides, or a string too long to look through."""
    return _may_hold_long_string(text) or _has_sign(text)


def _may_hold_long_string(text: bytes) -> bool:
    """Whether a string of a JSON text may have more than `LONGEST_TEXT` characters."""
    if len(text) <= LONGEST_TEXT:
        return False
    return max(map(len, text.replace(b'\\"', b"__").split(b'"'))) > LONGEST_TEXT


def _has_sign(text: bytes) -> bool:
    return not _is_signless()(text.decode("utf-8", "replace"))


@cache
def _is_signless() -> Callable[[str], bool]:
    """A quick test that passes a text only when `mask_secrets` hides nothing in it."""
    import jsonschema_rs  # noqa: PLC0415 - loaded when first needed

    signs = {"anyOf": [{"pattern": sign} for sign in ANY_SIGNS]}
    return jsonschema_rs.Draft202012Validator({"not": signs}).is_valid


@cache
def _shows_only_hashes() -> Callable[[Any], bool]:
    """A quick test that passes a `user_data` only when nothing in it need be hidden."""
    import jsonschema_rs  # noqa: PLC0415 - loaded when first needed

    hashes = {"items": {"type": ["string", "null"], "pattern": "^[0-9A-Fa-f]{64}$"}}
    shown = {"not": {"type": ["array", "object"]}}  # which have names of their own
    properties: dict[str, object] = dict.fromkeys(HASHED_KEYS, hashes) | dict.fromkeys(PLAIN_KEYS, shown)
    schema = {"properties": properties, "additionalProperties": False}
    return jsonschema_rs.Draft202012Validator(schema).is_valid
