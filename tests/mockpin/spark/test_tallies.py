"""Tallies and findings travel as JSON without loss."""

from dataclasses import replace

from mockpin.spark.tallies import read_finding, read_tally, write_finding, write_mistake, write_tally
from mockpin_validator.archive import Judging, PlacedFinding, Tally, divide_file, judge_parts
from mockpin_validator.archive.audit import add_up
from mockpin_validator.archive.tally import make_mistake
from mockpin_validator.judging.finding import Finding
from tests.mockpin.spark.batches import LINES, NOW

FINDING = PlacedFinding(
    "a.jsonl", Finding("em-plain", "error", "/user_data/em/0", "message", "fix", "source", "documented")
)


def test_every_count_of_a_tally_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(LINES))
    *_, whole = add_up(judge_parts(divide_file(str(path)), Judging(now=NOW)))
    assert read_tally(write_tally(whole)) == replace(whole, findings=(), facts=())
    assert read_tally(write_tally(Tally())) == Tally()
    assert [read_finding(write_finding(placed)) for placed in whole.findings] == list(whole.findings)


def test_a_finding_without_an_excerpt_stays_without_one():
    assert read_finding(write_finding(FINDING)) == FINDING


def test_a_mistake_is_written_without_what_a_report_adds():
    mistake = make_mistake("a.jsonl", FINDING.finding)
    assert write_mistake(mistake) == write_mistake(mistake._replace(times=3))
    assert write_mistake(mistake) != write_mistake(mistake._replace(rule="other"))
