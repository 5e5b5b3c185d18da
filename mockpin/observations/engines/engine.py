"""What the rules need of a database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Engine(Protocol):
    """A database with the relation `facts`, whose column `id` numbers the rows from 1 in their order.

    All but `close` raise EngineFailed.
    """

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`."""

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name."""

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns and their types, in place of an earlier one of that name."""

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT."""

    def close(self) -> None:
        """Drop everything."""


@dataclass(eq=False)
class EngineMissing(Exception):
    """The package of an engine is not installed."""

    engine: str

    def __str__(self) -> str:
        return f"The engine {self.engine} needs other packages: pip install 'mockpin[{self.engine}]'."


@dataclass(eq=False)
class EngineFailed(Exception):
    """A database could not do its work: there is no room on the disk or in the memory that it may use."""

    engine: str
    problem: str

    def __str__(self) -> str:
        return (
            f"{self.engine} could not make the observations: {self.problem}. Give it more memory, or a directory"
            f" for temporary files with more room than {tempfile.gettempdir()} (TMPDIR)."
        )
