"""Builds `user_data`: a mapping's fields become Pinterest's match keys, hashed where they must be."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from mockpin_transformer.errors import UserDataInsufficient
from mockpin_transformer.js import JSON, WHITESPACE
from mockpin_transformer.match_keys.hashing import clean, hash_value, is_hashed
from mockpin_transformer.match_keys.normalization import MATCH_KEYS, Stages

Members: TypeAlias = Mapping[str, JSON]
Column: TypeAlias = Mapping[str, Stages]

_PLAIN: Final = ("client_ip_address", "client_user_agent", "click_id", "partner_id")
_FIELDS: Final = {match_key.key: match_key.field for match_key in MATCH_KEYS} | {
    name: name for name in _PLAIN
}
#: Wire names in the order they are sent, each with its field in a mapping.
USER_DATA_FIELDS: Final = {
    key: _FIELDS[key]
    for key in (
        *("em", "ph", "ge", "db", "ln", "fn", "ct", "st", "zp", "country", "external_id"),
        *("client_ip_address", "client_user_agent", "hashed_maids", "click_id", "partner_id"),
    )
}


def build_user_data(fields: Members, column: Column) -> dict[str, JSON]:
    """Match keys by wire name; absent fields stay absent, empty arrays empty, blank values "".

    EmptyValue if a cleaned value leaves nothing to hash.
    """
    return {
        key: _hash_values(fields[field], column[key]) if key in column else fields[field]
        for key, field in USER_DATA_FIELDS.items()
        if field in fields
    }


def require_identity(fields: Members) -> None:
    """UserDataInsufficient without email, mobile ad identifier or both IP address and user agent."""
    is_identified = (
        fields.get("email")
        or fields.get("hashed_maids")
        or (fields.get("client_ip_address") and fields.get("client_user_agent"))
    )
    if not is_identified:
        raise UserDataInsufficient


def drop_unusable(fields: Members, column: Column) -> dict[str, JSON]:
    """Drop values that are empty after cleaning, and arrays that are empty then."""
    hashed = {match_key.field: column[match_key.key] for match_key in MATCH_KEYS}
    usable = {
        field: [text for text in value if is_hashed(text) or clean(text, hashed[field])]
        if field in hashed
        else value
        for field, value in fields.items()
    }
    return {field: value for field, value in usable.items() if value != []}


def _hash_values(values: list[str], stages: Stages) -> list[str]:
    return [hash_value(value, stages) if value.strip(WHITESPACE) else "" for value in values]
