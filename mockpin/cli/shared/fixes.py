"""What is certain to be meant by a wrong value of a conversion event, and the value that should be sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mockpin_validator.contract.request import HASHED_MATCH_KEYS, PARTS

if TYPE_CHECKING:
    from mockpin_transformer.match_keys.normalization import Stages

    #: Makes the hash of a plain value of a match key, the key first; None where nothing is left to hash.
    Hasher = Callable[[str, str], str | None]

_INTEGER: Final = re.compile(r"-?\d{1,18}")
_HEX_64: Final = re.compile(r"\s*[0-9a-fA-F]{64}\s*")
#: A hash of another kind, in hexadecimal or base64: what it was made of is not known.
_OTHER_HASH: Final = re.compile(r"[0-9a-fA-F]{32,128}|[A-Za-z0-9+/_-]{27,88}={1,2}")
_TRUTH: Final = {"true": True, "false": False}
#: Milliseconds since 1970 from the year 2001 on; as seconds they would lie 30,000 years ahead.
_MILLISECONDS: Final = range(10**12, 10**14)

HASHED: Final = "plain match key hashed"


class Edit(NamedTuple):
    """A value to write at a pointer into an event, and what was done to it.

    `quoted` says to put the number that is there in quotes as it is written.
    """

    pointer: str
    value: Any
    what: str
    quoted: bool = False


def find_edits(event: Any, *, hasher: Hasher | None = None) -> Iterator[Edit]:
    """The edits that put an event right as far as it is certain what was meant.

    Plain text of match keys is hashed only by a `hasher`.
    """
    if not isinstance(event, dict):
        return
    for name, value in event.items():
        yield from fix_field("event", name, value, f"/{name}")
    for part in PARTS:
        fields = event.get(part)
        for name, value in fields.items() if isinstance(fields, dict) else ():
            yield from fix_field(part, name, value, f"/{part}/{name}", hasher=hasher)
    yield from fix_contents(event.get("custom_data"))


def fix_contents(custom_data: Any) -> Iterator[Edit]:
    """The edits of the products of an event."""
    contents = custom_data.get("contents") if isinstance(custom_data, dict) else None
    for index, product in enumerate(contents if isinstance(contents, list) else ()):
        for name, value in product.items() if isinstance(product, dict) else ():
            yield from fix_field("contents", name, value, f"/custom_data/contents/{index}/{name}")


def fix_field(
    part: str, name: str, value: Any, pointer: str, *, hasher: Hasher | None = None
) -> Iterator[Edit]:
    """The edit of one field, if it needs one; its value is fixed step by step."""
    kind = find_json_type(part, name)
    if kind == "string" and type(value) in (int, float):
        yield Edit(pointer, value, "number put in quotes", quoted=True)
        return
    fixed, done = value, []
    for fix in (fix_kind, fix_time, fix_currency, fix_hashes):
        fixed, what = fix(kind, f"{part}.{name}", fixed)
        done += [what] if what else []
    if hasher and is_hashed_key(part, name):
        fixed, what = hash_plain(name, fixed, hasher)
        done += [what] if what else []
    if done:
        yield Edit(pointer, fixed, ", ".join(done))


def find_json_type(part: str, name: str) -> str:
    """The JSON type that a field should have; "" for a field that is not known."""
    from mockpin_validator.contract.vocabulary import fields

    schema: Mapping[str, Any] = fields().get(f"{part}.{name}", {})
    kinds = schema.get("type", "")
    return kinds if isinstance(kinds, str) else str(kinds[0])


def fix_kind(kind: str, _field: str, value: Any) -> tuple[Any, str]:
    """A value in the type that its field has, where only the type is wrong."""
    if kind == "array" and isinstance(value, str) and value.strip():
        return [value], "text put in a list"
    if kind == "string" and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0], "value taken out of its list"
    if kind == "integer" and isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value), "quotes taken off a number"
    if kind == "integer" and isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value), "fraction taken off a whole number"
    if kind == "boolean" and isinstance(value, str) and value in _TRUTH:
        return _TRUTH[value], "quotes taken off true or false"
    return value, ""


def fix_time(_kind: str, field: str, value: Any) -> tuple[Any, str]:
    """A time in milliseconds as seconds."""
    if field == "event.event_time" and type(value) is int and value in _MILLISECONDS:
        return value // 1000, "milliseconds made seconds"
    return value, ""


def fix_currency(_kind: str, field: str, value: Any) -> tuple[Any, str]:
    """A currency in capitals, if there is one of that name."""
    from mockpin_validator.contract.iso_codes import currencies

    if field == "custom_data.currency" and isinstance(value, str) and value not in currencies():
        meant = value.strip().upper()
        return (meant, "currency put in capitals") if meant in currencies() else (value, "")
    return value, ""


def fix_hashes(_kind: str, field: str, value: Any) -> tuple[Any, str]:
    """Hashes in lower case and without white space around them."""
    part, _, name = field.partition(".")
    if not is_hashed_key(part, name) or not isinstance(value, list):
        return value, ""
    fixed = [_lower(item) for item in value]
    return (fixed, "hash put in lower case") if fixed != value else (value, "")


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) and _HEX_64.fullmatch(value) else value


def is_hashed_key(part: str, name: str) -> bool:
    """Whether a field holds SHA-256 hashes."""
    return part == "user_data" and name in HASHED_MATCH_KEYS


def hash_plain(key: str, value: Any, hasher: Hasher) -> tuple[Any, str]:
    """The values of a match key with those in plain text hashed."""
    if not isinstance(value, list):
        return value, ""
    fixed = [_hash(key, item, hasher) for item in value]
    return (fixed, HASHED) if fixed != value else (value, "")


def _hash(key: str, value: Any, hasher: Hasher) -> Any:
    if not isinstance(value, str) or _HEX_64.fullmatch(value) or _OTHER_HASH.fullmatch(value):
        return value
    return hasher(key, value) or value


def make_hasher(region: str | None) -> Hasher:
    """A hasher that cleans values as Pinterest documents; `region` is that of phone numbers without one."""
    from mockpin_transformer import EmptyValue
    from mockpin_transformer.match_keys.hashing import hash_value
    from mockpin_transformer.match_keys.normalization import stages_of

    def hash_key(key: str, value: str) -> str | None:
        stages: Stages = stages_of(key, "documented", region=region)
        try:
            return hash_value(value, stages)
        except EmptyValue:
            return None

    return hash_key
