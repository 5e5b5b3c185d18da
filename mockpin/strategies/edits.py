"""Edits of JSON values at a JSON pointer, as values: each returns a function from a value to a changed copy.

The copy is deep and the original untouched. Objects missing on the way are made, so that an event without
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
    """Puts `value` there."""
    return _edit(pointer, lambda place, key: place.__setitem__(key, deepcopy(value)))


def dropping(pointer: str) -> Change:
    """Removes the member, if it is there."""
    return _edit(pointer, lambda place, key: place.pop(key, None))


def changing(pointer: str, change: Change) -> Change:
    """Replaces what is there by `change` of it."""
    return _edit(pointer, lambda place, key: place.__setitem__(key, change(place[key])))


def renaming(pointer: str, name: str) -> Change:
    """Gives the member another name, last in its object."""
    return _edit(pointer, lambda place, key: place.__setitem__(name, place.pop(key)))


def appending(pointer: str, value: Any) -> Change:
    """Adds `value` to the end of the list there."""
    return _edit(pointer, lambda place, key: place[key].append(value))


def repeating(pointer: str, count: int) -> Change:
    """Makes the list there `count` long by repeating its items."""
    return changing(pointer, lambda items: [items[i % len(items)] for i in range(count)])
