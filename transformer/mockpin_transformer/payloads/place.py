"""Where in a payload a value stands, and the problems found there."""

from typing import NamedTuple, TypeAlias

from mockpin_transformer.payloads.schema import Field

#: A member's place among its siblings and its name; an item's index twice.
Key: TypeAlias = tuple[int, str | int]


class PayloadProblem(NamedTuple):
    """One sentence; `order` is the place of its field among the fields, from the root down."""

    order: tuple[int, ...]
    sentence: str
    pointer: str


#: The root's place: the problems of the whole payload.
Problems: TypeAlias = list[PayloadProblem]
#: A value's place: that of the object or array around it, and its own key. A plain tuple, because every
#: value has a place and hardly any has a problem.
Place: TypeAlias = "tuple[Place, Key] | Problems"


def is_below_root(place: Place) -> bool:
    """Whether a value is neither the payload nor one of its own members."""
    return isinstance(place, tuple) and isinstance(place[0], tuple)


def name_value(field: Field, place: Place) -> str:
    """The subject of a sentence about a value: its field's title, else its JSON pointer."""
    return field.title or f"The value at {_pointer(_keys(place))}"


def record_problem(place: Place, sentence: str) -> None:
    """Record a problem of the value at a place."""
    keys, root = _keys(place), place
    while isinstance(root, tuple):
        root, _ = root
    root.append(PayloadProblem(tuple(order for order, _ in keys), sentence, _pointer(keys)))


def _keys(place: Place) -> tuple[Key, ...]:
    """The keys that lead to a place, from the root down."""
    return (*_keys(place[0]), place[1]) if isinstance(place, tuple) else ()


def _pointer(keys: tuple[Key, ...]) -> str:
    return "".join(f"/{name}" for _, name in keys)
