"""How far judging has come: a bar with rate and time left on a terminal, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mockpin.cli.shared.errors import name_file

if TYPE_CHECKING:
    from mockpin_validator.archive import Tally
    from mockpin_validator.archive.parallel import PartTally


@contextmanager
def show_progress(files: Iterable[str]) -> Iterator[Callable[[Tally], None]]:
    """A function to call with each growing tally; the bar goes away at the end."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[events]:,} events, {task.fields[rate]:,.0f} a second"),
        TextColumn("{task.fields[errors]:,} errors"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count_bytes(files), events=0, rate=0.0, errors=0)

        def advance(tally: Tally) -> None:
            rate = tally.events / (bar.tasks[0].elapsed or 1)
            bar.update(
                task, completed=tally.size, events=tally.events, rate=rate, errors=tally.count("error")
            )

        yield advance


@dataclass
class Reached:
    """How far judging has come: the file, and how many lines of it were judged."""

    file: str = ""
    lines: int = 0

    def follow(self, done: Iterable[PartTally]) -> Iterator[PartTally]:
        """Yield the parts and tallies that come, and note how far each of them reaches."""
        for part, tally in done:
            if part.name != self.file:
                self.file, self.lines = part.name, 0
            self.lines += tally.lines
            yield part, tally

    def describe(self, files: Sequence[str]) -> str:
        """A sentence about what was judged of the files, which were read in this order."""
        if not self.file:
            return "Nothing was judged."
        order = list(dict.fromkeys(files))
        which = f", file {order.index(self.file) + 1:,} of {len(order):,}" if len(order) > 1 else ""
        place = f"line {self.lines:,} of {name_file(self.file)}{which}"
        return f"Judged as far as {place}. Nothing was observed over many events."


def count_bytes(files: Iterable[str]) -> int | None:
    """How many bytes there are to judge; None when something is compressed or comes from a pipe."""
    from mockpin_validator.archive.sources import has_lines

    names = dict.fromkeys(files)
    return sum(Path(name).stat().st_size for name in names) if all(map(has_lines, names)) else None
