"""The forms of files that are not lines of JSON or one document: one row each."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import BinaryIO, Final, NamedTuple

from mockpin_validator.archive.arrays import ArrayReader
from mockpin_validator.archive.documents import MARK, Document, make_flaw, read_documents
from mockpin_validator.archive.har import har_documents, is_har
from mockpin_validator.archive.opening import HEAD
from mockpin_validator.archive.tables import csv_documents, is_csv, is_parquet, parquet_documents


class FileForm(NamedTuple):
    """A form of files, which are read from their beginning.

    begins: Whether a file with this beginning and name has the form. read: The documents of a stream.
    is_json: Whether the file is a JSON text, which --fix can correct in its place.
    """

    begins: Callable[[bytes, str], bool]
    read: Callable[[BinaryIO], Iterator[Document]]
    is_json: bool


def is_array(head: bytes) -> bool:
    """Whether a file that begins so holds arrays of JSON."""
    return head.removeprefix(MARK).lstrip()[:1] == b"["


PARQUET: Final = FileForm(lambda head, _name: is_parquet(head), parquet_documents, is_json=False)
ARRAY: Final = FileForm(
    lambda head, _name: is_array(head), lambda stream: ArrayReader(stream).chunks(), is_json=True
)
HAR: Final = FileForm(lambda head, _name: is_har(head), har_documents, is_json=True)
CSV: Final = FileForm(is_csv, csv_documents, is_json=False)


def make_refused(beginnings: tuple[bytes, ...], message: str, fix: str) -> FileForm:
    """A form that is refused with one finding; read as JSON or CSV, such a file has one on each line."""
    flaw = make_flaw(message, fix)
    return FileForm(
        lambda head, _name: head.startswith(beginnings),
        lambda _stream: iter([Document(b"", flaw=flaw)]),
        is_json=False,
    )


UTF_16: Final = make_refused(
    (BOM_UTF16_LE, BOM_UTF16_BE), "This is UTF-16, which Windows writes.", "Save the file in UTF-8."
)
#: A file of Excel is a ZIP archive since 2007, and was a compound file before.
WORKBOOK: Final = make_refused(
    (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "This is a workbook of Excel or a ZIP archive.",
    "Save the workbook as CSV in UTF-8, or unpack the archive.",
)

#: Each form; the first whose beginning a file has is its form.
FORMS: Final = (UTF_16, WORKBOOK, PARQUET, ARRAY, HAR, CSV)


def find_form(head: bytes, name: str) -> FileForm | None:
    """The form of a file by its beginning and name; None for lines of JSON and for one document."""
    return next((form for form in FORMS if form.begins(head, name)), None)


def read_form(stream: BufferedReader, name: str) -> Iterator[Document]:
    """The documents of a whole file in any form."""
    form = find_form(stream.peek(HEAD), name)
    return form.read(stream) if form else read_documents(stream, name)
