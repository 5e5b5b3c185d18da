"""Liquid's values as liquidjs 10.27 sees them: printed, as numbers, as lists."""

import math

from liquid.undefined import Undefined

from mockpin_transformer.js import JSON, from_units, to_double, to_number, to_string, to_units


def is_missing(value: object) -> bool:
    """Whether a value is null or was not found."""
    return value is None or isinstance(value, Undefined)


def print_value(value: object) -> str:
    """A value as liquidjs prints it: nothing for null, lists without a separator."""
    if is_missing(value):
        return ""
    if isinstance(value, list | range):
        return from_units("".join(map(print_value, value)))
    return to_string(value) if isinstance(value, str | bool | int | float | dict) else str(value)


def javascript_number(value: object) -> float:
    """JavaScript's `Number(value)`: NaN if the value is not a number."""
    if isinstance(value, bool | int | float):
        return to_double(value)
    if isinstance(value, dict | Undefined):
        return math.nan
    return to_number(to_string(list(value)) if isinstance(value, list | range) else print_value(value))


def as_number(value: object) -> float:
    """The number of a value; 0 if it is not a number or -0."""
    number = javascript_number(value)
    return 0.0 if math.isnan(number) or not number else number


def as_list(value: object) -> list[JSON]:
    """A list as it is, a missing value as an empty list, any other value as a list of one."""
    if isinstance(value, list | range):
        return list(value)
    return [] if is_missing(value) else [value]


def items_of(value: object) -> list[JSON] | str:
    """The items of a list, the UTF-16 units of anything else."""
    return list(value) if isinstance(value, list | range) else to_units(print_value(value))
