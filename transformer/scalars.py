"""How one value becomes text, a number or a truth value; UNDEFINED where it cannot.

After Ajv 8's `coerceTypes`. Numbers come out as ints wherever JavaScript prints them without a fraction.
"""

import math
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from transformer.js import JSON, UNDEFINED, number_text, to_double, to_number, to_string
from transformer.schema import Kind

Coercion: TypeAlias = Callable[[JSON], JSON]

_EXACT: Final = 2**53
_FIXED: Final = 1e21


def plain_number(number: float) -> float:
    """The same double, as an int if it has no fraction, so that it prints as JavaScript prints it."""
    if type(number) is int and -_EXACT < number < _EXACT:
        return number
    double = to_double(number)
    if not double.is_integer():
        return double
    # Beyond 2**53 JavaScript prints the shortest digits that read back, filled up with zeros.
    return int(number_text(double)) if _EXACT <= abs(double) < _FIXED else int(double)


def to_text(value: JSON) -> JSON:
    """Text stays, numbers and truth values are spelled out, null is empty."""
    if value is None:
        return ""
    return to_string(value) if isinstance(value, str | bool | int | float) else UNDEFINED


def to_any_number(value: JSON) -> JSON:
    """Finite numbers stay; true, false and null are 1 and 0; numeric text is read, even "Infinity"."""
    if value is None or isinstance(value, bool):
        return int(value or 0)
    if isinstance(value, str):
        number = to_number(value) if value else math.nan
        return UNDEFINED if math.isnan(number) else plain_number(number)
    if isinstance(value, int | float) and math.isfinite(to_double(value)):
        return plain_number(value)
    return UNDEFINED


def to_integer(value: JSON) -> JSON:
    """A number without a fraction; text that reads "Infinity" passes, and JSON has only null for it."""
    number = to_any_number(value)
    if isinstance(number, float):
        return None if math.isinf(number) else UNDEFINED
    return number


def to_boolean(value: JSON) -> JSON:
    """Only true, "true", 1 and false, "false", 0, null."""
    if isinstance(value, list | dict):
        return UNDEFINED
    return {"true": True, 1: True, "false": False, 0: False, None: False}.get(value, UNDEFINED)


def to_text_or_null(value: JSON) -> JSON:
    """Text and null stay."""
    return None if value is None else to_text(value)


def to_text_or_number(value: JSON) -> JSON:
    """Text and finite numbers stay."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return to_any_number(value) if is_number and math.isfinite(to_double(value)) else to_text(value)


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
