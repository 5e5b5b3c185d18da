"""An archive that workers judged, with SQLite in the place of Spark."""

from contextlib import closing

import pytest

from mockpin.observations.facts import Fact
from mockpin.observations.limits import Limits
from mockpin.spark.archive import gather, judge_sources
from mockpin.spark.schema import COLUMNS, FACT_COLUMNS, describe_columns
from mockpin.spark.tallies import write_tally
from mockpin_validator.archive import Judging, Tally
from tests.mockpin.spark.frames import Session

JUDGING = Judging(now=1_790_000_000)


@pytest.fixture
def archive():
    """Two slices of a file, the second with a fact, and a fact of a request."""
    tallies = [{"slice_start": start, "tally": write_tally(Tally(lines=7, events=1))} for start in (0, 50)]
    fact = dict(zip(FACT_COLUMNS, (5, *Fact(kind="event", line=2, request=1)), strict=True))
    rows = [{"source_file": 0, **row} for row in (*tallies, {"slice_start": 50, **fact})]
    with closing(Session()) as session:
        made = [tuple(row.get(name) for name in COLUMNS) for row in rows]
        yield gather(session.createDataFrame(made, describe_columns(COLUMNS)))


def test_facts_are_at_their_lines_in_their_files(archive):
    (fact,) = archive.fact_rows.select("id", "line", "request", "kind").collect()
    assert fact == (5, 9, 8, "event")
    assert archive.tally.events == 2


def test_what_many_events_show_is_observed_on_the_driver(archive):
    tally, made = archive.observe(Limits(), ["a.jsonl"])
    assert (tally.events, made) == (2, ())


class Rows:
    """The rows of a source, which are united with others by name."""

    def __init__(self, *names):
        self.names = names

    def mapInArrow(self, _judge, schema):  # noqa: N802 - as pyspark calls it
        assert schema == describe_columns(COLUMNS)
        return self

    def unionByName(self, other):  # noqa: N802
        return Rows(*self.names, *other.names)


class Source:
    """A source as `judge_sources` takes it."""

    form, names = "lines", ("a.jsonl",)

    def __init__(self, name):
        self.rows = Rows(name)


def test_the_rows_of_all_sources_are_united_in_their_order():
    assert judge_sources(map(Source, "abc"), JUDGING).names == ("a", "b", "c")
