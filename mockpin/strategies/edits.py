"""Edits of JSON values at a JSON pointer. Each returns a function that makes a changed copy of a value.

The original does not change. An edit creates missing objects along the pointer, so that an event without
custom_data can get a bad custom_data/value.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeAlias

Change: TypeAlias = Callable[[Any], Any]


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _step_into(value: Any, step: str) -> Any:
    return value[int(step)] if isinstance(value, list) else value.setdefault(step, {})


def _edit(pointer: str, act: Callable[[Any, str], object]) -> Change:
    *way, last = _steps(pointer)

    def change(value: Any) -> Any:
        copy = deepcopy(value)
        place = copy
        for step in way:
            place = _step_into(place, step)
        act(place, last)
        return copy

    return change


def setting(pointer: str, value: Any) -> Change:
    """A change that sets the value at the pointer."""
    return _edit(pointer, lambda place, key: place.__setitem__(key, deepcopy(value)))


def dropping(pointer: str) -> Change:
    """A change that removes the member at the pointer, if it exists."""
    return _edit(pointer, lambda place, key: place.pop(key, None))


def changing(pointer: str, change: Change) -> Change:
    """A change that replaces the value at the pointer with the result of `change`."""
    return _edit(pointer, lambda place, key: place.__setitem__(key, change(place[key])))


def renaming(pointer: str, name: str) -> Change:
    """A change that renames the member at the pointer, which moves to the end of its object."""
    return _edit(pointer, lambda place, key: place.__setitem__(name, place.pop(key)))


def appending(pointer: str, value: Any) -> Change:
    """A change that appends a value to the list at the pointer."""
    return _edit(pointer, lambda place, key: place[key].append(value))


def repeating(pointer: str, count: int) -> Change:
    """A change that repeats the items of the list at the pointer until it has `count` items."""
    return changing(pointer, lambda items: [items[i % len(items)] for i in range(count)])
