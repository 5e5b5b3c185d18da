"""Builds `user_data`: a mapping's fields become Pinterest's match keys, hashed where they must be."""

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Final, TypeAlias

from mockpin_transformer.errors import EmptyValue, UserDataInsufficient
from mockpin_transformer.js import JSON, WHITESPACE
from mockpin_transformer.match_keys.hashing import hash_value
from mockpin_transformer.match_keys.normalization import MATCH_KEYS, Stages

Members: TypeAlias = Mapping[str, JSON]
Column: TypeAlias = Mapping[str, Stages]

_PLAIN: Final = ("client_ip_address", "client_user_agent", "click_id", "partner_id")
_KEYS: Final = {match_key.field: match_key.key for match_key in MATCH_KEYS}
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


def hash_usable(fields: Members, column: Column) -> dict[str, JSON]:
    """Hash match keys; drop values that are empty after cleaning, and arrays that are empty then."""
    return _replace_values(fields, column, itemgetter(1))


def drop_unusable(fields: Members, column: Column) -> dict[str, JSON]:
    """The same values in plain text, for explanations."""
    return _replace_values(fields, column, itemgetter(0))


def _replace_values(
    fields: Members, column: Column, choose: Callable[[tuple[str, str]], str]
) -> dict[str, JSON]:
    replaced = {
        field: [*map(choose, _hash_each(value, column[_KEYS[field]]))] if field in _KEYS else value
        for field, value in fields.items()
    }
    return {field: value for field, value in replaced.items() if value != []}


def _hash_each(values: list[str], stages: Stages) -> Iterator[tuple[str, str]]:
    for value in values:
        try:
            yield value, hash_value(value, stages)
        except EmptyValue:
            continue


def _hash_values(values: list[str], stages: Stages) -> list[str]:
    return [hash_value(value, stages) if value.strip(WHITESPACE) else "" for value in values]
