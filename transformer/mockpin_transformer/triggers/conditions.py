"""What a trigger asks of an event, and how Segment's destination-subscriptions 3.41.0 answers."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NoReturn, TypeAlias

from mockpin_transformer.errors import TriggerFailed
from mockpin_transformer.js import JSON, UNDEFINED, to_double, to_number, to_string, to_units
from mockpin_transformer.mappings.paths import Resolver, read_member, walk

CONTAINERS: Final = ("properties", "traits", "context")
"""The members of an event whose own members a condition looks into."""

Comparison: TypeAlias = Callable[[JSON, JSON], bool]
_PIECE = re.compile(r"[^\[.\]]+")


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_number(value: JSON) -> float:
    return to_number(value) if isinstance(value, str) else to_double(value)


def _equals(actual: JSON, expected: JSON) -> bool:
    return isinstance(actual, str) and actual == to_string(expected)


def _of_numbers(compare: Callable[[float, float], bool]) -> Comparison:
    return lambda actual, expected: _is_number(actual) and compare(to_double(actual), _as_number(expected))


def _of_texts(compare: Callable[[str, str], bool], *, wanted: bool = True) -> Comparison:
    def matches(actual: JSON, expected: JSON) -> bool:
        return isinstance(actual, str) and compare(to_units(actual), to_units(to_string(expected))) is wanted

    return matches


def _exists(actual: JSON, _: JSON) -> bool:
    return actual is not UNDEFINED and actual is not None


OPERATORS: Final[Mapping[str, Comparison]] = {
    "=": _equals,
    "!=": lambda actual, expected: not _equals(actual, expected),
    "number_equals": _of_numbers(operator.eq),
    "number_not_equals": _of_numbers(operator.ne),
    "<": _of_numbers(operator.lt),
    "<=": _of_numbers(operator.le),
    ">": _of_numbers(operator.gt),
    ">=": _of_numbers(operator.ge),
    "contains": _of_texts(operator.contains),
    "not_contains": _of_texts(operator.contains, wanted=False),
    "starts_with": _of_texts(str.startswith),
    "not_starts_with": _of_texts(str.startswith, wanted=False),
    "ends_with": _of_texts(str.endswith),
    "not_ends_with": _of_texts(str.endswith, wanted=False),
    "exists": _exists,
    "not_exists": lambda actual, _: not _exists(actual, None),
    "is_true": lambda actual, _: actual is True,
    "is_false": lambda actual, _: actual is False,
}
"""Segment's names. A trigger may use them as operators, too: `event contains "Order"` is read."""


@dataclass(frozen=True)
class Condition:
    """One comparison: a member of the event (`name` in properties, traits, context), operator, value."""

    field: str
    name: str
    operator: str
    value: JSON = UNDEFINED

    def holds(self, event: JSON) -> bool:
        """Whether the event meets the condition; an unknown operator is never met."""
        if event is None:
            raise TriggerFailed(f"Cannot read properties of null (reading '{self.field}')")
        return self._compare(self._read(event), self.value)

    @cached_property
    def _compare(self) -> Comparison:
        return OPERATORS.get(self.operator, lambda _actual, _expected: False)

    @cached_property
    def _read(self) -> Resolver:
        """The lookup of the member that the condition is about."""
        if self.field not in CONTAINERS:
            return lambda event: read_member(event, self.field)
        if not self.name:
            return lambda _: UNDEFINED
        pieces = _PIECE.findall(self.name)
        if not pieces:
            return _fail_without_pieces
        return lambda event: walk(read_member(event, self.field), pieces)


def _fail_without_pieces(_: JSON) -> NoReturn:
    raise TriggerFailed("Cannot read properties of null (reading 'reduce')")


@dataclass(frozen=True)
class Group:
    """Conditions joined by `and` or `or`. None is an empty pair of parentheses: it cannot be judged."""

    joiner: str
    members: tuple["Condition | Group | None", ...]

    def holds(self, event: JSON) -> bool:
        """Whether every member holds, or any of them; stops as soon as the answer is certain."""
        decisive = self.joiner == "or"
        for member in self.members:
            if member is None:
                raise TriggerFailed("Cannot read properties of undefined (reading 'type')")
            if member.holds(event) is decisive:
                return decisive
        return not decisive
