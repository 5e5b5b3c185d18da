"""The coverage tables of the text report, in as many tables as the terminal's width needs."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mockpin_validator.formats.wording import COLUMNS
from mockpin_validator.match_quality.quality import Quality
from mockpin_validator.wording import count, make_visible

_MOST_NAMES: Final = 25
_NAME_WIDTH: Final = 30
_TITLE: Final = "Coverage by usable values in per cent of events (score and status: mockpin's own weights)"
#: Spaces and borders around a column's text.
_PADDING: Final = 2

Column = tuple[str, list[str]]


def coverage_tables(quality: Quality, width: int) -> Iterator[RenderableType]:
    """The percentage of events that carry what Pinterest matches and deduplicates by."""
    names = quality.event_names[:_MOST_NAMES]
    shown = [make_visible(name) for name in names]
    columns = list(list_columns([quality.of(name) for name in names]))
    yield Text(f"\n{_TITLE}")
    for part in fit(columns, width - min(_NAME_WIDTH, max(map(len, (*shown, "event name")))) - _PADDING):
        yield make_table(shown, part)
    if more := len(quality.event_names[_MOST_NAMES:]):
        yield Text(f"{count(more, 'more event name')} not shown (see --format json).\n")


def list_columns(qualities: Sequence[Quality]) -> Iterator[Column]:
    """Every column's heading and its texts, one for each event name."""
    yield "events", [f"{quality.events:,}" for quality in qualities]
    for heading, parameter in COLUMNS.items():
        yield heading, [f"{quality.coverage(parameter):.0f}" for quality in qualities]
    yield "score", [f"{quality.score:.0f}" for quality in qualities]
    yield "status", [quality.status for quality in qualities]


def fit(columns: Sequence[Column], width: int) -> Iterator[list[Column]]:
    """The columns in groups of a limited width in characters; each group has at least one column."""
    group: list[Column] = []
    used = 0
    for column in columns:
        needed = max(map(len, (column[0], *column[1]))) + _PADDING
        if group and used + needed > width:
            yield group
            group, used = [], 0
        group.append(column)
        used += needed
    yield group


def make_table(names: Sequence[str], columns: Sequence[Column]) -> Table:
    """One table of some columns."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("event name", no_wrap=True, max_width=_NAME_WIDTH)
    for heading, _ in columns:
        table.add_column(heading, justify="left" if heading == "status" else "right", no_wrap=True)
    for name, *texts in zip(names, *(texts for _, texts in columns), strict=True):
        table.add_row(Text(name), *texts)
    return table
