"""An archive judged on a cluster: its sources through the Python workers, and what they hand back."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final

from mockpin.observations.as_findings import add_observations
from mockpin.spark.judging import SliceJudging, make_judge
from mockpin.spark.merging import add_lines_before, add_up
from mockpin.spark.relation import MOST_ON_DRIVER, open_facts
from mockpin.spark.schema import COLUMNS, FACT_COLUMNS, describe_columns
from mockpin_validator.archive.tally import MOST_KEPT

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from mockpin.observations.limits import Limits
    from mockpin.observations.rule import Observation
    from mockpin.spark.merging import Slice
    from mockpin.spark.sources import Source
    from mockpin_validator.archive import Judging, Tally

_FACTS: Final = tuple(
    f"{name} + lines_before AS {name}" if name in ("line", "request") else name for name in FACT_COLUMNS
)


def judge_sources(
    sources: Iterable[Source], judging: Judging, *, most: int = MOST_KEPT, keeps_all: bool = False
) -> DataFrame:
    """The rows that Python workers make of sources (`schema.COLUMNS`), which judge when they are read.

    `most` findings of each rule and slice are kept; `keeps_all` hands on the others, too.
    """
    settings = pickle.dumps(judging)
    rows = [
        source.rows.mapInArrow(
            make_judge(SliceJudging(source.form, source.names, settings, most, keeps_all)),
            describe_columns(COLUMNS),
        )
        for source in sources
    ]
    return reduce(lambda some, more: some.unionByName(more), rows)


@dataclass(frozen=True)
class JudgedArchive:
    """What workers made of an archive, kept where they made it, and the tally of it all."""

    rows: DataFrame
    tally: Tally
    slices: tuple[Slice, ...]

    def observe(
        self,
        limits: Limits,
        files: Sequence[str],
        *,
        most_on_driver: int = MOST_ON_DRIVER,
    ) -> tuple[Tally, tuple[Observation, ...]]:
        """The tally with the observations among its findings, and the observations."""
        with open_facts(self.fact_rows, most_on_driver=most_on_driver) as facts:
            made = facts.observe(limits)
        return add_observations(self.tally, made, files), made

    @property
    def fact_rows(self) -> DataFrame:
        """The facts, each at its line in its file."""
        return add_lines_before(self.rows.where("id IS NOT NULL"), self.slices).selectExpr(*_FACTS)


def gather(rows: DataFrame, *, most: int = MOST_KEPT) -> JudgedArchive:
    """Add up rows that are kept or stored; judging happens here if it has not yet."""
    tally, slices = add_up(rows, most=most)
    return JudgedArchive(rows, tally, slices)
