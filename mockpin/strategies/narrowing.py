"""What may narrow a strategy: checked when the strategy is made, not when it first draws."""

from collections.abc import Collection
from dataclasses import dataclass

from mockpin.suggestions import suggest


@dataclass(eq=False)
class NarrowingInvalid(ValueError):
    """A keyword of a strategy has a value by which nothing can be drawn."""

    keyword: str
    value: object
    reason: str

    def __str__(self) -> str:
        return f"{self.keyword} cannot be {self.value!r}: {self.reason}"


def check_names(keyword: str, names: Collection[str], known: Collection[str] = ()) -> None:
    """Raise NarrowingInvalid for what is no list of names, or for a name beside the known ones."""
    if isinstance(names, str) or not names:
        raise NarrowingInvalid(keyword, names, "it takes a list of names, one at least.")
    for name in names:
        if known and name not in known:
            raise NarrowingInvalid(keyword, name, suggest(name, known))
