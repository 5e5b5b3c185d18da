"""A run of `mockpin validate` on a cluster, from paths or a table to what the report needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockpin.spark.archive import gather, judge_sources
from mockpin.spark.duplicates import find_duplicates
from mockpin.spark.listing import list_files
from mockpin.spark.output import OutputFolder, StoredRun
from mockpin.spark.problems import ClusterFailed
from mockpin.spark.relation import MOST_ON_DRIVER
from mockpin.spark.sources import open_files, open_table, read_table
from mockpin.spark.tables import (
    tabulate_coverage,
    tabulate_findings,
    tabulate_observations,
    tabulate_summary,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from mockpin.observations.limits import Limits
    from mockpin.observations.rule import Observation
    from mockpin.spark.archive import JudgedArchive
    from mockpin.spark.listing import SourceFile
    from mockpin_validator.archive import Judging, Tally


@dataclass(frozen=True)
class ClusterRun:
    """What to judge, and how.

    paths, table: What to judge: either of the two. column: The column that holds JSON or structs.
    output: A directory for tables. most: Findings of each rule that are shown. keeps_now: Whether an ended
    run goes on as of this run's time. most_on_driver: See `relation.open_facts`.
    """

    judging: Judging
    limits: Limits
    paths: tuple[str, ...] = ()
    table: str | None = None
    column: str | None = None
    output: str | None = None
    most: int = 1000
    keeps_now: bool = False
    most_on_driver: int = MOST_ON_DRIVER

    def run(self, session: SparkSession) -> tuple[Tally, tuple[str, ...]]:
        """The tally with the observations, and the names of the files. Raises SparkUnusable."""
        if self.table is not None:
            table = open_table(read_table(session, self.table), self.table, self.column)
            return self._report(judge_sources([table], self.judging, most=self.most), (self.table,))
        files = list_files(session, self.paths)
        names = tuple(file.name for file in files)
        if self.output is not None:
            return self._store(OutputFolder(session, self.output), files, names)
        rows = judge_sources(open_files(session, files, self.column), self.judging, most=self.most)
        return self._report(rows, names, files)

    def _report(
        self, rows: DataFrame, names: tuple[str, ...], files: Iterable[SourceFile] = ()
    ) -> tuple[Tally, tuple[str, ...]]:
        archive = gather(rows.persist(), most=self.most)
        check_complete(archive, files)
        tally, _ = archive.observe(self.limits, names, most_on_driver=self.most_on_driver)
        return tally, names

    def _store(
        self, output: OutputFolder, files: tuple[SourceFile, ...], names: tuple[str, ...]
    ) -> tuple[Tally, tuple[str, ...]]:
        output.check_free()
        stored = StoredRun(output, files, self.judging, self.column, keeps_now=self.keeps_now).prepared()
        archive = gather(stored.judge(most=self.most), most=self.most)
        check_complete(archive, files)
        tally, made = archive.observe(self.limits, names, most_on_driver=self.most_on_driver)
        stored.write(make_tables(archive, tally, made))
        return tally, names


def make_tables(archive: JudgedArchive, tally: Tally, made: tuple[Observation, ...]) -> dict[str, DataFrame]:
    """The tables of an output folder, by name."""
    session = archive.rows.sparkSession
    duplicates = find_duplicates(archive).persist()
    return {
        "findings": tabulate_findings(archive),
        "observations": tabulate_observations(session, made),
        "coverage": tabulate_coverage(session, tally.quality),
        "duplicates": duplicates,
        "summary": tabulate_summary(session, tally, duplicates=duplicates.count()),
    }


def check_complete(archive: JudgedArchive, files: Iterable[SourceFile]) -> None:
    """Raise ClusterFailed where a file has no tally: it must never be taken for a file without mistakes."""
    judged = {part.source_file for part in archive.slices}
    missing = [file.name for file in files if file.number not in judged and file.form != "rows"]
    if missing:
        raise ClusterFailed(f"Spark read nothing of {missing[0]}: check whether it was changed meanwhile.")
