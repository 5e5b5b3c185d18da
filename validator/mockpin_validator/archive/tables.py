"""CSV and Parquet files as documents, one a row."""

import csv
import io
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

import orjson

from mockpin_validator.archive.documents import LIMIT, MARK, Document, add_detail, make_flaw
from mockpin_validator.archive.rows import ColumnsClash, build_event, is_table_of_events
from mockpin_validator.judging.finding import Complaint

_PARQUET: Final = b"PAR1"
_DELIMITERS: Final = ",;\t"
_NAMES: Final = (".csv", ".tsv")
_ROWS: Final = 1000
_LINE_END: Final = re.compile(r"[\r\n]")
_HALF_PAIR: Final = re.compile(r"[\ud800-\udfff]")

NO_COLUMNS: Final = make_flaw(
    "The first line names no columns of events.",
    "Name the columns as Pinterest names its fields, such as event_name, event_time and em, or by the paths"
    " of a Segment event, such as type and properties.revenue.",
)
RAGGED: Final = make_flaw(
    "This row has more cells than there are columns.", "Quote cells that hold the separator."
)
TWICE: Final = make_flaw(
    "Two columns have the same name", "Rename one of them, or leave it out: only one can be the field."
)
CLASH: Final = make_flaw(
    "Two columns of this row claim one place in the event", "Leave one of the cells empty, or one column out."
)
NO_JSON: Final = make_flaw(
    "This row cannot be written as JSON", "Check its cells for objects and lists nested too deeply."
)
NOT_CSV: Final = make_flaw("This is not CSV.", "Save the table as CSV in UTF-8.")
NOT_UTF_8: Final = make_flaw("This line is not UTF-8.", "Save the table as CSV in UTF-8.")
NO_PARQUET: Final = make_flaw(
    "Reading Parquet needs another package.", "Install it with: pip install 'mockpin[parquet]'."
)
BROKEN_PARQUET: Final = make_flaw("This Parquet file cannot be read.", "Write the file again.")


def is_parquet(head: bytes) -> bool:
    """Whether a file that begins so is Parquet."""
    return head.startswith(_PARQUET)


def is_csv(head: bytes, name: str) -> bool:
    """Whether a file that begins so is CSV: by its name, or because its first line names fields of events."""
    bare = name.removesuffix(".gz").removesuffix(".zst")
    first = head.removeprefix(MARK).lstrip()
    if first[:1] in (b"{", b"["):
        return False
    return bare.endswith(_NAMES) or is_table_of_events(read_header(first.decode(errors="replace")))


def read_header(text: str) -> list[str]:
    """The names of the columns in the first line of a text."""
    line = _LINE_END.split(text, maxsplit=1)[0]
    return [name.strip() for name in next(csv.reader([line], delimiter=find_delimiter(line)), [])]


def find_delimiter(line: str) -> str:
    """The separator of a header: the most frequent of comma, semicolon and tab."""
    return max(_DELIMITERS, key=line.count)


def csv_documents(stream: BinaryIO) -> Iterator[Document]:
    """A document for each row of CSV, at the line on which the row begins."""
    csv.field_size_limit(LIMIT)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    end = 1
    try:
        header = text.readline()
        columns = read_header(header)
        if flaw := flaw_of_columns(columns):
            yield Document(b"", 1, flaw=flaw)
            return
        rows = csv.reader(text, delimiter=find_delimiter(header), strict=True)
        for row in rows:
            line, end = end + 1, rows.line_num + 1
            if row:
                yield document_of_row(columns, row, line, end - line + 1)
    except csv.Error as error:
        yield Document(b"", end + 1, flaw=add_detail(NOT_CSV, str(error)))
    finally:
        text.detach()  # or it would close the stream


def flaw_of_columns(columns: "Sequence[str]") -> Complaint | None:
    """Why no rows can be read below a header of these columns; None where they can."""
    if holds_other_bytes(columns):
        return NOT_UTF_8
    if not is_table_of_events(columns):
        return NO_COLUMNS
    twice = next((name for name, times in Counter(columns).items() if name and times > 1), None)
    return add_detail(TWICE, twice) if twice else None


def holds_other_bytes(cells: Iterable[Any]) -> bool:
    """Whether a text holds bytes that are not UTF-8, which are read as halves of surrogate pairs."""
    return any(isinstance(cell, str) and _HALF_PAIR.search(cell) for cell in cells)


def document_of_row(columns: "Sequence[str]", row: "Sequence[str]", line: int, lines: int) -> Document:
    """The event of a row as a JSON document."""
    if len(row) > len(columns):
        return Document(b"", line, lines, RAGGED)
    return made_document(dict(zip(columns, row, strict=False)), line, lines)


def made_document(row: "Mapping[str, Any]", line: int, lines: int = 1) -> Document:
    """A document whose JSON was made of a row, so that columns of its text mean nothing."""
    try:
        text = orjson.dumps(build_event(row), default=str, option=orjson.OPT_NON_STR_KEYS)
    except ColumnsClash as error:
        return Document(b"", line, lines, add_detail(CLASH, str(error)))
    except orjson.JSONEncodeError as error:
        flaw = NOT_UTF_8 if holds_other_bytes(row.values()) else add_detail(NO_JSON, str(error))
        return Document(b"", line, lines, flaw)
    return Document(text, line, lines, is_made=True)


def parquet_documents(stream: BinaryIO) -> Iterator[Document]:
    """A document for each row of a Parquet file; lines count rows. Needs the extra `parquet`."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional package
        from pyarrow import parquet  # noqa: PLC0415 - as above
    except ImportError:
        yield Document(b"", 0, 0, NO_PARQUET)
        return
    with tempfile.TemporaryFile() as file:  # Parquet is read from its end
        shutil.copyfileobj(stream, file)
        try:
            rows = (
                row
                for batch in parquet.ParquetFile(file).iter_batches(batch_size=_ROWS)
                for row in in_seconds(batch, pa).to_pylist()
            )
            for number, row in enumerate(rows, start=1):
                yield made_document(row, number)
        except (pa.ArrowException, ArithmeticError, OSError, ValueError) as error:
            yield Document(b"", 0, 0, add_detail(BROKEN_PARQUET, str(error).partition("\n")[0][:200]))


def in_seconds(batch: Any, pa: Any) -> Any:
    """A batch of rows with its times as whole Unix seconds; those without a zone are taken as UTC.

    Python's own times end with the year 9999, have no nanoseconds and need their zone to be known.
    """
    for unit in (pa.timestamp("s"), pa.int64()):
        columns = [field.with_type(replace_times(field.type, unit, pa)) for field in batch.schema]
        batch = batch.cast(pa.schema(columns), safe=False)
    return batch


def replace_times(kind: Any, unit: Any, pa: Any) -> Any:
    """A type of Arrow with another one for the times in it, also for those of objects and lists."""
    if pa.types.is_timestamp(kind):
        return unit
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(replace_times(field.type, unit, pa)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(replace_times(kind.value_type, unit, pa)))
    return kind
