"""Liquid's filters as liquidjs 10.27 has them: on JavaScript's text and numbers.

A filter whose sense in liquidjs is not known here is refused, not run differently.
"""

import math
import operator
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NoReturn

from liquid.builtin.filters.array import compact, where
from liquid.builtin.filters.misc import date
from liquid.exceptions import LiquidError
from liquid.undefined import Undefined

from transformer.js import JSON, from_units, to_double, to_number, to_string, to_units, trim

DISABLED_FILTERS: Final = (
    "array_to_sentence_string", "concat", "find", "find_exp", "find_index", "find_index_exp", "group_by",
    "group_by_exp", "has", "has_exp", "map", "newline_to_br", "reject", "reject_exp", "reverse", "sort",
    "sort_natural", "type", "uniq", "where_exp",
)  # fmt: skip
UNSUPPORTED_FILTERS: Final = (
    "base64_decode", "base64_encode", "cgi_escape", "date_to_long_string", "date_to_rfc822",
    "date_to_string", "date_to_xmlschema", "inspect", "json", "jsonify", "normalize_whitespace",
    "number_of_words", "pop", "push", "raw", "sample", "shift", "slugify", "strip_html", "to_integer",
    "truncatewords", "unescape", "unshift", "uri_escape", "url_decode", "url_encode", "xml_escape",
)  # fmt: skip


class FilterRefused(LiquidError):
    """A filter that Segment disables, or that cannot be run here as Segment runs it."""


def print_value(value: object) -> str:
    """A value as liquidjs prints it: nothing for null, lists without a separator."""
    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(value, list | range):
        return from_units("".join(map(print_value, value)))
    return to_string(value) if isinstance(value, str | bool | int | float | dict) else str(value)


def _number(value: object) -> float:
    if isinstance(value, bool | int | float):
        return to_double(value)
    number = to_number(to_string(list(value)) if isinstance(value, list | range) else print_value(value))
    return 0.0 if math.isnan(number) else number


def _truncate(text: str, length: object = 50, end: str = "...") -> str:
    units, most = to_units(text), int(_number(length))
    return text if len(units) <= most else from_units(units[: max(most - len(end), 0)]) + end


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.copysign(math.inf, left) * math.copysign(1, right) if left and left == left else math.nan  # noqa: PLR0124 - NaN


def _round(value: float, digits: float = 0) -> float:
    scale = math.pow(10, digits)
    return math.floor(value * scale + 0.5) / scale


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:].lower()


def _replace_last(text: str, pattern: str, replacement: str) -> str:
    head, found, tail = text.rpartition(pattern)
    return head + replacement + tail if found else text


_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
_CHARACTERS: Final = {escape: character for character, escape in _ESCAPES.items()}
_ESCAPABLE: Final = re.compile("|".join(_ESCAPES))
_ESCAPED: Final = re.compile("|".join(_CHARACTERS))


def _escape(text: str) -> str:
    return _ESCAPABLE.sub(lambda found: _ESCAPES[found[0]], text)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: _CHARACTERS[found[0]], text)


TEXT_FILTERS: Final[dict[str, Callable[..., JSON]]] = {
    "append": operator.add,
    "capitalize": _capitalize,
    "downcase": str.lower,
    "escape": _escape,
    "escape_once": lambda text: _escape(_unescape(text)),
    "lstrip": lambda text: trim(text + ".")[:-1],
    "prepend": lambda text, head: head + text,
    "remove": lambda text, pattern: text.replace(pattern, ""),
    "remove_first": lambda text, pattern: text.replace(pattern, "", 1),
    "remove_last": lambda text, pattern: _replace_last(text, pattern, ""),
    "replace": lambda text, pattern, new: text.replace(pattern, new),
    "replace_first": lambda text, pattern, new: text.replace(pattern, new, 1),
    "replace_last": _replace_last,
    "rstrip": lambda text: trim("." + text)[1:],
    "strip": trim,
    "strip_newlines": lambda text: text.replace("\r\n", "").replace("\n", ""),
    "truncate": _truncate,
    "upcase": str.upper,
}
NUMBER_FILTERS: Final[dict[str, Callable[..., float]]] = {
    "abs": abs,
    "at_least": max,
    "at_most": min,
    "ceil": lambda value: float(math.ceil(value)),
    "divided_by": _divide,
    "floor": lambda value: float(math.floor(value)),
    "minus": operator.sub,
    "modulo": lambda left, right: math.fmod(math.fmod(left, right) + right, right) if right else math.nan,
    "plus": operator.add,
    "round": _round,
    "times": operator.mul,
}


def _items(value: object) -> Sequence[JSON]:
    """The items of a list, the UTF-16 units of anything else."""
    return list(value) if isinstance(value, list | range) else to_units(print_value(value))


def _members(value: object) -> Sequence[JSON]:
    return _items(value) if isinstance(value, str | list | range) else ()


def _default(value: JSON, fallback: JSON = "", *, allow_false: bool = False) -> JSON:
    if isinstance(value, bool | int | float | dict):
        return fallback if value is False and not allow_false else value
    return value if _items(value) else fallback


def _slice(value: object, begin: object, length: object = 1) -> JSON:
    items, start, count = _items(value), int(_number(begin)), int(_number(length))
    start += len(items) if start < 0 else 0
    taken = items[start : start + count]
    return from_units(taken) if isinstance(taken, str) else taken


def _split(value: object, separator: object) -> list[str]:
    text, mark = print_value(value), print_value(separator)
    pieces = text.split(mark) if mark else list(to_units(text))
    while pieces and not pieces[-1]:
        pieces.pop()
    return pieces


def _join(value: object, separator: object = " ") -> str:
    items = _items(value) if isinstance(value, list | range) else [print_value(value)]
    return print_value(separator).join("" if each is None else to_string(each) for each in items)


def _sum(value: object) -> float:
    return math.fsum(map(_number, value)) if isinstance(value, list | range) else _number(value)


VALUE_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "compact": compact,
    "date": date,
    "default": _default,
    "first": lambda value: next(iter(_members(value)), ""),
    "join": _join,
    "last": lambda value: next(iter(_members(value)[::-1]), ""),
    "size": lambda value: len(_members(value)),
    "slice": _slice,
    "split": _split,
    "sum": _sum,
    "where": where,
}


def _refuse(why: str, *_args: object, **_named: object) -> NoReturn:
    raise FilterRefused(why, token=None)


def _on(convert: Callable[[object], object], call: Callable[..., JSON], *values: object) -> JSON:
    return call(*map(convert, values))


FILTERS: Final[dict[str, Callable[..., Any]]] = (
    VALUE_FILTERS
    | {name: partial(_on, print_value, call) for name, call in TEXT_FILTERS.items()}
    | {name: partial(_on, _number, call) for name, call in NUMBER_FILTERS.items()}
    | {name: partial(_refuse, f'filter "{name}" is disabled') for name in DISABLED_FILTERS}
    | {name: partial(_refuse, f'filter "{name}" is not known to mockpin') for name in UNSUPPORTED_FILTERS}
)
"""Every filter liquidjs has; others are ignored."""
