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


class Place(NamedTuple):
    """Where a value stands: below its parent, under its key. All places of one payload share `problems`.

    Its pointer and its order are worked out only once something is wrong.
    """

    parent: "Place | None"
    key: Key
    problems: list[PayloadProblem]

    @property
    def is_root(self) -> bool:
        """Whether this is the whole payload."""
        return self.parent is None

    @property
    def order(self) -> tuple[int, ...]:
        """The places among siblings, from the root down."""
        return () if self.parent is None else (*self.parent.order, self.key[0])

    @property
    def pointer(self) -> str:
        """The JSON pointer."""
        return "" if self.parent is None else f"{self.parent.pointer}/{self.key[1]}"

    def child(self, key: Key) -> "Place":
        """The place of a member or an item."""
        return Place(self, key, self.problems)

    def subject(self, field: Field) -> str:
        """The subject of a sentence about the value: its field's title, else its JSON pointer."""
        return field.title or f"The value at {self.pointer}"

    def refuse(self, sentence: str) -> None:
        """Record a problem of this value."""
        self.problems.append(PayloadProblem(self.order, sentence, self.pointer))


def root() -> Place:
    """The place of a whole payload, without problems."""
    return Place(None, (0, ""), [])
