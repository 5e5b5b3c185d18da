"""Tables on standard output, as wide as the terminal."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

#: Columns that a table has on a narrower terminal, too: there its lines are wrapped, and no word is lost.
MIN_WIDTH = 80


def draw_table(table: Table) -> str:
    """The table as text, in colour on a terminal, with the characters that standard output has.

    rich, writing by itself, calls an output that is closed or full a fault of ours.
    """
    from rich.console import Console

    drawn = io.TextIOWrapper(io.BytesIO(), encoding=sys.stdout.encoding)
    console = Console(file=drawn, force_terminal=sys.stdout.isatty() or None, highlight=False)
    console.width = max(console.width, MIN_WIDTH)
    console.print(table)
    drawn.seek(0)
    return drawn.read()
