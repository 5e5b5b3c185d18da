"""A trigger as its author wrote it and as Segment reads it; the warnings compare the two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from mockpin_transformer.js import from_units, to_units
from mockpin_transformer.triggers.levels import Level, read_levels
from mockpin_transformer.triggers.lexer import Lexed, Tokens, lex
from mockpin_transformer.triggers.scan import find_skipped

Warnings: TypeAlias = Iterator[tuple[int, str, str | None]]
"""For each warning: position in UTF-16 units, message, corrected trigger (None if not certain)."""


@dataclass(frozen=True)
class Reading:
    """A trigger as it was written and as it is read, in UTF-16 units."""

    units: str
    lexed: Lexed
    skipped: Tokens
    levels: tuple[Level, ...]

    @property
    def written(self) -> str:
        """The trigger as it was given."""
        return from_units(self.units)

    @property
    def unread(self) -> str:
        """The rest of the trigger from the first unreadable character on, in UTF-16 units; else ""."""
        return "" if self.lexed.failed_at is None else self.units[self.lexed.failed_at :]

    def replaced(self, *edits: tuple[int, int, str]) -> str:
        """The trigger with some stretches replaced; the edits do not overlap."""
        units = self.units
        for start, end, text in sorted(edits, reverse=True):
            units = units[:start] + to_units(text) + units[end:]
        return from_units(units)


def read(text: str) -> Reading:
    """Read a trigger for the warnings."""
    lexed = lex(text)
    return Reading(to_units(text), lexed, find_skipped(lexed.tokens), read_levels(lexed.tokens))
