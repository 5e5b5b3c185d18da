"""Segment's own Python client, over a real socket: one SDK call runs the whole path."""

import pytest

from mockpin import MockPin

pytestmark = pytest.mark.slow_clients

ORDER = {
    "user_id": "u1",
    "event": "Order Completed",
    "properties": {"order_id": "o1", "email": "jane@example.com"},
    "context": {"ip": "203.0.113.9", "userAgent": "Mozilla/5.0"},
}


@pytest.fixture
def mock():
    with MockPin() as mock:
        yield mock


@pytest.fixture
def track(mock, run_client):
    def track(event, **environment):
        own = {"SEGMENT_HOST": mock.url, "SEGMENT_WRITE_KEY": mock.write_key}
        return run_client("segment_analytics_python", event, **(own | environment))

    return track


def answers(mock):
    """The statuses of Pinterest's answers to what the calls gave."""
    calls = [request["body"] for request in mock.requests() if request["path"].startswith("/v1/")]
    results = [result for call in calls for item in call["segment"] for result in item["results"]]
    return {result["answer_status"] for result in results} - {None}


@pytest.mark.parametrize("packed", ["0", "1"])
def test_one_call_runs_the_whole_path(mock, track, packed):
    assert track(ORDER, SEGMENT_GZIP=packed) == {"failures": []}
    (event,) = mock.expect(event_name="checkout", source="segment", count=1, status="processed")
    assert event["payload"]["custom_data"]["order_id"] == "o1"
    assert answers(mock) == {200}


@pytest.mark.parametrize("status", [401, 403, 429])
def test_what_pinterest_refuses_shows_in_the_history_and_not_in_the_sdk(mock, track, status):
    mock.faults.add(fault={"status": status})
    assert track(ORDER) == {"failures": []}
    assert answers(mock) == {status}


def test_a_failed_event_shows_as_422(mock, track):
    mock.clock.advance("30d")
    assert track(ORDER) == {"failures": []}
    assert answers(mock) == {422}
