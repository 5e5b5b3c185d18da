"""Conversion events as the JSON text that JavaScript would print."""

import marshal
from collections.abc import Iterator, Sequence
from typing import Final

import orjson

from mockpin_transformer.errors import NotJson
from mockpin_transformer.js import JSON, UNDEFINED, stringify

#: Times and dataclasses have more than one form in JSON, so orjson is to choose none.
_OPTIONS: Final = (
    orjson.OPT_STRICT_INTEGER | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
)


def write_payload(conversion_events: Sequence[dict[str, JSON]]) -> bytes:
    """A request's body, `{"data":[...]}`, in UTF-8; NotJson for a value that JSON does not have."""
    try:
        # orjson prints UUIDs and enumerations, which convert refuses; marshal, as quick, knows neither.
        marshal.dumps(list(conversion_events))
    except ValueError:
        return _print(conversion_events)
    return write_converted(conversion_events)


def write_converted(conversion_events: Sequence[dict[str, JSON]]) -> bytes:
    """A request's body, `{"data":[...]}`, for events that `convert` builds: their values are JSON's."""
    if any(map(_prints_its_own_way, conversion_events)):
        return _print(conversion_events)
    try:
        return orjson.dumps({"data": conversion_events}, option=_OPTIONS)
    except TypeError:
        # Lone surrogates, and integers of more than 53 bits, whose last digits JavaScript does not know.
        return _print(conversion_events)


def find_foreign(value: JSON, pointer: str = "") -> Iterator[NotJson]:
    """Every value inside that JSON does not have, with its place."""
    if isinstance(value, dict):
        for key, member in value.items():
            place = f"{pointer}/{key}"
            if not isinstance(key, str):
                yield NotJson(type(key).__name__, place)
            yield from find_foreign(member, place)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from find_foreign(item, f"{pointer}/{index}")
    elif not (value is None or value is UNDEFINED or isinstance(value, str | int | float)):
        yield NotJson(type(value).__name__, pointer)


def _print(conversion_events: Sequence[dict[str, JSON]]) -> bytes:
    payload = {"data": conversion_events}
    for foreign in find_foreign(payload):
        raise foreign
    return stringify(payload).encode()


def _prints_its_own_way(event: dict[str, JSON]) -> bool:
    """The install time is the one number that may have a fraction; orjson prints some of those otherwise."""
    app_info = event.get("app_info")
    return isinstance(app_info, dict) and isinstance(app_info.get("install_time"), float)
