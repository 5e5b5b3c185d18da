"""Rows of Spark as documents, in the Python workers: lines of files, whole files, and rows of tables.

Each reader takes the batches of a task, whose first columns are the path of a file and where the slice of it
begins, and yields path, beginning and document. The rows of a slice follow each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from mockpin_validator.archive.documents import LIMIT, TOO_LONG, Document
from mockpin_validator.archive.opening import decompress
from mockpin_validator.archive.sources import read_any
from mockpin_validator.archive.tables import made_document

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

    PlacedDocument = tuple[str, int, Document]
    Reader = Callable[[Iterable[pa.RecordBatch]], Iterator[PlacedDocument]]


#: The text of a row that holds no event.
BLANK: Final = b" "
NOTHING: Final = Document(BLANK, 0, 0)


def read_lines(batches: Iterable[pa.RecordBatch]) -> Iterator[PlacedDocument]:
    """A document for each line; Spark has cut its end off, which the archive's own reader leaves on."""
    for path, start, line, text in number_rows(batches):
        whole = (text or b"") + b"\n"
        flaw = TOO_LONG if len(whole) > LIMIT else None
        yield path, start, Document(b"" if flaw else whole, line, flaw=flaw)


def read_files(batches: Iterable[pa.RecordBatch]) -> Iterator[PlacedDocument]:
    """The documents of whole files, whatever form or compression these have."""
    for path, start, _, content in number_rows(batches):
        stream = decompress(BytesIO(content))
        yield path, start, NOTHING  # a file of lines may hold none, and has a tally, too
        yield from ((path, start, document) for document in read_any(stream, path))


def read_texts(batches: Iterable[pa.RecordBatch]) -> Iterator[PlacedDocument]:
    """A document for each value of a column of JSON; NULL and an empty text are blank lines."""
    for path, start, line, (index, text) in number_rows(batches):
        yield path, start, Document(text or BLANK, *place_row(line, index))


def read_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[PlacedDocument]:
    """A document for each row whose columns are the fields of an event; NULL is a blank line."""
    for path, start, line, (index, row) in number_rows(batches):
        place = place_row(line, index)
        yield path, start, Document(BLANK, *place) if row is None else made_document(row, *place)


def place_row(line: int, index: int | None) -> tuple[int, int]:
    """The line of a row, and how many lines it spans.

    A row that knows its index in the whole file spans none, so that no earlier slice moves it.
    """
    return (line, 1) if index is None else (index + 1, 0)


def number_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, int, int, Any]]:
    """Path, beginning of the slice, number of the row in the slice (from 1), and what else there is."""
    slice_, number = None, 0
    for batch in batches:
        paths, starts, *others = (column.to_pylist() for column in batch.columns)
        for path, start, row in zip(
            paths, starts, others[0] if len(others) == 1 else zip(*others, strict=True), strict=True
        ):
            number = number + 1 if (path, start) == slice_ else 1
            slice_ = path, start
            yield path, start, number, row


#: Form of a source -> how its rows are read.
READERS: Final[Mapping[str, Reader]] = {
    "lines": read_lines,
    "whole": read_files,
    "texts": read_texts,
    "rows": read_rows,
}
