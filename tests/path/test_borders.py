"""The exact borders of every rule about time, by a clock that stands still."""

import pytest

from tests.path.path import NOW, Path, conversion_event

HOUR, DAY = 3_600, 86_400


@pytest.mark.parametrize(("later", "duplicate"), [(DAY - 1, True), (DAY + 1, False)])
def test_a_duplicate_is_one_within_24_hours_of_the_first(later, duplicate):
    path = Path()
    path.post(conversion_event())
    path.now += later
    path.post(conversion_event(event_time=path.now))
    assert (path.records()[1]["duplicate_of"] is not None) is duplicate


def test_a_duplicate_does_not_lengthen_the_window():
    path = Path()
    for later in (0, DAY - 1, DAY + 1):
        path.now = NOW + later
        path.post(conversion_event(event_time=path.now))
    assert [record["duplicate_of"] for record in path.records()] == [None, 1, None]


@pytest.mark.parametrize(("age", "reported_as"), [(HOUR, "web"), (HOUR + 1, "offline")])
def test_an_event_more_than_an_hour_late_is_reported_as_offline(age, reported_as):
    path = Path()
    path.post(conversion_event(event_time=NOW - age))
    assert path.records()[0]["reported_as"] == reported_as


@pytest.mark.parametrize(("age", "status"), [(7 * DAY, "processed"), (7 * DAY + 1, "failed")])
def test_an_event_older_than_seven_days_fails(age, status):
    path = Path()
    path.post(conversion_event(event_time=NOW - age))
    assert path.records()[0]["status"] == status


@pytest.mark.parametrize(("ahead", "status"), [(60, "processed"), (61, "failed")])
def test_an_event_more_than_a_minute_in_the_future_fails(ahead, status):
    path = Path()
    path.post(conversion_event(event_time=NOW + ahead))
    assert path.records()[0]["status"] == status


def test_the_tag_and_the_api_share_one_event():
    path = Path()
    path.tag("Checkout", "o-1")
    path.post(conversion_event())
    assert [(record["source"], record["duplicate_of"]) for record in path.records()] == [
        ("tag", None),
        ("api", 1),
    ]


@pytest.mark.parametrize("fields", [{"action_source": "offline"}, {"event_id": ""}, {"event_id": " "}])
def test_an_offline_event_and_one_without_an_id_is_never_a_duplicate(fields):
    path = Path()
    path.post(conversion_event(**fields))
    path.post(conversion_event(**fields))
    assert [record["duplicate_of"] for record in path.records()] == [None, None]


def test_a_failed_event_and_a_test_event_are_nobodys_first():
    path = Path()
    path.post(conversion_event(event_time=NOW - 8 * DAY))
    path.post(conversion_event(), query="?test=True")
    path.post(conversion_event())
    assert path.records()[-1]["duplicate_of"] is None
