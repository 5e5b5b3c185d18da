"""A history asked over the admin API, as command and fixture share it."""

import time

import httpx
import pytest

from mockpin import MockPin
from mockpin.addresses import VERSION_HEADER
from mockpin.client.admin_client import AdminClient
from mockpin.client.history import History, choose_limit, complete_bodies
from mockpin.expectations.expectations import expect
from mockpin.expectations.journey_files import parse_journey
from mockpin.expectations.journeys import JourneyUnmet
from mockpin.expectations.unmet import Unmet

VERSION = {VERSION_HEADER: "0"}


@pytest.fixture(scope="module")
def history():
    """Of an ad account: a refused request, then an event."""
    with MockPin() as mock, AdminClient(mock.url) as admin:
        url = f"{mock.api_uri}/ad_accounts/{mock.ad_account_id}/events"
        headers = {"Authorization": f"Bearer {mock.conversion_token}"}
        event = {
            "event_name": "checkout",
            "event_id": "e1",
            "action_source": "web",
            "event_time": int(time.time()),
            "user_data": {"em": ["a" * 64]},
        }
        assert httpx.post(url, json={"data": [{}]}, headers=headers, timeout=60).status_code == 400
        assert httpx.post(url, json={"data": [event]}, headers=headers, timeout=60).status_code == 200
        yield History(admin, {"ad_account_id": mock.ad_account_id})


def test_events_and_requests_are_listed_oldest_first(history):
    assert [event["event_id"] for event in history.list_events(event_name="checkout")] == ["e1"]
    assert [request["status"] for request in history.list_requests()] == [400, 200]


def test_what_is_expected_and_came_is_given(history):
    (event,) = history.expect(expect({"event_name": "checkout"}, count=1), timeout=0)
    assert event["event_id"] == "e1"


def test_an_expectation_that_is_not_met_points_at_the_line_of_the_test(history):
    with pytest.raises(Unmet) as unmet:
        history.expect(expect({"event_name": "lead"}), timeout=0)
    assert [entry.path.name for entry in unmet.traceback.filter(unmet)] == ["test_history.py"]


def test_refused_requests_are_told_unless_they_came_before_what_is_looked_at(history):
    for after, told in ((0, 1), (1, 0)):
        with pytest.raises(Unmet) as unmet:
            history.expect(expect({"event_name": "lead"}), timeout=0, after=after)
        assert len(unmet.value.refusals) == told


def test_requests_with_its_token_are_its_own_wherever_they_went(history):
    with_token = History(history.admin, history.scope, token="unknown", opened_after=0)
    assert [request["status"] for request in with_token.list_requests()] == [400, 200]
    assert [request["status"] for request in with_token.list_requests(after=1)] == [200]
    elsewhere = History(history.admin, {"ad_account_id": "1"}, token="unknown")
    assert elsewhere.list_requests() == []
    authorization = history.list_requests()[0]["headers"]["authorization"]
    by_token = History(history.admin, {"ad_account_id": "1"}, token=authorization[-12:])
    assert len(by_token.list_requests()) == 2
    later = History(history.admin, history.scope, token="unknown", opened_after=1)
    assert len(later.list_requests()) == 1


def test_a_journey_gives_its_outcomes_or_tells_what_is_missing_and_was_refused(history):
    met = parse_journey('[[expect]]\nevent_name = "checkout"', path="j.toml")
    assert [outcome.met for outcome in history.expect_journey(met)] == [True]
    missing = parse_journey('within = "0s"\n[[expect]]\nevent_name = "lead"', path="j.toml")
    with pytest.raises(JourneyUnmet) as unmet:
        history.expect_journey(missing)
    assert "refused (400)" in str(unmet.value)


def test_another_ad_account_s_history_is_out_of_scope(history):
    assert History(history.admin, {"ad_account_id": "1"}).list_requests() == []


@pytest.mark.parametrize(
    ("events", "limit", "following"),
    [
        ([1] * 10, 10, 20),
        ([1] * 800, 800, 1000),
        ([1000] * 10, 10, 1),
        ([100] * 10, 10, 10),
        ([0] * 10, 10, 20),
    ],
)
def test_the_next_page_of_requests_holds_about_a_thousand_events(events, limit, following):
    page = [{"event_seqs": list(range(number))} for number in events]
    assert choose_limit(page, limit, 1000) == following


@pytest.mark.parametrize(
    ("read", "limits"), [("list_requests", ["10", "1"]), ("list_with_requests", ["10", "10"])]
)
def test_more_requests_of_many_events_are_in_a_page_without_their_payloads(read, limits):
    asked = []

    def handle(request):
        if request.url.path.endswith("events"):
            return httpx.Response(200, json={"events": [], "next": 0}, headers=VERSION)
        asked.append(request.url.params["limit"])
        requests = [{"body": {}, "event_seqs": list(range(1000))}] * (10 if len(asked) == 1 else 0)
        return httpx.Response(200, json={"requests": requests, "next": 9}, headers=VERSION)

    with AdminClient("http://127.0.0.1:1", transport=httpx.MockTransport(handle)) as admin:
        getattr(History(admin), read)()
    assert asked == limits


def test_a_page_of_events_stays_as_long_as_the_server_allows():
    assert choose_limit([{"seq": number} for number in range(1000)], 1000, 1000) == 1000


def test_the_payloads_of_events_are_read_once_and_stand_in_the_bodies_of_their_requests(history):
    events, requests = history.list_with_requests()
    assert requests == history.list_requests()
    assert events == history.list_events()
    assert requests[1]["body"]["data"][0] is events[0]["payload"]


def test_a_body_is_made_of_the_payloads_that_are_kept():
    request = {"id": "1", "body": None, "event_seqs": [1, 2]}
    assert complete_bodies([request], [{"seq": 2, "payload": {"a": 1}}])[0]["body"] == {"data": [{"a": 1}]}


@pytest.mark.parametrize(("body", "seqs"), [(None, []), ({"tid": "1"}, [2]), ("text", [])])
def test_a_body_that_is_known_stays(body, seqs):
    request = {"id": "1", "body": body, "event_seqs": seqs}
    assert complete_bodies([request], [{"seq": 2, "payload": {}}])[0]["body"] == body
