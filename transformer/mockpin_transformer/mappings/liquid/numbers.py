"""Liquid's filters of numbers, which are JavaScript's doubles; a value that is not a number counts as 0."""

import math
import operator
import sys
from collections.abc import Callable
from typing import Final


def _whole(turn: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: float(turn(value)) if math.isfinite(value) else value


def _divide(left: float, right: float, whole: float = 0) -> float:
    # An operand is never -0: `as_number` makes 0 of it, as liquidjs does.
    quotient = left / right if right else math.copysign(math.inf, left) if left else math.nan
    return _floor(quotient) if whole else quotient


def _round(value: float, digits: float = 0) -> float:
    scale = math.pow(10, digits)
    return _floor(value * scale * (1 + sys.float_info.epsilon) + 0.5) / scale


_floor: Final = _whole(math.floor)

NUMBER_FILTERS: Final[dict[str, Callable[..., float]]] = {
    "abs": abs,
    "at_least": max,
    "at_most": min,
    "ceil": _whole(math.ceil),
    "divided_by": _divide,
    "floor": _floor,
    "minus": operator.sub,
    "modulo": lambda left, right: math.fmod(math.fmod(left, right) + right, right) if right else math.nan,
    "plus": operator.add,
    "round": _round,
    "times": operator.mul,
}
"""Each takes the numbers of its operands."""
