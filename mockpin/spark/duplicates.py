"""Exact deduplication of an archive: the first report of each event id, and the events that repeat it.

Pinterest counts events of one name and id within 24 hours once, but offline events each time. An archive
knows no arrival, so `event_time` decides which event came first; of equal times the one further up.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from mockpin.emulator.settings.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from mockpin.spark.archive import JudgedArchive

#: Seconds after a first report within which the same id is its duplicate, as the emulator has it.
WINDOW: Final = Settings().deduplication_window
_BY_KEY: Final = "PARTITION BY event_name, event_id ORDER BY event_time, id"
_FIRST: Final = tuple(
    f"FIRST_VALUE({column}) OVER ({_BY_KEY}) AS first_{column}"
    for column in ("id", "event_time", "file", "line")
)
_COLUMNS: Final = (
    "file",
    "line",
    "event_name",
    "event_id",
    "event_time",
    "first_file",
    "first_line",
)


def find_duplicates(archive: JudgedArchive) -> DataFrame:
    """The duplicates, each beside the file and line of its first report.

    Each round finds the first reports of the events that are left, and what they make duplicates. What is
    later than their window is left for the next round, of which there is one for each day on which an id is
    used again.
    """
    accepted = archive.fact_rows.where(
        "kind = 'event' AND status = 'processed' AND test = 0 AND event_id IS NOT NULL"
        " AND event_time IS NOT NULL AND action_source <> 'offline'"
    )
    left = accepted.select("id", "event_name", "event_id", "event_time", "file", "line")
    found: list[DataFrame] = []
    while not found or not left.isEmpty():
        marked = left.selectExpr("*", *_FIRST)
        late = f"event_time - first_event_time > {WINDOW}"
        found.append(marked.where(f"id <> first_id AND NOT {late}").selectExpr(*_COLUMNS))
        left = marked.where(late).select(*left.columns).localCheckpoint()
    return reduce(lambda some, more: some.unionByName(more), found)
