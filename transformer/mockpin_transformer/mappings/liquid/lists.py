"""Liquid's filters of lists, and of values of any type."""

import operator
from collections.abc import Callable
from functools import reduce
from typing import Any, Final

from liquid.builtin.filters.array import where
from liquid.undefined import Undefined

from mockpin_transformer.js import JSON, UNDEFINED, from_units, stringify, to_string, to_units
from mockpin_transformer.mappings.liquid.dates import format_date
from mockpin_transformer.mappings.liquid.values import (
    as_list,
    as_number,
    is_missing,
    items_of,
    javascript_number,
    print_value,
)
from mockpin_transformer.mappings.paths import walk

_XML_TIME: Final = "%Y-%m-%dT%H:%M:%S%:z"
_MAIL_TIME: Final = "%a, %d %b %Y %H:%M:%S %z"


def _members(value: object) -> list[JSON] | str:
    return items_of(value) if isinstance(value, str | list | range) else []


def _default(value: JSON, fallback: JSON = "", *, allow_false: bool = False) -> JSON:
    if isinstance(value, bool | int | float | dict):
        return fallback if value is False and not allow_false else value
    return value if items_of(value) else fallback


def _slice(value: object, begin: object, length: object = 1) -> JSON:
    if is_missing(value):
        return []
    items, start = items_of(value), javascript_number(begin)
    start += len(items) if start < 0 else 0
    end = start + javascript_number(length)
    taken = items[int(start) : int(end)] if 0 <= start <= end else items[:0]
    return from_units(taken) if isinstance(taken, str) else taken


def _split(value: object, separator: object) -> list[str]:
    text, mark = print_value(value), print_value(separator)
    pieces = text.split(mark) if mark else list(to_units(text))
    while pieces and not pieces[-1]:
        pieces.pop()
    return pieces


def _join(value: object, separator: object = None) -> str:
    mark = " " if is_missing(separator) else print_value(separator)
    return mark.join("" if is_missing(item) else to_string(item) for item in as_list(value))


def _print_json(value: object) -> str:
    if isinstance(value, Undefined):
        return ""
    return stringify(list(value) if isinstance(value, range) else value)


def _sum(value: object, member: object = None) -> float:
    keys = print_value(member).split(".") if member else ()
    numbers = (walk(item, keys) for item in as_list(value))
    return reduce(operator.add, (as_number(number) for number in numbers if number is not UNDEFINED), 0.0)


VALUE_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "compact": lambda value: [item for item in as_list(value) if not is_missing(item)],
    "date": format_date,
    "date_to_rfc822": lambda value: format_date(value, _MAIL_TIME),
    "date_to_xmlschema": lambda value: format_date(value, _XML_TIME),
    "default": _default,
    "first": lambda value: next(iter(_members(value)), ""),
    "inspect": _print_json,
    "join": _join,
    "json": _print_json,
    "jsonify": _print_json,
    "last": lambda value: next(iter(_members(value)[-1:]), ""),
    "pop": lambda value: as_list(value)[:-1],
    "push": lambda value, item: [*as_list(value), item],
    "raw": lambda value: value,
    "shift": lambda value: as_list(value)[1:],
    "size": lambda value: len(_members(value)),
    "slice": _slice,
    "split": _split,
    "sum": _sum,
    "to_integer": javascript_number,
    "unshift": lambda value, item: [item, *as_list(value)],
    "where": where,
}
"""Each takes its operands as they are."""
