"""Audits of DataFrames, for notebooks and jobs that have a Spark session."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from mockpin.spark.problems import CONNECT, SparkUnusable

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from mockpin.observations.rule import Observation
    from mockpin.spark.archive import JudgedArchive
    from mockpin_validator.archive import Audit
    from mockpin_validator.judging.finding import Severity
    from mockpin_validator.judging.rule import Profile


@dataclass(frozen=True, repr=False)
class SparkAudit:
    """What was found in a DataFrame; a context manager that frees what Spark keeps of it.

    `report` is the object that `mockpin validate` writes in every format, with the first 1,000 findings of
    each rule. The DataFrames below have all findings and duplicates, and are computed when they are read.
    """

    report: Audit
    archive: JudgedArchive
    made: tuple[Observation, ...] = ()

    def __repr__(self) -> str:
        from mockpin_validator.formats.wording import totals  # noqa: PLC0415 - loads the formats

        return f"<SparkAudit: {totals(self.report)}>"

    def render(self, form: str = "text") -> str:
        """The report as text, json, junit, sarif, github or html."""
        from mockpin_validator.formats import render  # noqa: PLC0415 - loads the formats

        return render(self.report, form)

    @property
    def findings(self) -> DataFrame:
        """Every finding: file, line, column, rule, severity, path, message, fix, source, documented."""
        from mockpin.spark.tables import tabulate_findings  # noqa: PLC0415 - needs pyspark

        return tabulate_findings(self.archive)

    @property
    def observations(self) -> DataFrame:
        """What only many events show, with up to ten examples each, as `observations` of the JSON report."""
        from mockpin.spark.tables import tabulate_observations  # noqa: PLC0415

        return tabulate_observations(self.archive.rows.sparkSession, self.made)

    @property
    def coverage(self) -> DataFrame:
        """The percentage of events that carry each parameter, by event name (null: all of them)."""
        from mockpin.spark.tables import tabulate_coverage  # noqa: PLC0415

        return tabulate_coverage(self.archive.rows.sparkSession, self.report.tally.quality)

    @property
    def duplicates(self) -> DataFrame:
        """The accepted events that repeat a first report within 24 hours, each beside that report's place."""
        from mockpin.spark.duplicates import find_duplicates  # noqa: PLC0415

        return find_duplicates(self.archive)

    def close(self) -> None:
        """Let Spark forget the rows; the DataFrames would then judge again."""
        self.archive.rows.unpersist()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def audit(  # noqa: PLR0913 - settings by their names
    dataframe: DataFrame,
    *,
    column: str | None = None,
    name: str = "dataframe",
    profile: Profile = "faithful",
    now: float | None = None,
    judges_time: bool = True,
    severities: Mapping[str, Severity | None] | None = None,
    observations: Mapping[str, Any] | None = None,
    origin: str = "payload",
) -> SparkAudit:
    """Judge the events of a DataFrame, as `mockpin validate` judges files.

    column: The column with an event or a request in each row, as JSON text or as a struct. Without it, the
        columns themselves are the fields of events, or there is one column of text.
    name: What the report calls the DataFrame. Lines count its rows.
    now: Unix seconds as of which to judge; without it the present. `judges_time` set to False leaves the age
        of events out.
    severities: Rule -> severity, or None to leave it out; as [rules] of mockpin.toml.
    observations: Limits of rules over many events; as [observations] of mockpin.toml.
    origin: `payload` or `segment`, what the rows hold.

    Raises SparkUnusable (a column that is not there, a DataFrame of Spark Connect) and LimitInvalid.
    """
    from mockpin.observations.as_findings import read_file_limits  # noqa: PLC0415 - pyspark may be missing until here
    from mockpin.segment.payloads import make_judging  # noqa: PLC0415
    from mockpin.spark.archive import gather, judge_sources  # noqa: PLC0415
    from mockpin.spark.sources import open_table  # noqa: PLC0415

    check_classic(dataframe)
    limits = read_file_limits(observations or {}, profile, severities or {})
    moment = (time.time() if now is None else now) if judges_time else None
    judging = make_judging(profile, moment, severities or {}, origin)
    rows = judge_sources([open_table(dataframe, name, column)], judging, keeps_all=True).persist()
    try:
        archive = gather(rows)
        tally, made = archive.observe(limits, (name,))
    except BaseException:
        rows.unpersist()
        raise
    return SparkAudit(make_audit(tally, (name,), profile), archive, made)


def check_classic(dataframe: Any) -> None:
    """Raise SparkUnusable for a DataFrame of Spark Connect, whose driver is out of reach."""
    if type(dataframe).__module__.startswith("pyspark.sql.connect."):
        raise SparkUnusable(CONNECT)


def make_audit(tally: Any, files: tuple[str, ...], profile: Profile) -> Audit:
    """The report on files."""
    from mockpin.rules import ROWS  # noqa: PLC0415
    from mockpin_validator.archive import Audit  # noqa: PLC0415

    return Audit(tally, files, profile=profile, rules=ROWS, min_events=1)
