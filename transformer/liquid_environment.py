"""Liquid as Segment runs it (liquidjs 10.27), on python-liquid.

Text, numbers and printed values are JavaScript's; what Segment disables is disabled. A filter whose sense in
liquidjs is not known here is refused, not rendered differently. Imported only when a mapping uses @liquid,
since python-liquid belongs to the extra `mockpin[liquid]`.
"""

import math
import operator
from collections.abc import Callable
from functools import partial, reduce
from typing import Any, Final, NoReturn, TextIO

from liquid import Environment, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.undefined import Undefined

from transformer.js import JSON, from_units, to_double, to_number, to_string, to_units, trim, utf16_length

DISABLED_TAGS: Final = ("case", "for", "include", "layout", "render", "tablerow")
DISABLED_FILTERS: Final = (
    *("array_to_sentence_string", "concat", "find", "find_exp", "find_index", "find_index_exp", "group_by"),
    *("group_by_exp", "has", "has_exp", "map", "newline_to_br", "reject", "reject_exp", "reverse", "sort"),
    *("sort_natural", "uniq", "where_exp", "type"),
)
UNSUPPORTED_FILTERS: Final = (
    *(
        "base64_decode",
        "base64_encode",
        "cgi_escape",
        "date_to_long_string",
        "date_to_rfc822",
        "date_to_string",
    ),
    *(
        "date_to_xmlschema",
        "inspect",
        "json",
        "jsonify",
        "normalize_whitespace",
        "number_of_words",
        "pop",
        "push",
    ),
    *(
        "raw",
        "sample",
        "shift",
        "slugify",
        "strip_html",
        "to_integer",
        "truncatewords",
        "unescape",
        "unshift",
    ),
    *("uri_escape", "url_decode", "url_encode", "xml_escape"),
)


class FilterRefused(LiquidError):
    """A filter that Segment disables, or that cannot be run here as Segment runs it."""


def print_value(value: object) -> str:
    """A value as liquidjs prints it: nothing for null, lists without a separator."""
    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(value, list):
        return "".join(map(print_value, value))
    return to_string(value) if isinstance(value, str | bool | int | float | dict) else str(value)


def _number(value: object) -> float:
    if isinstance(value, bool | int | float):
        return to_double(value)
    number = to_number(value if isinstance(value, str) else print_value(value))
    return 0.0 if math.isnan(number) else number


def _slice(text: str, begin: object, length: object = 1) -> str:
    units, start, count = to_units(text), int(_number(begin)), int(_number(length))
    start += len(units) if start < 0 else 0
    return from_units(units[max(start, 0) : max(start, 0) + count])


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


def _escape(text: str) -> str:
    pairs = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))
    return reduce(lambda done, pair: done.replace(*pair), pairs, text)


TEXT_FILTERS: Final[dict[str, Callable[..., JSON]]] = {
    "append": operator.add,
    "capitalize": _capitalize,
    "downcase": str.lower,
    "escape": _escape,
    "lstrip": lambda text: trim(text + ".")[:-1],
    "prepend": lambda text, head: head + text,
    "remove": lambda text, pattern: text.replace(pattern, ""),
    "remove_first": lambda text, pattern: text.replace(pattern, "", 1),
    "remove_last": lambda text, pattern: _replace_last(text, pattern, ""),
    "replace": lambda text, pattern, new: text.replace(pattern, new),
    "replace_first": lambda text, pattern, new: text.replace(pattern, new, 1),
    "replace_last": _replace_last,
    "rstrip": lambda text: trim("." + text)[1:],
    "slice": _slice,
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
    "modulo": lambda left, right: math.fmod(left, right) if right else math.nan,
    "plus": operator.add,
    "round": _round,
    "times": operator.mul,
}


def _size(value: object) -> int:
    if isinstance(value, str):
        return utf16_length(value)
    return len(value) if isinstance(value, list) else 0


def _join(value: object, separator: str = " ") -> str:
    return separator.join(map(print_value, value if isinstance(value, list) else [value]))


def _sum(value: object) -> float:
    return math.fsum(map(_number, value)) if isinstance(value, list) else _number(value)


VALUE_FILTERS: Final[dict[str, Callable[..., Any]]] = {"join": _join, "size": _size, "sum": _sum}


class _PrintedOutput(OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(print_value(self.expression.evaluate(context)))


class _Printed(Output):
    node_class = _PrintedOutput


class _Disabled(Tag):
    def __init__(self, env: Environment, name: str) -> None:
        super().__init__(env)
        self.name = name

    def parse(self, stream: TokenStream) -> NoReturn:
        raise LiquidSyntaxError(f'tag "{self.name}" is disabled', token=stream.current)


def _refuse(why: str, *_args: object, **_named: object) -> NoReturn:
    raise FilterRefused(why, token=None)


def _on(convert: Callable[[object], object], call: Callable[..., JSON], *values: object) -> JSON:
    return call(*map(convert, values))


def make_environment() -> Environment:
    """Tags and filters as Segment offers them."""
    environment = Environment(strict_filters=False)
    environment.add_tag(_Printed)
    environment.tags |= {name: _Disabled(environment, name) for name in DISABLED_TAGS}
    filters = environment.filters
    filters |= VALUE_FILTERS
    filters |= {name: partial(_on, print_value, call) for name, call in TEXT_FILTERS.items()}
    filters |= {name: partial(_on, _number, call) for name, call in NUMBER_FILTERS.items()}
    filters |= {name: partial(_refuse, f'filter "{name}" is disabled') for name in DISABLED_FILTERS}
    filters |= {
        name: partial(_refuse, f'filter "{name}" is not known to mockpin') for name in UNSUPPORTED_FILTERS
    }
    return environment
