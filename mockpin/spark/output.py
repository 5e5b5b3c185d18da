"""What `--output` writes: Parquet in a directory that looks whole only when it is.

Rows of judged files are stored lot by lot in `_work`, so that a run that was ended goes on where it stopped.
The tables are made there, too, and moved to their names at the end. `_SUCCESS` comes last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import orjson

from mockpin.observations.in_files import FileFacts
from mockpin.spark.archive import judge_sources
from mockpin.spark.listing import name_absolutely
from mockpin.spark.problems import SparkUnusable
from mockpin.spark.sources import open_files
from mockpin.version import __version__

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from mockpin.spark.listing import SourceFile
    from mockpin_validator.archive import Judging

WORK: Final = "_work"
MARKER: Final = "_SUCCESS"
#: Bytes of files that are judged and stored together: what an ended run loses at most.
LOT_SIZE: Final = 4 << 30
#: Files from whose beginnings the key of the digests is made.
_KEY_FILES: Final = 64
#: How the name of the directory begins that notes when a run began.
_BEGAN: Final = "now-"


@dataclass(frozen=True)
class OutputFolder:
    """A directory on any file system that Spark has."""

    session: SparkSession
    folder: str

    @property
    def _hadoop(self) -> Any:
        return self.session.sparkContext._jvm.org.apache.hadoop.fs  # noqa: SLF001 - Spark has no API for files

    def _path(self, name: str) -> Any:
        return self._hadoop.Path(self.locate(name))

    @property
    def _system(self) -> Any:
        return self._path("").getFileSystem(self.session.sparkContext._jsc.hadoopConfiguration())  # noqa: SLF001

    def locate(self, name: str) -> str:
        """The path of something in it."""
        return f"{name_absolutely(self.folder).rstrip('/')}/{name}"

    def has(self, name: str) -> bool:
        """Whether there is such a file or directory."""
        return bool(self._system.exists(self._path(name)))

    def names(self, name: str = "") -> list[str]:
        """The names of what is in a directory; none where there is no such directory."""
        if not self.has(name):
            return []
        return sorted(status.getPath().getName() for status in self._system.listStatus(self._path(name)))

    def make(self, name: str) -> None:
        """Make a directory."""
        self._system.mkdirs(self._path(name))

    def move(self, name: str, to: str) -> None:
        """Give a directory another name, in place of what has it."""
        self._system.delete(self._path(to), True)  # noqa: FBT003 - Java has no names of arguments
        if not self._system.rename(self._path(name), self._path(to)):
            raise SparkUnusable(f"Spark could not rename {self.locate(name)}: check who may write there.")

    def finish(self) -> None:
        """Mark it as whole, and remove the work."""
        self._system.create(self._path(MARKER)).close()
        self._system.delete(self._path(WORK), True)  # noqa: FBT003

    def check_free(self) -> None:
        """Raise SparkUnusable where something is in it that is not of an ended run."""
        names = self.names()
        if MARKER in names:
            raise SparkUnusable(
                f"{self.folder} holds a finished report: name another directory, or remove it."
            )
        if names and WORK not in names:
            raise SparkUnusable(f"{self.folder} is not empty: name another directory for --output.")


@dataclass(frozen=True)
class StoredRun:
    """Files that are judged lot by lot into an output folder; equal settings and files go on with it.

    keeps_now: Whether the time of `judging` was asked for. Otherwise it is the present, and a run that goes
        on keeps the time at which it first began.
    """

    output: OutputFolder
    files: tuple[SourceFile, ...]
    judging: Judging
    column: str | None = None
    lot_size: int = LOT_SIZE
    keeps_now: bool = False

    @property
    def folder(self) -> str:
        """The directory of its work, named after all that decides what is found in an event.

        Limits of observations are not among it: those are made anew from the stored rows.
        """
        settings = {field.name: getattr(self.judging, field.name) for field in fields(self.judging)}
        settings |= {"fact_of": None, "now": "present" if self._takes_present else self.judging.now}
        files = [(file.path, file.size, file.modified) for file in self.files]
        said = [__version__, settings, self.column, self.lot_size, files]
        named = orjson.dumps(said, default=_write_setting, option=orjson.OPT_NON_STR_KEYS)
        return f"{WORK}/{blake2b(named, digest_size=12).hexdigest()}"

    @property
    def _takes_present(self) -> bool:
        return self.judging.now is not None and not self.keeps_now

    def prepared(self) -> StoredRun:
        """The run with its key, and as of the time at which it first began unless another was asked for.

        The key of the digests is made of the files: it is stored nowhere, and an ended run finds it again.
        """
        heads = b"".join(file.head for file in self.files[:_KEY_FILES])
        key = blake2b(heads, digest_size=16).digest()
        now = self._begin() if self._takes_present else self.judging.now
        return replace(self, judging=replace(self.judging, fact_of=FileFacts(key), now=now))

    def _begin(self) -> float:
        """The time at which it first began, in whole seconds, noted in its directory."""
        noted = [name for name in self.output.names(self.folder) if name.startswith(_BEGAN)]
        began = noted[0] if noted else f"{_BEGAN}{self.judging.now:.0f}"
        self.output.make(f"{self.folder}/{began}")
        return float(began.removeprefix(_BEGAN))

    def judge(self, *, most: int) -> DataFrame:
        """The rows of all lots, of which those are judged that are not stored yet."""
        session, stored = self.output.session, []
        for number, lot in enumerate(split(self.files, self.lot_size)):
            name = f"{self.folder}/lot-{number:05}-{most}"
            if not self.output.has(f"{name}/{MARKER}"):
                rows = judge_sources(
                    open_files(session, lot, self.column), self.judging, most=most, keeps_all=True
                )
                rows.write.mode("overwrite").parquet(self.output.locate(name))
            stored.append(self.output.locate(name))
        return session.read.parquet(*stored)

    def write(self, tables: Mapping[str, DataFrame]) -> None:
        """Write the tables, each at its name when all of them are there."""
        for name, rows in tables.items():
            rows.write.mode("overwrite").parquet(self.output.locate(f"{self.folder}/tables/{name}"))
        for name in tables:
            self.output.move(f"{self.folder}/tables/{name}", name)
        self.output.finish()


def split(files: Sequence[SourceFile], size: int) -> Iterator[list[SourceFile]]:
    """Files in lots of about a size in bytes."""
    lot: list[SourceFile] = []
    for file in files:
        if lot and sum(earlier.size for earlier in lot) + file.size > size:
            yield lot
            lot = []
        lot.append(file)
    if lot:
        yield lot


def _write_setting(value: Any) -> Any:
    """A setting that JSON cannot hold: a function by its name, a mapping as an object."""
    return f"{value.__module__}.{value.__qualname__}" if callable(value) else dict(value)
