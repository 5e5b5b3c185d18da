"""Where in a payload a value stands, and the problems found there."""

from typing import NamedTuple, TypeAlias

from transformer.schema import Field

#: A member's place among its siblings and its name; an item's index twice.
Key: TypeAlias = tuple[int, str | int]


class Problem(NamedTuple):
    """One sentence; `order` is the place of its field among the fields, from the root down."""

    order: tuple[int, ...]
    sentence: str


class Place(NamedTuple):
    """A value's JSON pointer and its order; all places of one payload share the list of problems."""

    order: tuple[int, ...]
    pointer: str
    problems: list[Problem]

    def child(self, key: Key) -> "Place":
        """The place of a member or an item."""
        index, name = key
        return Place((*self.order, index), f"{self.pointer}/{name}", self.problems)

    def subject(self, field: Field) -> str:
        """What a sentence calls the value: its field's title, else where it is."""
        return field.title or f"The value at {self.pointer}"

    def refuse(self, sentence: str) -> None:
        """Note what is wrong here."""
        self.problems.append(Problem(self.order, sentence))
