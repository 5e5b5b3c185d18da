"""Shortens a large document to the lines with notes and the lines around them."""

from collections.abc import Iterator, Sequence

from mockpin.web.pages.content.annotation import Line, LinePiece
from mockpin_validator.judging.finding import SEVERITIES

#: The severities of a line, the gravest first; a line without notes has none.
GRAVITY = (*SEVERITIES, "known", "")


def focus_lines(lines: Sequence[Line], most: int) -> tuple[Line, ...]:
    """Return at most `most` lines: whole items, chosen by the gravest of their notes.

    An item is an element of a list at depth 1 or 2, such as an event of `data`. A line that says how many
    lines are missing replaces the others. Line numbers do not change.
    """
    items = _split_items(lines)
    return tuple(_join(items, _choose(items, most)))


def _split_items(lines: Sequence[Line]) -> list[list[Line]]:
    """Split lines into items: a new one begins with each line at depth 2 or less."""
    items: list[list[Line]] = [[]]
    for line in lines:
        if line.depth <= 2 and line.pointer is not None:  # noqa: PLR2004 - an event of a payload
            items.append([])
        items[-1].append(line)
    return items if items[0] else items[1:]


def _choose(items: Sequence[Sequence[Line]], most: int) -> set[int]:
    """The numbers of the items that are shown, those with the gravest notes first."""
    by_gravity = sorted(range(len(items)), key=lambda number: _rank(items[number]))
    chosen: set[int] = {0, len(items) - 1}
    room = most
    for number in by_gravity:
        room -= len(items[number])
        if room < 0:
            break
        chosen.add(number)
    return chosen


def _rank(item: Sequence[Line]) -> int:
    return min(GRAVITY.index(line.severity) for line in item)


def _join(items: Sequence[Sequence[Line]], chosen: set[int]) -> Iterator[Line]:
    missing = 0
    for number, item in enumerate(items):
        if number not in chosen:
            missing += len(item)
            continue
        if missing:
            yield _name_missing(item[0], missing)
            missing = 0
        yield from item


def _name_missing(following: Line, missing: int) -> Line:
    text = f"… {missing:,} lines are left out"
    return Line(following.number - 1, following.depth, None, (LinePiece("punctuation", text),))
