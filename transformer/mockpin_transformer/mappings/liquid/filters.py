"""Liquid's filters as liquidjs 10.27 has them, under their names: on JavaScript's text and numbers.

A filter whose sense in liquidjs is not known here is refused, not run differently.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from mockpin_transformer.js import JSON
from mockpin_transformer.mappings.liquid.lists import VALUE_FILTERS
from mockpin_transformer.mappings.liquid.numbers import NUMBER_FILTERS
from mockpin_transformer.mappings.liquid.refusals import REFUSED_FILTERS
from mockpin_transformer.mappings.liquid.texts import TEXT_FILTERS
from mockpin_transformer.mappings.liquid.values import as_number, print_value


def _on(convert: Callable[[object], object], call: Callable[..., JSON], *values: object) -> JSON:
    return call(*map(convert, values))


FILTERS: Final[dict[str, Callable[..., Any]]] = (
    VALUE_FILTERS
    | {name: partial(_on, print_value, call) for name, call in TEXT_FILTERS.items()}
    | {name: partial(_on, as_number, call) for name, call in NUMBER_FILTERS.items()}
    | dict(REFUSED_FILTERS)
)
"""Every filter liquidjs has; others are ignored."""
