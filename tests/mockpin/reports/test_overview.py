"""The figures of a history add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.reports.overview import AGES, OUTCOMES, summarize_events


def record(seq=1, **fields):
    return {
        "seq": seq, "received_at": 1_000_000.0, "event_time": 999_990, "event_name": "checkout",
        "source": "api",
        "status": "processed", "duplicate_of": None, "limited_data_processing": {"applies": False},
        "match_keys": ["em"], "findings": [], "payload": {"user_data": {"em": ["a" * 64]}}, **fields,
    }  # fmt: skip


def test_an_event_counts_or_is_a_duplicate_or_failed():
    found = summarize_events(
        [record(1), record(2, duplicate_of=1), record(3, status="failed"), record(4, status="failed")],
    )
    assert dict(found.outcomes) == {"counted": 1, "duplicate": 1, "failed": 2}
    assert (found.events, found.share("failed")) == (4, 50.0)


def test_the_commonest_event_name_comes_first():
    found = summarize_events([record(1, event_name="lead"), record(2), record(3, status="failed")])
    assert found.by_name.labels == ("checkout", "lead")
    assert found.by_name.series["failed"] == (1, 0)
    assert found.by_name.totals == (2, 1)


def test_freshness_is_the_time_between_event_and_arrival():
    ages = (-5, 0, 60, 61, 3600, 86_401, 7 * 86_400, 8 * 86_400)
    found = summarize_events([record(event_time=1_000_000 - age) for age in ages] + [record(event_time=None)])
    assert dict(zip(found.freshness.labels, found.freshness.totals, strict=True)) == {
        "in the future": 1, "within a minute": 2, "within an hour": 2, "within a day": 0,
        "within seven days": 2, "older": 1,
    }  # fmt: skip


def test_warned_and_limited_events_are_counted_and_the_sources_told():
    found = summarize_events([
        record(1, findings=[{"severity": "info"}, {"severity": "warning"}]),
        record(2, source="tag", limited_data_processing={"applies": True}, findings=[{"severity": "info"}]),
        record(3),
    ])  # fmt: skip
    assert (found.warned, found.limited) == (1, 1)
    assert dict(zip(found.by_source.labels, found.by_source.totals, strict=True)) == {"api": 2, "tag": 1}
    assert found.by_source.first(1).labels == ("api",)
    assert found.by_source.first(1).series == {"counted": (2,), "failed": (0,), "duplicate": (0,)}


HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("span", "step", "label"),
    [
        (59, 1, "00:00:00"), (60, 5, "00:00:00"), (299, 5, "00:00:00"), (300, 10, "00:00:00"),
        (600, 30, "00:00:00"), (1800, 60, "00:00"), (HOUR, 300, "00:00"), (5 * HOUR, 600, "00:00"),
        (10 * HOUR, 1800, "00:00"), (30 * HOUR, HOUR, "00:00"), (60 * HOUR, 3 * HOUR, "00:00"),
        (180 * HOUR, 6 * HOUR, "00:00"), (360 * HOUR, 12 * HOUR, "00:00"), (30 * DAY, DAY, "01 Jan"),
        (60 * DAY, 7 * DAY, "01 Jan"), (420 * DAY, 30 * DAY, "01 Jan"), (9000 * DAY, 30 * DAY, None),
    ],
)  # fmt: skip
def test_a_step_of_the_axis_is_the_shortest_that_gives_sixty(span, step, label):
    found = summarize_events([record(received_at=float(moment)) for moment in (0, span)])
    assert found.step == step
    assert len(found.over_time.labels) == min(span // step, 60) + 1
    assert label is None or found.over_time.labels[0] == label


def test_nothing_received_is_an_overview_too():
    found = summarize_events([])
    assert (found.events, found.share("failed"), found.by_name.labels) == (0, 0.0, ())


def test_the_axis_of_time_has_no_gaps():
    times = (1_000_000.0, 1_000_003.2)
    found = summarize_events([record(received_at=time_) for time_ in times])
    assert found.over_time.labels == ("13:46:40", "13:46:41", "13:46:42", "13:46:43")
    assert found.over_time.series["counted"] == (1, 0, 0, 1)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 4e9), st.floats(-4e9, 4e9), st.sampled_from(["processed", "failed"]))))
def test_every_event_is_in_every_table(events):
    found = summarize_events(
        [record(received_at=at, event_time=at - age, status=status) for at, age, status in events],
    )
    assert (
        sum(found.outcomes.values())
        == sum(found.by_name.totals)
        == sum(found.freshness.totals)
        == len(events)
    )
    assert len(found.over_time.labels) <= 61
    assert tuple(found.over_time.series) == OUTCOMES
    assert found.freshness.labels == tuple(AGES.values())
