"""What the rules need of a database, and the databases by name."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast


class Engine(Protocol):
    """A database with the relation `facts`, whose column `id` numbers the rows from 1 in their order.

    All but `close` raise EngineFailed.
    """

    def materialize(self, table: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of an earlier one of that name."""

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table of these columns and their types, in place of an earlier one of that name."""

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT."""

    def copy(self) -> "Engine | None":
        """A copy that another thread may ask meanwhile; None where the engine uses every core by itself."""

    def close(self) -> None:
        """Drop everything."""


class GrowingEngine(Engine, Protocol):
    """An engine whose relation begins empty."""

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows: an id, then the columns of `Fact`."""


def describe_columns(columns: Mapping[str, str]) -> str:
    """Columns as CREATE TABLE takes them."""
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())


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


@contextmanager
def explain_failures(engine: str, *errors: type[Exception]) -> Iterator[None]:
    """Raise EngineFailed for what a database cannot do, such as write to a full disk."""
    try:
        yield
    except errors as error:
        raise EngineFailed(engine, str(error).partition("\n")[0]) from error


#: Engine, which is also its module and its extra -> its class.
ENGINES: Mapping[str, str] = {"sqlite": "SqliteEngine", "duckdb": "DuckdbEngine"}


def open_engine(name: str, memory_mb: int | None = None) -> GrowingEngine:
    """An empty database of an engine. It holds `memory_mb` megabytes in memory (None: its own default).

    Raises EngineMissing.
    """
    try:
        module = import_module(f"mockpin.observations.engines.{name}")
    except ModuleNotFoundError:
        raise EngineMissing(name) from None
    return cast("GrowingEngine", getattr(module, ENGINES[name])(memory_mb))
