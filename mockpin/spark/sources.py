"""What is to be judged as DataFrames, each in the columns that a reader of `reading` takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from mockpin.spark.problems import SparkUnusable
from mockpin_validator.archive.rows import EVENT_COLUMNS, SEGMENT_COLUMNS, is_table_of_events
from mockpin_validator.contract.spelling import suggest

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from mockpin.spark.listing import SourceFile

#: Bytes between the beginnings of two partitions of a table, which has no bytes: 2^30 rows at most.
PARTITION_BITS: Final = 30
TEXT_TYPES: Final = ("string", "binary")
#: A character that Spark reads as part of a pattern.
_PATTERN_CHARACTER: Final = re.compile(r"([*?\[\]{}])")
#: The heading under which DESCRIBE TABLE lists the columns that partition a table.
_PARTITIONS: Final = "# Partition Information"
_PATH: Final = "_metadata.file_path AS path"
_BLOCK: Final = "_metadata.file_block_start AS start"
_INDEX: Final = "_metadata.row_index AS row_index"


class Source(NamedTuple):
    """Rows to judge, the reader that takes them, and the files' numbers and names in the report by path."""

    rows: DataFrame
    form: str
    names: Mapping[str, tuple[int, str]]


def open_files(session: SparkSession, files: Iterable[SourceFile], column: str | None) -> Iterator[Source]:
    """The sources of files; `column` is the one of Parquet files that holds JSON."""
    by_form: dict[str, list[SourceFile]] = {}
    for file in files:
        by_form.setdefault(file.form, []).append(file)
    for form, some in by_form.items():
        rows, form_of_rows = _OPENERS[form](session, [file.path for file in some], column)
        yield Source(rows, form_of_rows, {file.path: (file.number, file.name) for file in some})


def escape(uris: Iterable[str]) -> list[str]:
    """The URIs of files as Spark takes them for paths: decoded, and not as patterns."""
    return [_PATTERN_CHARACTER.sub(r"\\\1", unquote(uri)) for uri in uris]


def _open_empty(session: SparkSession, paths: list[str], _: str | None) -> tuple[DataFrame, str]:
    """Files without a byte, which Spark would leave out."""
    rows = [(path, 0, b"") for path in paths]
    return session.createDataFrame(rows, "path STRING, start BIGINT, content BINARY"), "whole"


def _open_lines(session: SparkSession, paths: list[str], _: str | None) -> tuple[DataFrame, str]:
    lines = session.read.option("lineSep", "\n").text(escape(paths))
    return lines.selectExpr(_PATH, _BLOCK, "CAST(value AS BINARY) AS text"), "lines"


def _open_whole(session: SparkSession, paths: list[str], _: str | None) -> tuple[DataFrame, str]:
    files = session.read.format("binaryFile").load(escape(paths))
    return files.selectExpr(_PATH, "CAST(0 AS BIGINT) AS start", "content"), "whole"


def _open_rows(session: SparkSession, paths: list[str], column: str | None) -> tuple[DataFrame, str]:
    table = session.read.option("mergeSchema", "true").parquet(*escape(paths))
    form, value = choose_column(table, column)
    return table.selectExpr(_PATH, _BLOCK, _INDEX, value), form


_OPENERS: Final[Mapping[str, Any]] = {
    "empty": _open_empty,
    "lines": _open_lines,
    "whole": _open_whole,
    "rows": _open_rows,
}


def open_table(table: DataFrame, name: str, column: str | None) -> Source:
    """The source of a DataFrame; its lines count rows through its partitions."""
    form, value = choose_column(table, column)
    start = f"CAST(spark_partition_id() AS BIGINT) << {PARTITION_BITS} AS start"
    rows = table.selectExpr("'' AS path", start, "CAST(NULL AS BIGINT) AS row_index", value)
    return Source(rows, form, {"": (0, name)})


def read_table(session: SparkSession, name: str) -> DataFrame:
    """A table of the catalog, without the columns that only say in which folder a row is."""
    table = session.table(name)
    described = session.sql(f"DESCRIBE TABLE {name}").collect()
    return table.drop(*find_partitions([row.col_name for row in described]))


def find_partitions(described: Sequence[str]) -> list[str]:
    """The partition columns in what DESCRIBE TABLE lists, except those that every event has as a field."""
    if _PARTITIONS not in described:
        return []
    listed = described[described.index(_PARTITIONS) + 1 :]
    return [name for name in listed if name not in EVENT_COLUMNS | SEGMENT_COLUMNS]


def choose_column(table: DataFrame, column: str | None) -> tuple[str, str]:
    """How rows are read, and the expression for what is read. Raises SparkUnusable.

    Without `column`, the columns are the fields of events, or the only column of text is JSON.
    """
    kinds = dict(table.dtypes)
    if column is not None and column not in kinds:
        raise SparkUnusable(f"There is no column {column!r}; {suggest(column, kinds)}")
    if column is None and is_table_of_events(kinds):
        return "rows", f"struct({', '.join(map(_quote, kinds))}) AS `row`"
    texts = (
        [name for name, kind in kinds.items() if kind in ("string", "binary")] if column is None else [column]
    )
    if len(texts) != 1:
        raise SparkUnusable(
            f"The names of the columns ({', '.join(kinds)}) do not tell which holds the events: name one"
            " (--column NAME; in Python column=NAME)."
        )
    return _read_column(texts[0], kinds[texts[0]])


def _read_column(name: str, kind: str) -> tuple[str, str]:
    """A column of JSON text, or of structs, each a whole event or request."""
    if kind in TEXT_TYPES:
        return "texts", f"CAST({_quote(name)} AS BINARY) AS text"
    if kind.startswith("struct<"):
        return "rows", f"{_quote(name)} AS `row`"
    raise SparkUnusable(
        f"The column {name} is of type {kind}: the events are in a column of text or structs."
    )


def _quote(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
