"""Describes a field: the values it accepts and its name in sentences."""

from dataclasses import dataclass
from typing import Literal

#: "string or null" and "string or number" are unions: one-element lists fare differently with them.
Kind = Literal["string", "number", "integer", "boolean", "object", "string or null", "string or number"]

STRING_KINDS = frozenset({"string", "string or null", "string or number"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the action, or a member of one.

    `many` makes it an array of `kind`; `members` are an object's fields, in the order of their problems;
    `max_length` counts code points.
    """

    name: str
    kind: Kind = "string"
    label: str = ""
    many: bool = False
    choices: tuple[str, ...] = ()
    max_length: int | None = None
    members: tuple["Field", ...] = ()
    required: bool = False

    @property
    def title(self) -> str:
        """The field's name in sentences: its label, else its name with spaces and capitals."""
        return self.label or self.name.replace("_", " ").title()

    @property
    def type_name(self) -> str:
        """The type that sentences ask for."""
        return "array" if self.many else self.kind
