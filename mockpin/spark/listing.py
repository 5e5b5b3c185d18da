"""The files that paths name, in the order of the report, and the form that each is read in."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from mockpin.spark.problems import SparkUnusable
from mockpin_validator.archive.forms import PARQUET, find_form
from mockpin_validator.archive.opening import HEAD
from mockpin_validator.archive.sources import begins_lines

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Files whose beginnings are read at once: the storage of a cloud takes its time for each.
READERS: Final = 32
#: Bytes of the beginning that are kept of each file.
HEAD_KEPT: Final = 4096
NO_FILES: Final = "There are no files in {}: name files, directories or patterns."
HIDDEN: Final = "Spark leaves out files whose names begin with _ or a dot, as {} does: give it another name."
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
    given = [qualify(session, path) for path in paths]
    index = (
        session.read.format("binaryFile").option("recursiveFileLookup", "true").load([*dict.fromkeys(given)])
    )
    listed = {normalize(uri) for uri in index.inputFiles()}
    for path, full in zip(paths, given, strict=True):
        if not any(is_found_by(uri, full) for uri in listed):
            raise SparkUnusable((HIDDEN if is_hidden(full) else NO_FILES).format(path))
    in_order = sorted(listed, key=lambda uri: (index_of_path(uri, given), uri))
    with ThreadPoolExecutor(READERS) as pool:
        beginnings = [*pool.map(lambda uri: read_beginning(session, uri), in_order)]
    return tuple(
        SourceFile(uri, name_file(uri, paths), number, *beginning)
        for number, (uri, beginning) in enumerate(zip(in_order, beginnings, strict=True))
    )


def qualify(session: SparkSession, path: str) -> str:
    """A path with its file system, as Spark names what it finds there."""
    found, system = find_system(session, name_absolutely(path))
    return normalize(system.makeQualified(found).toString())


def name_absolutely(path: str) -> str:
    """A path as Spark takes it: a local one from the root on, so that no default file system is meant."""
    return path if _SCHEME.match(path) else f"file:{Path(path).absolute()}"


def find_system(session: SparkSession, uri: Any) -> tuple[Any, Any]:
    """Hadoop's path of a text or a URI of Java, and the file system that it is on."""
    context = session.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(uri)  # noqa: SLF001 - Spark has no other way to files
    return path, path.getFileSystem(context._jsc.hadoopConfiguration())  # noqa: SLF001


def index_of_path(uri: str, given: Sequence[str]) -> int:
    """The index of the first of the given paths that a file was found by."""
    return next((number for number, path in enumerate(given) if is_found_by(uri, path)), len(given))


def is_found_by(uri: str, path: str) -> bool:
    """Whether a file is what a qualified path names, is inside it, or begins as its pattern does."""
    plain = normalize(unquote(uri))
    return plain == path or plain.startswith(_fixed_part(path))


def is_hidden(path: str) -> bool:
    """Whether a path names what Spark takes for its own notes and leaves out."""
    return path.rpartition("/")[2].startswith(("_", "."))


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


def read_beginning(session: SparkSession, uri: str) -> tuple[int, int, bytes, str]:
    """Size, time of change, first bytes and form of a file, by whatever file system Spark has for it."""
    jvm: Any = session.sparkContext._jvm  # noqa: SLF001 - Spark has no other way to a part of a file
    path, system = find_system(session, jvm.java.net.URI(uri))
    status = system.getFileStatus(path)
    stream: BufferedReader = BufferedReader(HadoopFile(system.open(path)), HEAD)
    with stream:
        head = stream.peek(HEAD)[:HEAD_KEPT]
        return status.getLen(), status.getModificationTime(), head, tell_form(stream, uri)


class HadoopFile(RawIOBase):
    """A stream of Hadoop's as one of Python's."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read as many bytes as there is room for; 0 at the end."""
        read = bytes(self._stream.readNBytes(len(buffer)))
        buffer[: len(read)] = read
        return len(read)

    def close(self) -> None:
        """Close both."""
        self._stream.close()
        super().close()


def tell_form(stream: BufferedReader, name: str) -> str:
    """The form of a file at its beginning, as one process would tell it."""
    head = stream.peek(HEAD)
    if not head:
        return "empty"
    if find_form(head, name) is PARQUET:
        return "rows"
    return "lines" if begins_lines(stream, name) else "whole"
