"""What can go wrong on the way from a Segment event to a conversion event, and on the way to Pinterest.

    TransformerError
    ├── MappingInvalid       a mapping that could never be resolved
    ├── DirectiveFailed      a directive met a value it cannot work with
    └── TriggerFailed        a trigger that cannot be evaluated

`name` and `message` are those of Segment's own error, so that what is read here can be looked up there.
"""

from dataclasses import dataclass


class TransformerError(Exception):
    """Everything the transformer raises on purpose."""


@dataclass(eq=False)
class MappingInvalid(TransformerError):
    """A mapping breaks the rules of the mapping language; `errors` holds every sentence, in order.

    `name` is "ValidationError" for a lone directive, "AggregateError" as soon as an object stands around it.
    """

    name: str
    errors: tuple[str, ...]

    @property
    def message(self) -> str:
        """All sentences, one a line."""
        return "\n".join(self.errors)

    def __str__(self) -> str:
        return self.message


@dataclass(eq=False)
class DirectiveFailed(TransformerError):
    """A directive could not be run on this event.

    `errors` holds the single sentences where a @transform inside a list turned out to be invalid.
    """

    message: str
    name: str = "Error"
    errors: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.message


@dataclass(eq=False)
class TriggerFailed(TransformerError):
    """A trigger was read, but evaluating it fails for every event that gets that far."""

    message: str
    name: str = "TypeError"

    def __str__(self) -> str:
        return self.message
