"""Parts judged one after another or by several processes: a stream of tallies, in the order of the parts."""

import errno
import gc
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_all_start_methods, get_context, resource_tracker
from multiprocessing.context import BaseContext
from typing import BinaryIO, Final

from mockpin_validator.archive.counting import tally_strides
from mockpin_validator.archive.documents import IS_DEVICE, IS_FOLDER, NOT_OPENED, Document, add_detail
from mockpin_validator.archive.judging import Judging, judge_document
from mockpin_validator.archive.sources import Part
from mockpin_validator.archive.tally import MOST_KEPT, Keeps, Tally, keep_first
from mockpin_validator.files import show_name

#: The number of a system's error -> what kept the file from being opened.
_NOT_FILES: Final = {errno.EISDIR: IS_FOLDER, errno.ENODEV: IS_DEVICE}
#: Parts that wait in memory for each process.
_AHEAD: Final = 3

#: A part, or the next few thousand events of it, and its tally.
PartTally = tuple[Part, Tally]


@dataclass(eq=False)
class ProcessLost(Exception):
    """One of the processes was killed, by somebody or for lack of memory."""

    jobs: int

    def __str__(self) -> str:
        """What happened and what to do."""
        return (
            f"One of {self.jobs} processes was killed before it had judged its part: look for lack of memory"
            " (dmesg), or ask for fewer (--jobs)."
        )


def judge_parts(
    parts: Iterable[Part],
    judging: Judging,
    *,
    jobs: int = 1,
    most: int = MOST_KEPT,
    stdin: BinaryIO | None = None,
) -> Generator[PartTally, None, None]:
    """Judge parts in one process or several; the results come in the order of the parts.

    At least the first `most` findings of each rule and two of each mistake are kept, the others counted. With
    one process results come every few thousand events; with more, a part at a time, and standard input
    cannot be among them. Closed before the last, it ends the processes. Raises ProcessLost.
    """
    if jobs == 1:
        keeps = keep_first(most)
        yield from ((part, tally) for part in parts for tally in judge_part(part, judging, keeps, stdin))
        return
    with ProcessPoolExecutor(
        jobs, choose_context(judging), set_up, (judging, most, gc.get_threshold())
    ) as pool:
        try:
            yield from in_order(parts, lambda part: pool.submit(judge_in_process, part), ahead=jobs * _AHEAD)
        except BrokenProcessPool:
            raise ProcessLost(jobs) from None


def choose_context(judging: Judging) -> BaseContext:
    """How processes are started: as copies of one that has loaded everything, where the system can.

    Loading takes 0.3 s of CPU, a copy 0.02 s. Copies of this process would inherit its threads and databases.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, *judging.modules])
    start_fork_server(context)
    return context


def start_fork_server(context: BaseContext) -> None:
    """Start the process that the others are copies of, and wait until it has loaded everything.

    All are deaf to Ctrl-C. This process handles it, afterwards, when copies start at once: one whose parent
    is gone before it has started would tell of a lost semaphore.
    """
    resource_tracker.ensure_running()  # it would end the deafness
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        copy = context.Process()  # type: ignore[attr-defined]  # every context has it
        copy.start()
        copy.join()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def judge_part(part: Part, judging: Judging, keeps: Keeps, stdin: BinaryIO | None = None) -> Iterator[Tally]:
    """The tallies of a part, one for every few thousand events."""
    documents, file = read_documents(part, stdin), show_name(part.name)
    judged = (judge_document(document, judging, file) for document in documents)
    return tally_strides(file, judged, keeps)


def in_order(
    parts: Iterable[Part], submit: Callable[[Part], "Future[Tally]"], *, ahead: int
) -> Iterator[PartTally]:
    """Results in the order of the parts, with at most `ahead` parts under way at once."""
    remaining = iter(parts)
    waiting = [(part, submit(part)) for part in islice(remaining, ahead)]
    try:
        while waiting:
            part, result = waiting.pop(0)
            tally = result.result()
            waiting.extend((following, submit(following)) for following in islice(remaining, 1))
            yield part, tally
    finally:
        for _, result in waiting:
            result.cancel()


#: What a process that was started to judge needs, made once: its judge takes a tenth of a second to make.
_IN_PROCESS: list[tuple[Judging, Keeps]] = []


def set_up(judging: Judging, most: int, thresholds: tuple[int, int, int]) -> None:
    """Prepare a process that judges; its parent handles Ctrl-C, and looks for cyclic garbage as seldom.

    Each process takes its parts in their order, so the first findings of all are among those it keeps.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*thresholds)
    _IN_PROCESS[:] = [(judging, keep_first(most))]


def judge_in_process(part: Part) -> Tally:
    """The tally of a whole part, in a process that was set up."""
    judging, keeps = _IN_PROCESS[0]
    whole = Tally()
    facts: tuple[object, ...] = ()
    for tally in judge_part(part, judging, keeps):
        whole, facts = whole + tally, (*facts, *tally.facts)
    return replace(whole, facts=facts)


def read_documents(part: Part, stdin: BinaryIO | None) -> Iterator[Document]:
    """A part's documents; a file that cannot be opened is a document with a flaw."""
    try:
        yield from part.documents(stdin)
    except OSError as error:
        other = add_detail(NOT_OPENED, error.strerror or "it is not readable")
        yield Document(b"", 0, 0, _NOT_FILES.get(error.errno or 0, other))
