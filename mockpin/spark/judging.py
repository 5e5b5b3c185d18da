"""The rules in Spark's Python workers: documents in, facts, findings and tallies out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count as count_from
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from mockpin.spark.reading import READERS
from mockpin.spark.schema import FACT_COLUMNS, FINDING_COLUMNS, TALLY_COLUMNS, make_batch
from mockpin.spark.tallies import write_finding, write_mistake, write_tally
from mockpin_validator.archive.counting import tally_strides
from mockpin_validator.archive.judging import judge_document
from mockpin_validator.archive.tally import MOST_KEPT, Tally, keep_first, make_mistake

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

    from mockpin_validator.archive.documents import Document
    from mockpin_validator.archive.judging import Judging
    from mockpin_validator.archive.placing import PlacedFinding
    from mockpin_validator.archive.tally import Keeps

#: Bits of a fact's id: the number of its file, then its place in the file.
PLACE_BITS: Final = 43
#: Ids for each byte of a file, so that the ids of a slice come before those of the next. A line may begin
#: near the end of a slice and hold many events, and a row of Parquet may take less than a byte. So files of
#: lines have up to 2 TiB, others 64 GiB.
IDS_PER_BYTE: Final = {"lines": 4, "whole": 4, "texts": 128, "rows": 128}


@dataclass(frozen=True)
class SliceJudging:
    """How a task judges its slices.

    form: One of `READERS`.
    names: Path of each file -> its number in the order of the report, and the name that it has there.
    settings: A pickled `Judging`; equal settings are unpickled once in each Python worker.
    most: Findings of each rule that are kept; `keeps_all` hands on the others, too.
    """

    form: str
    names: Mapping[str, tuple[int, str]]
    settings: bytes
    most: int = MOST_KEPT
    keeps_all: bool = False

    def judge(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of `schema.COLUMNS` for the batches of a task."""
        documents = READERS[self.form](batches)
        for (path, start), slice_ in groupby(documents, key=itemgetter(0, 1)):
            number, name = self.names[path]
            yield from self.judge_slice((number, start), name, (document for _, _, document in slice_))

    def judge_slice(
        self, slice_: tuple[int, int], name: str, documents: Iterable[Document]
    ) -> Iterator[pa.RecordBatch]:
        """The facts and findings of a slice, then its tally."""
        judging = load_judging(self.settings)
        judged = (judge_document(document, judging, name) for document in documents)
        keeps = keep_first(self.most)
        whole, ids, positions = Tally(), number_facts(*slice_, per_byte=IDS_PER_BYTE[self.form]), count_from()
        for tally in tally_strides(name, judged, keep_every if self.keeps_all else keeps):
            if tally.facts:
                rows = ((next(ids), *fact) for fact in tally.facts)
                yield make_batch(slice_, FACT_COLUMNS, rows)
            if tally.findings:
                kept = keeps if self.keeps_all else keep_every
                yield make_batch(slice_, FINDING_COLUMNS, describe_findings(tally.findings, positions, kept))
            whole += replace(tally, findings=(), facts=())
        yield make_batch(slice_, TALLY_COLUMNS, [(write_tally(whole),)])


def describe_findings(
    findings: Iterable[PlacedFinding], positions: Iterator[int], keeps: Keeps
) -> Iterator[tuple[Any, ...]]:
    """The rows of findings."""
    for placed in findings:
        mistake = make_mistake(placed.file, placed.finding)
        yield (
            next(positions),
            placed.finding.rule,
            write_mistake(mistake),
            keeps(mistake),
            write_finding(placed),
        )


def keep_every(_: Any) -> bool:
    """Keep a finding, whatever it is."""
    return True


def number_facts(file: int, start: int, *, per_byte: int) -> Iterator[int]:
    """Ids for the facts of a slice: in the order of files, slices and events, with gaps."""
    return count_from((file << PLACE_BITS) + start * per_byte + 1)


@lru_cache(maxsize=4)
def load_judging(settings: bytes) -> Judging:
    """The judging that was pickled. Cached: making its judge takes a tenth of a second."""
    judging: Judging = pickle.loads(settings)  # noqa: S301 - written by the driver of this run
    return judging


def make_judge(judging: SliceJudging) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function for `mapInArrow`."""

    def judge(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return judging.judge(batches)

    return judge
