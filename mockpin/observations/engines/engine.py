"""What the rules need of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Engine(Protocol):
    """A database with the relation `facts`, whose column `id` numbers the rows from 1 in their order."""

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`."""

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name."""

    def replace(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns, in place of an earlier one of that name."""

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT."""

    def close(self) -> None:
        """Drop everything."""
