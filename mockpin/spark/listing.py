"""The files that paths name, in the order of the report, and the form that each is read in."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from mockpin.spark.problems import SparkUnusable
from mockpin_validator.archive.documents import Document, numbered, spans_lines
from mockpin_validator.archive.har import is_har
from mockpin_validator.archive.opening import HEAD, begins_compressed
from mockpin_validator.archive.sources import is_array
from mockpin_validator.archive.tables import PARQUET, is_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import SparkSession

#: Files whose beginnings are read at once: the storage of a cloud takes its time for each.
READERS: Final = 32
#: Where a path begins to be a pattern.
_PATTERN: Final = re.compile(r"[*?\[{]")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FILE_SCHEME: Final = re.compile(r"^file:/+")


class SourceFile(NamedTuple):
    """A file to judge.

    path: Its URI, as Spark's `_metadata.file_path` has it. name: As the report calls it.
    number: Its place in the report. size: Bytes. modified: Milliseconds. head: Its first bytes.
    form: `empty`, `lines`, `whole` (compressed, an array, HAR, CSV, one document) or `rows` (Parquet).
    """

    path: str
    name: str
    number: int
    size: int
    modified: int
    head: bytes
    form: str


def list_files(session: SparkSession, paths: Sequence[str]) -> tuple[SourceFile, ...]:
    """The files of paths: files, directories (with those inside) and patterns. Raises SparkUnusable."""
    given = [name_absolutely(path) for path in paths]
    index = (
        session.read.format("binaryFile").option("recursiveFileLookup", "true").load([*dict.fromkeys(given)])
    )
    listed = {normalize(uri) for uri in index.inputFiles()}
    if not listed:
        raise SparkUnusable(f"There are no files in {', '.join(paths)}: name files, directories or patterns.")
    in_order = sorted(listed, key=lambda uri: (order_of(uri, given), uri))
    with ThreadPoolExecutor(READERS) as pool:
        beginnings = [*pool.map(lambda uri: read_beginning(session, uri), in_order)]
    return tuple(
        SourceFile(uri, name_file(uri, paths), number, size, modified, head, tell_form(head, uri))
        for number, (uri, (size, modified, head)) in enumerate(zip(in_order, beginnings, strict=True))
    )


def name_absolutely(path: str) -> str:
    """A path as Spark takes it: a local one from the root on, so that no default file system is meant."""
    return path if _SCHEME.match(path) else f"file:{Path(path).absolute()}"


def order_of(uri: str, given: Sequence[str]) -> int:
    """The place of the path that a file was found by."""
    plain = normalize(unquote(uri))
    return next(
        (
            number
            for number, path in enumerate(given)
            if plain == normalize(path) or plain.startswith(_fixed_part(normalize(path)))
        ),
        len(given),
    )


def normalize(uri: str) -> str:
    """A URI whose scheme `file` has no empty host, which Spark writes or leaves out."""
    return _FILE_SCHEME.sub("file:/", uri)


def _fixed_part(path: str) -> str:
    """What comes before the pattern of a path; of a directory, all of it and a slash."""
    return _PATTERN.split(path, maxsplit=1)[0] if _PATTERN.search(path) else f"{path.rstrip('/')}/"


def name_file(uri: str, paths: Sequence[str]) -> str:
    """A file's name in the report: a local one as the paths were written, any other by its URI."""
    plain = normalize(unquote(uri))
    if not plain.startswith("file:"):
        return plain
    name = plain.removeprefix("file:")
    is_absolute = any(path.startswith(("/", "file:")) for path in paths)
    return name if is_absolute else os.path.relpath(name)


def read_beginning(session: SparkSession, uri: str) -> tuple[int, int, bytes]:
    """Size, time of change and first 64 KiB of a file, by whatever file system Spark has for it."""
    context = session.sparkContext
    jvm: Any = context._jvm  # noqa: SLF001 - Spark has no other way to a part of a file
    path = jvm.org.apache.hadoop.fs.Path(jvm.java.net.URI(uri))
    system = path.getFileSystem(context._jsc.hadoopConfiguration())  # noqa: SLF001
    status = system.getFileStatus(path)
    stream = system.open(path)
    try:
        return status.getLen(), status.getModificationTime(), bytes(stream.readNBytes(HEAD))
    finally:
        stream.close()


def tell_form(head: bytes, name: str) -> str:
    """The form of a file that begins so, as `read_any` would tell it."""
    if not head:
        return "empty"
    if head.startswith(PARQUET):
        return "rows"
    if begins_compressed(head) or is_array(head) or is_har(head) or is_csv(head, name):
        return "whole"
    first = next(_lines_with_text(head), None)
    return "whole" if first is None or spans_lines(first, name) else "lines"


def _lines_with_text(head: bytes) -> Iterator[bytes]:
    documents: Iterator[Document] = numbered(BytesIO(head))
    return (document.text for document in documents if document.text.strip())
