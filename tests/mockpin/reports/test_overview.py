"""The figures of a history add up."""

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
