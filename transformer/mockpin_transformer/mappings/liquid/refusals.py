"""Liquid's filters that are refused, by Segment or because they cannot be run here as Segment runs them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, NoReturn

from liquid.exceptions import LiquidError

DISABLED_FILTERS: Final = (
    "array_to_sentence_string", "concat", "find", "find_exp", "find_index", "find_index_exp", "group_by",
    "group_by_exp", "has", "has_exp", "map", "newline_to_br", "reject", "reject_exp", "reverse", "sort",
    "sort_natural", "type", "uniq", "where_exp",
)  # fmt: skip
UNSUPPORTED_FILTERS: Final = (
    "date_to_long_string", "date_to_string", "hmac_sha256", "number_of_words", "sample", "slugify",
    "truncatewords",
)  # fmt: skip


class FilterRefused(LiquidError):
    """A filter that Segment disables, or that cannot be run here as Segment runs it."""


def _refuse(why: str, *_args: object, **_named: object) -> NoReturn:
    raise FilterRefused(why, token=None)


REFUSED_FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    name: partial(_refuse, f'filter "{name}" is disabled') for name in DISABLED_FILTERS
} | {name: partial(_refuse, f'filter "{name}" is not known to mockpin') for name in UNSUPPORTED_FILTERS}
