"""Judged documents added up to the tally of a stretch of a file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from mockpin_validator.archive.judging import JudgedDocument
from mockpin_validator.archive.tally import Keeps, Tally, make_mistake
from mockpin_validator.match_quality.quality import Quality

#: Events or lines after which a tally is handed on: progress can be seen, an interruption loses little.
STRIDE: Final = 2_000
#: Bytes after which a tally is handed on, so that few texts are held until they are counted.
STRIDE_SIZE: Final = 4_000_000


def tally_strides(file: str, documents: Iterable[JudgedDocument], keeps: Keeps) -> Iterator[Tally]:
    """The tallies of a file's judged documents, one for every few thousand events; at least one."""
    stride: list[JudgedDocument] = []
    events = lines = size = 0
    for document in documents:
        stride.append(document)
        events, lines, size = events + len(document.shapes), lines + document.lines, size + document.size
        if max(events, lines) >= STRIDE or size >= STRIDE_SIZE:
            yield add_up_documents(file, stride, keeps)
            stride, events, lines, size = [], 0, 0, 0
    yield add_up_documents(file, stride, keeps)


def add_up_documents(file: str, documents: Sequence[JudgedDocument], keeps: Keeps) -> Tally:
    """The tally of judged documents; `keeps` decides which of their findings are placed and kept."""
    findings = [finding for document in documents for finding in document.findings]
    mistakes = [make_mistake(file, finding) for finding, _ in findings]
    return Tally(
        lines=sum(document.lines for document in documents),
        size=sum(document.size for document in documents),
        events=sum(len(document.shapes) for document in documents),
        failed=sum(document.failed for document in documents),
        unreadable=sum(not document.is_readable for document in documents),
        mistakes=Counter(mistakes),
        findings=tuple(
            place(finding)
            for (finding, place), mistake in zip(findings, mistakes, strict=True)
            if keeps(mistake)
        ),
        quality=Quality(Counter(chain.from_iterable(document.shapes for document in documents))),
        facts=tuple(chain.from_iterable(document.facts for document in documents)),
    )
