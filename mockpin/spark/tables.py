"""What an audit found, as DataFrames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from mockpin.spark.merging import add_lines_before
from mockpin_validator.contract.request import MATCH_KEYS
from mockpin_validator.judging.finding import SEVERITIES
from mockpin_validator.match_quality.quality import METADATA

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from mockpin.observations.rule import Observation
    from mockpin.spark.archive import JudgedArchive
    from mockpin_validator.archive import Tally
    from mockpin_validator.match_quality.quality import Quality

_FINDING: Final = (
    "file STRING, line BIGINT, `column` BIGINT, rule STRING, severity STRING, path STRING, message STRING,"
    " fix STRING, source STRING, documented STRING"
)
_OBSERVATION: Final = (
    "rule STRING, severity STRING, effect STRING, sentence STRING, fix STRING, events BIGINT, total BIGINT,"
    " event_name STRING, source STRING, detail STRING, times BIGINT,"
    " examples ARRAY<STRUCT<file: STRING, line: BIGINT>>"
)
_COVERAGE: Final = "event_name STRING, parameter STRING, events BIGINT, percent DOUBLE"


def tabulate_findings(archive: JudgedArchive) -> DataFrame:
    """Every finding that the workers handed back, by file and line."""
    rows = archive.rows.where("finding IS NOT NULL").selectExpr(
        "source_file", "slice_start", "position", f"FROM_JSON(finding, '{_FINDING}') AS found"
    )
    names = [column.split()[0] for column in _FINDING.split(", ")]
    return (
        add_lines_before(rows, archive.slices)
        .orderBy("source_file", "slice_start", "position")
        .selectExpr(
            "found.file", "found.line + lines_before AS line", *(f"found.{name}" for name in names[2:])
        )
    )


def tabulate_observations(session: SparkSession, made: Iterable[Observation]) -> DataFrame:
    """A row for each observation."""
    names = [column.split()[0] for column in _OBSERVATION.split(", ")[:11]]
    rows = [
        (
            *(getattr(observation, name) for name in names),
            [(place.file, place.line) for place in observation.examples],
        )
        for observation in made
    ]
    return session.createDataFrame(rows, _OBSERVATION)


def tabulate_coverage(session: SparkSession, quality: Quality) -> DataFrame:
    """A row for each event name (null for all of them) and parameter."""
    parts = [(None, quality), *quality.by_name.items()]
    rows = [
        (name, parameter, part.events, part.coverage(parameter))
        for name, part in parts
        for parameter in (*MATCH_KEYS, *METADATA)
    ]
    return session.createDataFrame(rows, _COVERAGE)


def tabulate_summary(session: SparkSession, tally: Tally, *, duplicates: int) -> DataFrame:
    """One row: how many events were judged, failed, were unreadable or came again; findings by severity."""
    counts = {"events": tally.events, "failed": tally.failed, "unreadable": tally.unreadable}
    counts |= {f"{severity}s": tally.count(severity) for severity in SEVERITIES} | {"duplicates": duplicates}
    return session.createDataFrame([tuple(counts.values())], ", ".join(f"{name} BIGINT" for name in counts))
