"""CSV and Parquet files as documents, one a row."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import orjson

from mockpin_validator.archive.documents import LIMIT, Document, add_detail, make_flaw
from mockpin_validator.archive.rows import event_of, is_table_of_events

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARQUET: Final = b"PAR1"
_DELIMITERS: Final = ",;\t"
_NAMES: Final = (".csv", ".tsv")
_ROWS: Final = 1000
_LINE_END: Final = re.compile(r"[\r\n]")

NO_COLUMNS: Final = make_flaw(
    "The first line names no columns of events.",
    "Name the columns as Pinterest names its fields, such as event_name, event_time and em, or by the paths"
    " of a Segment event, such as type and properties.revenue.",
)
RAGGED: Final = make_flaw(
    "This row has more cells than there are columns.", "Quote cells that hold the separator."
)
NOT_CSV: Final = make_flaw("This is not CSV.", "Save the table as CSV in UTF-8.")
NOT_UTF_8: Final = make_flaw("This is not UTF-8.", "Save the table as CSV in UTF-8.")
NO_PARQUET: Final = make_flaw(
    "Reading Parquet needs another package.", "Install it with: pip install 'mockpin[parquet]'."
)
BROKEN_PARQUET: Final = make_flaw("This Parquet file cannot be read.", "Write the file again.")


def is_csv(head: bytes, name: str) -> bool:
    """Whether a file that begins so is CSV: by its name, or because its first line names fields of events."""
    bare = name.removesuffix(".gz").removesuffix(".zst")
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
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
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    end = 1
    try:
        header = text.readline()
        columns = read_header(header)
        if not is_table_of_events(columns):
            yield Document(b"", 1, flaw=NO_COLUMNS)
            return
        rows = csv.reader(text, delimiter=find_delimiter(header), strict=True)
        for row in rows:
            line, end = end + 1, rows.line_num + 1
            if row:
                yield document_of_row(columns, row, line, end - line + 1)
    except UnicodeDecodeError:
        yield Document(b"", end + 1, flaw=NOT_UTF_8)
    except csv.Error as error:
        yield Document(b"", end + 1, flaw=add_detail(NOT_CSV, str(error)))
    finally:
        text.detach()  # or it would close the stream


def document_of_row(columns: "Sequence[str]", row: "Sequence[str]", line: int, lines: int) -> Document:
    """The event of a row as a JSON document."""
    if len(row) > len(columns):
        return Document(b"", line, lines, RAGGED)
    return made_document(dict(zip(columns, row, strict=False)), line, lines)


def made_document(row: "Mapping[str, Any]", line: int, lines: int = 1) -> Document:
    """A document whose JSON was made of a row, so that columns of its text mean nothing."""
    text = orjson.dumps(event_of(row), default=str, option=orjson.OPT_NON_STR_KEYS)
    return Document(text, line, lines, is_made=True)


def parquet_documents(stream: BinaryIO) -> Iterator[Document]:
    """A document for each row of a Parquet file; lines count rows. Needs the extra `parquet`."""
    try:
        from pyarrow import (  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional package
            ArrowException,
            parquet,
        )
    except ImportError:
        yield Document(b"", 0, 0, NO_PARQUET)
        return
    with tempfile.TemporaryFile() as file:  # Parquet is read from its end
        copy(stream, file)
        try:
            rows = (
                row
                for batch in parquet.ParquetFile(file).iter_batches(batch_size=_ROWS)
                for row in batch.to_pylist()
            )
            for number, row in enumerate(rows, start=1):
                yield made_document(row, number)
        except (ArrowException, OSError, ValueError) as error:
            yield Document(b"", 0, 0, add_detail(BROKEN_PARQUET, str(error).partition("\n")[0][:200]))


def copy(stream: BinaryIO, file: Any) -> None:
    """Write all of a stream to a file, from whose beginning it can then be read."""
    while part := stream.read(1 << 20):
        file.write(part)
    file.seek(0)
