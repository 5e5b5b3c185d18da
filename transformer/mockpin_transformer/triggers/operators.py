"""Finds the operators of a trigger, as they were written and as they were meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mockpin_transformer.triggers.lexer import Lexed

OPERATORS: Final = ("=", "!=", "<", "<=", ">", ">=")
_MARKED = r"(?:[<>=]|!(?![A-Za-z(]))"
_WRITTEN: Final = re.compile(rf"{_MARKED}(?:[ \t\n]*{_MARKED})*+(?P<unspaced>[^ \t\n,\])])?")
_MEANT: Final = {frozenset("="): "=", frozenset("!="): "!="}


@dataclass(frozen=True)
class Written:
    """Marks that stand together, blanks between them or not; places are in UTF-16 units.

    `meant` is the operator they are or should be, None where only their author can say. `unspaced` says that
    something is written directly behind them.
    """

    start: int
    end: int
    text: str
    unspaced: bool

    @property
    def is_operator(self) -> bool:
        """Whether they are written as an operator is."""
        return self.text in OPERATORS

    @property
    def meant(self) -> str | None:
        """By their marks in order, else by which marks they are."""
        marks = self.text.replace(" ", "")
        return marks if marks in OPERATORS else _MEANT.get(frozenset(marks))


def find_written(units: str, lexed: Lexed) -> Iterator[Written]:
    """Every operator of a trigger, and what was to be one, up to the place that could not be read."""
    starts = [token.start for token in lexed.tokens if token.kind == "operator"]
    end = 0
    for start in (*starts, *(() if lexed.failed_at is None else (lexed.failed_at,))):
        match = _WRITTEN.match(units, start)
        if match and start >= end:
            end = match.start("unspaced") if match["unspaced"] else match.end()
            yield Written(start, end, " ".join(units[start:end].split()), bool(match["unspaced"]))
