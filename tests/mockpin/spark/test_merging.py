"""What workers handed back, added up: rows that SQLite holds in the place of Spark."""

from contextlib import closing

import pytest

from mockpin.spark.merging import Slice, add_lines_before, add_up
from mockpin.spark.tallies import write_finding, write_tally
from mockpin_validator.archive import PlacedFinding, Tally
from mockpin_validator.judging.finding import Finding
from tests.mockpin.spark.frames import Session

COLUMNS = (
    "source_file INT, slice_start BIGINT, tally STRING, position BIGINT, rule STRING, mistake STRING,"
    " is_kept BOOLEAN, finding STRING"
)


@pytest.fixture
def session():
    with closing(Session()) as session:
        yield session


def tally(file, start, lines, events):
    return (file, start, write_tally(Tally(lines=lines, events=events)), *[None] * 5)


def finding(file, start, position, rule, *, line=1, mistake="m", is_kept=True):  # noqa: PLR0913 - a column each
    placed = PlacedFinding("f", Finding(rule, "error", "", f"{file}-{start}-{position}", "", "", "", line))
    return (file, start, None, position, rule, mistake, is_kept, write_finding(placed))


def add(session, *rows, most=1000):
    return add_up(session.createDataFrame(rows, COLUMNS), most=most)


def test_tallies_are_added_and_each_slice_knows_the_lines_before_it(session):
    whole, slices = add(session, tally(1, 0, 4, 3), tally(0, 50, 2, 1), tally(0, 0, 5, 5), tally(0, 90, 1, 1))
    assert (whole.lines, whole.events, whole.findings) == (12, 10, ())
    assert slices == (Slice(0, 0, 0), Slice(0, 50, 5), Slice(0, 90, 7), Slice(1, 0, 0))


def test_nothing_adds_up_to_an_empty_tally(session):
    assert add(session) == (Tally(), ())


def test_findings_are_at_their_lines_in_the_order_of_files_slices_and_findings(session):
    whole, _ = add(
        session,
        *(tally(0, 0, 5, 5), tally(0, 50, 5, 5), tally(1, 0, 5, 5)),
        *(
            finding(1, 0, 0, "a"),
            finding(0, 50, 1, "a", line=2),
            finding(0, 50, 0, "a"),
            finding(0, 0, 3, "a"),
        ),
        finding(0, 0, 4, "a", line=None),
    )
    assert [(placed.finding.message, placed.finding.line) for placed in whole.findings] == [
        ("0-0-3", 1), ("0-0-4", None), ("0-50-0", 6), ("0-50-1", 7), ("1-0-0", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("most", "shown"),
    [(1, ["0", "3"]), (2, ["0", "1", "3"]), (3, ["0", "1", "2", "3"])],
)
def test_the_first_findings_of_each_rule_are_shown_and_two_of_each_mistake(session, most, shown):
    rows = [finding(0, 0, number, "a", mistake="m") for number in range(3)]
    whole, _ = add(session, tally(0, 0, 9, 9), *rows, finding(0, 0, 3, "b", mistake="n"), most=most)
    assert [placed.finding.message[-1] for placed in whole.findings] == shown


def test_a_mistake_of_which_few_are_shown_shows_two_however_many_its_rule_has(session):
    rows = [finding(0, 0, number, "a", mistake=f"{number // 3}") for number in range(6)]
    whole, _ = add(session, tally(0, 0, 9, 9), *rows, most=2)
    assert [placed.finding.message[-1] for placed in whole.findings] == ["0", "1", "3", "4"]


def test_findings_that_a_slice_did_not_keep_are_not_shown(session):
    whole, _ = add(session, tally(0, 0, 9, 9), finding(0, 0, 0, "a", is_kept=False))
    assert whole.findings == ()


def test_rows_are_joined_with_the_lines_before_their_slices(session):
    rows = session.createDataFrame(
        [(0, 0, "a"), (0, 50, "b")], "source_file INT, slice_start BIGINT, text STRING"
    )
    joined = add_lines_before(rows, [Slice(0, 0, 0), Slice(0, 50, 7)])
    assert joined.select("text", "lines_before").collect() == [("a", 0), ("b", 7)]
