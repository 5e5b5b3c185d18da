"""Parts judged one after another or by several processes: a stream of tallies, in the order of the parts."""

import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from typing import BinaryIO, Final, NamedTuple

from mockpin_validator.archive.judging import Judging, inspect
from mockpin_validator.archive.lines import IS_FOLDER, NOT_OPENED, Document
from mockpin_validator.archive.sources import Part
from mockpin_validator.archive.stretch import Keeper, Stretch
from mockpin_validator.archive.tally import MOST_KEPT, Tally

#: Events or lines after which a tally is handed on: progress can be seen, an interruption loses little.
STRIDE: Final = 2_000
#: Parts that wait in memory for each process.
_AHEAD: Final = 3


class Done(NamedTuple):
    """What was found in (a stretch of) a part; lines count from the part's beginning."""

    part: Part
    tally: Tally


@dataclass
class Bench:
    """Where one process judges part after part; it keeps the first findings of each rule.

    As each process takes its parts in their order, the first findings of all are among those kept.
    """

    judging: Judging
    keeper: Keeper = field(default_factory=Keeper)

    def tallies(self, part: Part, stdin: BinaryIO | None = None) -> Iterator[Tally]:
        """A part's tally in successive stretches."""
        stretch = Stretch(part.name, self.keeper)
        for document in documents(part, stdin):
            stretch.add(document, inspect(document, self.judging, part.name))
            if max(stretch.events, stretch.lines) >= STRIDE:
                yield stretch.tally()
                stretch = Stretch(part.name, self.keeper)
        yield stretch.tally()


def judge_parts(
    parts: Iterable[Part],
    judging: Judging,
    *,
    jobs: int = 1,
    most: int = MOST_KEPT,
    stdin: BinaryIO | None = None,
) -> Generator[Done, None, None]:
    """Judge parts in one process or several; the results come in the order of the parts.

    At least the first `most` findings of each rule are kept, the others counted. With one process results
    come every few thousand events; with more, a part at a time, and standard input cannot be among them.
    Closed before the last, it ends the processes.
    """
    if jobs == 1:
        bench = Bench(judging, Keeper(most))
        yield from (Done(part, tally) for part in parts for tally in bench.tallies(part, stdin))
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), set_up, (judging, most)) as pool:
        yield from in_order(parts, lambda part: pool.submit(judge_part, part), ahead=jobs * _AHEAD)


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


#: The bench of a process that was started to judge: made once, since its judge takes a while to make.
_BENCHES: list[Bench] = []


def set_up(judging: Judging, most: int) -> None:
    """Make ready a process that judges; Ctrl-C is left to the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _BENCHES[:] = [Bench(judging, Keeper(most))]


def judge_part(part: Part) -> Tally:
    """The tally of a whole part, in a process that was set up."""
    whole = Tally()
    for each in _BENCHES[0].tallies(part):
        whole += each
    return whole


def documents(part: Part, stdin: BinaryIO | None) -> Iterator[Document]:
    """A part's documents; a file that cannot be opened is one that cannot be read."""
    try:
        yield from part.documents(stdin)
    except IsADirectoryError:
        yield Document(b"", 0, 0, IS_FOLDER)
    except OSError as error:
        yield Document(b"", 0, 0, NOT_OPENED._replace(detail=error.strerror or "it is not readable"))
