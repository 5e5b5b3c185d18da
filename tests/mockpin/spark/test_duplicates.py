"""Exact duplicates within the window of deduplication, with SQLite in the place of Spark."""

from contextlib import closing
from types import SimpleNamespace

import pytest

from mockpin.observations.facts import Fact
from mockpin.spark.duplicates import WINDOW, find_duplicates
from mockpin.spark.schema import FACT_COLUMNS, describe_columns
from tests.mockpin.spark.frames import Session


def test_an_id_is_a_duplicate_for_as_long_as_the_emulator_has_it():
    assert WINDOW == 24 * 3600


LEAD = Fact(
    kind="event", status="processed", action_source="web", event_name="lead", event_id="a", event_time=0.0,
    file="f",
)  # fmt: skip


@pytest.fixture
def find():
    with closing(Session()) as session:

        def find(*facts):
            """Line and first line of each duplicate, where facts are on the lines from 1 on."""
            rows = [(line, *fact._replace(line=line)) for line, fact in enumerate(facts, 1)]
            frame = session.createDataFrame(rows, describe_columns(FACT_COLUMNS))
            found = find_duplicates(SimpleNamespace(fact_rows=frame)).collect()
            return sorted((row[1], row[6]) for row in found)

        yield find


def at(seconds):
    return LEAD._replace(event_time=float(seconds))


def test_a_window_begins_with_each_first_report(find):
    times = (0, WINDOW, WINDOW + 1, 2 * WINDOW + 1, 2 * WINDOW + 2, 2 * WINDOW + 3)
    assert find(*map(at, times)) == [(2, 1), (4, 3), (6, 5)]


def test_the_earliest_is_the_first_and_of_equal_times_the_earlier_line(find):
    assert find(at(5), at(3), at(3)) == [(1, 2), (3, 2)]


@pytest.mark.parametrize(
    "change",
    [
        {"event_id": "b"}, {"event_name": "signup"}, {"kind": "request"}, {"status": "failed"}, {"test": 1},
        {"event_id": None}, {"event_time": None}, {"action_source": "offline"},
    ],
)  # fmt: skip
def test_what_is_another_event_or_none_that_counts_is_no_duplicate(find, change):
    assert find(LEAD, LEAD._replace(**change)) == []
