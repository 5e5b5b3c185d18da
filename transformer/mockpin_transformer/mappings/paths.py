"""Paths into a Segment event, read as Segment reads them.

`a.b[0].c`, `a['b']` and `a..b` are read; `a[*]`, negative indexes and escapes are not. Within an event the
lookup stops at the first null, false, 0 or empty text and answers with it: where `a` is 0, `a.b` is 0.
After actions-core 3.177.0, `get`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from mockpin_transformer.js import JSON, UNDEFINED, is_truthy, to_units, utf16_length

Resolver: TypeAlias = Callable[[JSON], JSON]
"""Takes a payload (the Segment event, or what stands in for it), gives a value or UNDEFINED."""

_SEPARATOR = re.compile(r"""\[(?=["'0-9])|\.|(?<=["'0-9])\]+""")
_QUOTES = str.maketrans("", "", "'\"")
_INDEX = re.compile(r"0|[1-9][0-9]*")
NOTHING: Final[Mapping[str, JSON]] = {}
"""Stands in for a missing object, so that the next step can look a key up in it."""


def strip_root(path: str) -> str:
    """The path without its first `$.`, wherever that stands."""
    return path.replace("$.", "", 1)


def split_path(path: str) -> tuple[str, ...]:
    """The keys of a path, none for the payload itself."""
    return tuple(piece.translate(_QUOTES) for piece in _SEPARATOR.split(path) if piece)


def compile_path(path: str) -> Resolver:
    """The lookup of a path whose `$.` is already stripped."""
    segments = split_path(path)
    if len(segments) < len(_READERS):
        return _READERS[len(segments)](*segments)
    return lambda payload: walk(payload, segments)


def walk(payload: JSON, segments: Sequence[str]) -> JSON:
    """The value at the end of the segments, or the first falsy value on the way."""
    for segment in segments:
        if not is_truthy(payload):
            return payload
        payload = read_member(payload, segment)
    return payload


def read_member(value: JSON, key: str) -> JSON:
    """JavaScript's `value[key]` for own members; inherited ones (`constructor`, ...) are UNDEFINED here."""
    if isinstance(value, dict):
        return value.get(key, UNDEFINED)
    if isinstance(value, list):
        return len(value) if key == "length" else _read_index(value, key)
    if isinstance(value, str):
        return utf16_length(value) if key == "length" else _read_index(to_units(value), key)
    return UNDEFINED


def _read_index(items: Sequence[JSON], key: str) -> JSON:
    if len(key) > len(str(len(items))) or not _INDEX.fullmatch(key) or int(key) >= len(items):
        return UNDEFINED
    return items[int(key)]


# An event is nearly always objects all the way down: these read it at once, and leave the rest to walk().
def _read_one(first: str) -> Resolver:
    def read(payload: JSON) -> JSON:
        try:
            return payload.get(first, UNDEFINED)
        except AttributeError:
            return walk(payload, (first,))

    return read


def _read_two(first: str, second: str) -> Resolver:
    def read(payload: JSON) -> JSON:
        try:
            return payload.get(first, NOTHING).get(second, UNDEFINED)
        except AttributeError:
            return walk(payload, (first, second))

    return read


def _read_three(first: str, second: str, third: str) -> Resolver:
    def read(payload: JSON) -> JSON:
        try:
            return payload.get(first, NOTHING).get(second, NOTHING).get(third, UNDEFINED)
        except AttributeError:
            return walk(payload, (first, second, third))

    return read


_READERS: Final[tuple[Callable[..., Resolver], ...]] = (
    lambda: lambda payload: payload,
    _read_one,
    _read_two,
    _read_three,
)
