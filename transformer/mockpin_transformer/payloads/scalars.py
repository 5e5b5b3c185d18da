"""How one value becomes text, a number or a truth value; UNDEFINED where it cannot.

After Ajv 8's `coerceTypes`. Numbers come out as ints wherever JavaScript prints them without a fraction.
"""

import math
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from mockpin_transformer.js import JSON, UNDEFINED, to_double, to_number, to_string
from mockpin_transformer.payloads.schema import Kind

Coercion: TypeAlias = Callable[[JSON], JSON]

_NUMBERS: Final = (int, float)
_PRINTABLE: Final = (bool, *_NUMBERS)
_TRUTH: Final[Mapping[JSON, bool]] = {"true": True, 1: True, "false": False, 0: False, None: False}


def plain_number(number: float) -> float:
    """The same double, as an int if it has no fraction, so that it prints as JavaScript prints it."""
    double = to_double(number)
    return int(double) if double.is_integer() else double


def to_text(value: JSON) -> JSON:
    """Text stays, numbers and truth values are spelled out, null is empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return to_string(value) if isinstance(value, _PRINTABLE) else UNDEFINED


def to_any_number(value: JSON) -> JSON:
    """Finite numbers stay; true, false and null are 1 and 0; numeric text is read, even "Infinity"."""
    if type(value) in _NUMBERS:
        number = plain_number(value)
        return number if math.isfinite(number) else UNDEFINED
    if isinstance(value, str):
        number = to_number(value) if value else math.nan
        return UNDEFINED if math.isnan(number) else plain_number(number)
    return int(value or 0) if value is None or isinstance(value, bool) else UNDEFINED


def to_integer(value: JSON) -> JSON:
    """A whole number, of a number or a text; UNDEFINED for any other value.

    An infinite one passes, and JSON has only null for it.
    """
    number = to_any_number(value)
    if isinstance(number, float):
        return None if math.isinf(number) else UNDEFINED
    return number


def to_boolean(value: JSON) -> JSON:
    """Only true, "true", 1 and false, "false", 0, null."""
    if isinstance(value, (list, dict)):
        return UNDEFINED
    return _TRUTH.get(value, UNDEFINED)


def to_text_or_null(value: JSON) -> JSON:
    """Text and null stay."""
    return None if value is None else to_text(value)


def to_text_or_number(value: JSON) -> JSON:
    """Text and finite numbers stay."""
    number = to_any_number(value) if type(value) in _NUMBERS else UNDEFINED
    return to_text(value) if number is UNDEFINED else number


def only_text_or_null(value: JSON) -> JSON:
    """Out of an array of one: what is text already is refused, unless it is empty."""
    if isinstance(value, str):
        return UNDEFINED if value else None
    return to_text(value)


def only_text_or_number(value: JSON) -> JSON:
    """Out of an array of one: text must be numeric, and numbers become text."""
    return to_any_number(value) if isinstance(value, str) else to_text(value)


COERCIONS: Final[Mapping[Kind, Coercion]] = {
    "string": to_text,
    "number": to_any_number,
    "integer": to_integer,
    "boolean": to_boolean,
    "string or null": to_text_or_null,
    "string or number": to_text_or_number,
}

#: For the only item of an array where one value is expected.
UNWRAPPED_COERCIONS: Final[Mapping[Kind, Coercion]] = {
    **COERCIONS,
    "string or null": only_text_or_null,
    "string or number": only_text_or_number,
}
