"""The rows of an output folder's tables, as a session gets them."""

from collections import Counter
from typing import NamedTuple

from mockpin.observations.rule import ExamplePlace, Observation
from mockpin.spark.archive import JudgedArchive
from mockpin.spark.tables import tabulate_coverage, tabulate_findings, tabulate_observations, tabulate_summary
from mockpin_validator.archive import Tally
from mockpin_validator.archive.tally import Mistake
from mockpin_validator.match_quality.quality import quality


class Frame(NamedTuple):
    """What a session makes a DataFrame of."""

    rows: list[tuple]
    columns: str

    def hint(self, _name):
        return self

    def to_dicts(self):
        names = [column.split()[0] for column in self.columns.split(", ")]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


class Session:
    """What the tables ask of a Spark session."""

    createDataFrame = Frame  # noqa: N815 - as pyspark calls it


def test_an_observation_is_a_row_with_the_places_of_its_examples():
    seen = Observation(
        "rule", "error", "lost", "Sentence.", "Fix.", 3, 4, "1", "lead", "api", "detail", 2,
        (ExamplePlace(file="a.jsonl", line=7),),
    )  # fmt: skip
    (row,) = tabulate_observations(Session(), [seen]).rows
    assert row == (
        "rule", "error", "lost", "Sentence.", "Fix.", 3, 4, "lead", "api", "detail", 2, [("a.jsonl", 7)],
    )  # fmt: skip


def test_coverage_is_told_of_all_events_and_of_each_name():
    events = [{"event_name": "lead", "event_id": "e"}, {"event_name": "signup"}]
    rows = tabulate_coverage(Session(), quality(events)).to_dicts()
    found = [
        (row["event_name"], row["events"], row["percent"]) for row in rows if row["parameter"] == "event_id"
    ]
    assert found == [(None, 2, 50.0), ("lead", 1, 100.0), ("signup", 1, 0.0)]
    assert {"em", "value"} <= {row["parameter"] for row in rows}


def test_the_summary_counts_events_findings_and_duplicates():
    mistakes = {
        Mistake("f", "rule", severity, ""): n for n, severity in enumerate(("error", "warning"), start=8)
    }
    tally = Tally(lines=5, events=4, failed=3, unreadable=2, mistakes=Counter(mistakes))
    assert tabulate_summary(Session(), tally, duplicates=1).to_dicts() == [
        {"events": 4, "failed": 3, "unreadable": 2, "errors": 8, "warnings": 9, "infos": 0, "duplicates": 1}
    ]


class Rows:
    """Rows that tell what is asked of them, the latest first."""

    def __init__(self, asked=()):
        self.asked, self.sparkSession = asked, Session()

    def __getattr__(self, method):
        return lambda *arguments: Rows(((method, arguments), *self.asked))


def test_a_finding_is_a_row_at_its_line_in_its_file_without_its_excerpt():
    rows = tabulate_findings(JudgedArchive(Rows(), Tally(), ()))
    (_, columns), (_, order), *_ = rows.asked
    assert columns == (
        "found.file", "found.line + lines_before AS line", "found.`column`", "found.rule", "found.severity",
        "found.path", "found.message", "found.fix", "found.source", "found.documented",
    )  # fmt: skip
    assert order == ("source_file", "slice_start", "position")
