"""Checks of the keywords that narrow a strategy, made when it is created, not when it first draws."""

from collections.abc import Collection
from dataclasses import dataclass

from mockpin_validator.contract.spelling import suggest


@dataclass(eq=False)
class NarrowingInvalid(ValueError):
    """A keyword of a strategy has a value with which it cannot draw anything."""

    keyword: str
    value: object
    reason: str

    def __str__(self) -> str:
        return f"{self.keyword} cannot be {self.value!r}: {self.reason}"


def check_names(keyword: str, names: Collection[str], known: Collection[str] = ()) -> None:
    """Raise NarrowingInvalid if names are not a non-empty list, or one is not among the known names."""
    if isinstance(names, str) or not names:
        raise NarrowingInvalid(keyword, names, "give a list of at least one name.")
    for name in names:
        if known and name not in known:
            raise NarrowingInvalid(keyword, name, suggest(name, known))
