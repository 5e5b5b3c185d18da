"""Parts judged one after another or by several processes: a stream of tallies, in the order of the parts."""

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import BinaryIO, Final, NamedTuple

from validator.archive.judging import Inspected, Judging, inspect
from validator.archive.lines import NOT_OPENED, Document
from validator.archive.sources import Part
from validator.archive.tally import MOST_KEPT, Kind, Sighting, Tally, kind_of
from validator.quality import Quality, Shape, shape_of

#: Events after which a tally is handed on, so that progress can be seen and an interruption loses little.
STRIDE: Final = 2_000
#: Parts that wait in memory for each process.
_AHEAD: Final = 3


class Done(NamedTuple):
    """What was found in (a stretch of) a part; lines count from the part's beginning."""

    part: Part
    tally: Tally


def judge_parts(
    parts: Iterable[Part], judging: Judging, *, jobs: int = 1, stdin: BinaryIO | None = None
) -> Iterator[Done]:
    """Judge parts in one process or several; the results come in the order of the parts.

    With one process results come every few thousand events; with more, a part at a time, and standard input
    cannot be among the parts.
    """
    if jobs == 1:
        for part in parts:
            for tally in tallies(part, judging, stdin):
                yield Done(part, tally)
        return
    with ProcessPoolExecutor(jobs, get_context("forkserver"), initializer=ignore_interrupts) as pool:
        yield from in_order(
            parts, lambda part: pool.submit(judge_part, part, judging=judging), ahead=jobs * _AHEAD
        )


def in_order(
    parts: Iterable[Part], submit: Callable[[Part], "Future[Tally]"], *, ahead: int
) -> Iterator[Done]:
    """Results in the order of the parts, only so many of which are under way at once."""
    remaining = iter(parts)
    waiting = [(part, submit(part)) for part in islice(remaining, ahead)]
    try:
        while waiting:
            part, result = waiting.pop(0)
            tally = result.result()
            waiting.extend((each, submit(each)) for each in islice(remaining, 1))
            yield Done(part, tally)
    finally:
        for _, result in waiting:
            result.cancel()


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def judge_part(part: Part, *, judging: Judging) -> Tally:
    """The tally of a whole part."""
    whole = Tally()
    for each in tallies(part, judging):
        whole += each
    return whole


def tallies(part: Part, judging: Judging, stdin: BinaryIO | None = None) -> Iterator[Tally]:
    """A part's tally in successive stretches."""
    stretch = Stretch(part.name)
    for document in documents(part, stdin):
        stretch.add(document, inspect(document, judging, part.name))
        if stretch.events >= STRIDE or stretch.lines >= STRIDE:
            yield stretch.tally()
            stretch = Stretch(part.name)
    yield stretch.tally()


def documents(part: Part, stdin: BinaryIO | None) -> Iterator[Document]:
    """A part's documents; a file that cannot be opened is one that cannot be read."""
    try:
        yield from part.documents(stdin)
    except OSError as error:
        yield Document(b"", flaw=f"{NOT_OPENED}: {error.strerror or 'it is not readable'}")


class Stretch:
    """Adds up documents; the only thing here that changes, and only for a few thousand of them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines = self.size = self.events = self.failed = self.unreadable = 0
        self.kinds: Counter[Kind] = Counter()
        self.kept: Counter[str] = Counter()
        self.sightings: list[Sighting] = []
        self.shapes: Counter[Shape] = Counter()

    def add(self, document: Document, inspected: Inspected) -> None:
        """Count one document."""
        self.lines += document.lines
        self.size += len(document.text)
        self.events += len(inspected.events)
        self.failed += inspected.failed
        self.unreadable += not inspected.readable
        for event in inspected.events:
            self.shapes[shape_of(event)] += 1
        for finding, place in inspected.seen:
            self.kinds[kind_of(self.file, finding)] += 1
            self.kept[finding.rule] += 1
            if self.kept[finding.rule] <= MOST_KEPT:
                self.sightings.append(place(finding))

    def tally(self) -> Tally:
        """What was added up."""
        return Tally(
            lines=self.lines,
            size=self.size,
            events=self.events,
            failed=self.failed,
            unreadable=self.unreadable,
            kinds=self.kinds,
            sightings=tuple(self.sightings),
            quality=Quality(self.shapes),
        )
