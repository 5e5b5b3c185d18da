"""The columns of the rows that Python workers hand back: facts, findings and tallies in one relation.

A row is one of three things. A fact has an `id`. A finding has its JSON in `finding`. A tally has its JSON in
`tally`; there is one for each slice. A slice is a stretch of one file (`source_file`, its number) that one
task reads; it begins at `slice_start`, and the lines of its facts and findings count from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa  # type: ignore[import-untyped]

from mockpin.observations.facts import COLUMN_TYPES

SLICE_COLUMNS: Final = {"source_file": "INT", "slice_start": "BIGINT"}
TALLY_COLUMNS: Final = {"tally": "TEXT"}
#: `position` orders the findings of a slice, `mistake` is JSON of the mistake under which one is counted, and
#: `is_kept` marks the first of each rule and mistake within the slice.
FINDING_COLUMNS: Final = {
    "position": "BIGINT", "rule": "TEXT", "mistake": "TEXT", "is_kept": "BOOLEAN", "finding": "TEXT",
}  # fmt: skip
FACT_COLUMNS: Final = {"id": "BIGINT", **COLUMN_TYPES}
COLUMNS: Final = {**SLICE_COLUMNS, **TALLY_COLUMNS, **FINDING_COLUMNS, **FACT_COLUMNS}
_ARROW: Final = {
    "INT": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "TEXT": pa.string(),
    "BOOLEAN": pa.bool_(),
}  # fmt: skip


def describe_columns(columns: Mapping[str, str]) -> str:
    """Columns as Spark's schemas are written."""
    return ", ".join(f"`{name}` {'STRING' if kind == 'TEXT' else kind}" for name, kind in columns.items())


def make_batch(
    slice_: Sequence[Any], columns: Mapping[str, str], rows: Iterable[Sequence[Any]]
) -> pa.RecordBatch:
    """Rows of one kind that belong to a slice, as a batch with all of `COLUMNS`."""
    values = dict(zip(columns, zip(*rows, strict=True), strict=True))
    count = len(next(iter(values.values())))
    values |= {name: (value,) * count for name, value in zip(SLICE_COLUMNS, slice_, strict=True)}
    arrays = [
        pa.array(values[name], _ARROW[kind]) if name in values else pa.nulls(count, _ARROW[kind])
        for name, kind in COLUMNS.items()
    ]
    return pa.RecordBatch.from_arrays(arrays, names=[*COLUMNS])
