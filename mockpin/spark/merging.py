"""From the rows that workers handed back to what a report is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from mockpin.spark.tallies import read_finding, read_tally
from mockpin_validator.archive.tally import EXAMPLES, Tally, shift_lines

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from mockpin_validator.archive.placing import PlacedFinding

#: The first findings of each rule and mistake in the order of files, slices and findings: of those that each
#: slice kept, one process would have kept the same.
_PLACE: Final = "source_file, slice_start, position"
_FIRST: Final = f"""
    SELECT {_PLACE}, finding FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY rule ORDER BY {_PLACE}) AS of_rule,
            ROW_NUMBER() OVER (PARTITION BY mistake ORDER BY {_PLACE}) AS of_mistake
        FROM {{kept}}
    ) WHERE of_rule <= {{most}} OR of_mistake <= {{few}} ORDER BY {_PLACE}
"""


class Slice(NamedTuple):
    """A stretch of a file, and the number of lines that are before it in the file."""

    source_file: int
    start: int
    lines_before: int


def add_lines_before(rows: DataFrame, slices: Iterable[Slice]) -> DataFrame:
    """Rows with the number of lines that are before their slices."""
    known = rows.sparkSession.createDataFrame(
        [tuple(part) for part in slices], "source_file INT, slice_start BIGINT, lines_before BIGINT"
    )
    return rows.join(known.hint("broadcast"), ["source_file", "slice_start"])


def add_up(judged: DataFrame, *, most: int) -> tuple[Tally, tuple[Slice, ...]]:
    """The tally of all slices with the first findings, and where each slice is."""
    rows = judged.where("tally IS NOT NULL").select("source_file", "slice_start", "tally").collect()
    whole, slices, last, lines = Tally(), [], None, 0
    for file, start, text in sorted(rows):
        tally = read_tally(text)
        lines = lines if file == last else 0
        slices.append(Slice(file, start, lines))
        whole, last, lines = whole + tally, file, lines + tally.lines
    return replace(whole, findings=find_first(judged, slices, most=most)), tuple(slices)


def find_first(judged: DataFrame, slices: Sequence[Slice], *, most: int) -> tuple[PlacedFinding, ...]:
    """The findings that are shown, at their lines in their files."""
    before = {(part.source_file, part.start): part.lines_before for part in slices}
    kept = judged.where("finding IS NOT NULL AND is_kept")
    query = _FIRST.format(kept="{kept}", most=int(most), few=min(EXAMPLES, most))
    rows = judged.sparkSession.sql(query, kept=kept).collect()
    return tuple(shift_lines(read_finding(text), before[file, start]) for file, start, _, text in rows)
