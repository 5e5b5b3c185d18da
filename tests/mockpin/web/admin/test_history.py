"""What was received, as the admin API lists it, waits for it and forgets it."""

import pytest

from tests.mockpin.web.calls import ACCOUNT, EVENT, check, send


def test_health_says_how_much_is_held(http, admin, document):
    send(http, EVENT)
    answer = admin("GET", "health")
    check(document, "health", answer)
    assert (answer.json["status"], answer.json["events"], answer.json["evicted"]) == ("ok", 1, 0)


def test_events_and_exchanges_are_as_documented(http, admin, document):
    send(http, EVENT, EVENT | {"event_name": "quoted"})
    for path in ("events", "requests"):
        answer = admin("GET", path)
        assert answer.json[path]
        check(document, path, answer)
    check(document, "events/{seq}", admin("GET", "events/2"))
    check(document, "requests/{id}", admin("GET", "requests/1"))


def test_one_event_comes_with_its_request(http, admin):
    send(http, EVENT)
    event = admin("GET", "events/1").json
    assert event["request"]["body"] == {"data": [EVENT]}
    assert event["segment"] is None


def test_events_are_paged_by_a_cursor(http, admin):
    send(http, *(EVENT | {"event_id": str(number)} for number in range(5)))
    first = admin("GET", "events?limit=2").json
    second = admin("GET", f"events?limit=2&after={first['next']}").json
    last = admin("GET", f"events?limit=2&after={second['next']}").json
    pages = [[event["seq"] for event in page["events"]] for page in (first, second, last)]
    assert pages == [[1, 2], [3, 4], [5]]
    assert admin("GET", f"events?after={last['next']}").json == {"events": [], "next": last["next"]}


def test_the_cursor_passes_over_what_the_filters_leave_out(http, admin):
    send(http, EVENT)
    assert admin("GET", "events?event_name=lead").json == {"events": [], "next": 1}


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("duplicate=true", 1),
        ("duplicate=false", 2),
        ("status=failed", 0),
        ("test=true", 1),
        ("source=tag", 0),
    ],
)
def test_events_are_chosen_by_filters(http, admin, query, number):
    send(http, EVENT)
    send(http, EVENT)
    send(http, EVENT, query="?test=true")
    assert len(admin("GET", f"events?{query}").json["events"]) == number


def test_an_expectation_is_met_or_explained(http, admin):
    send(http, EVENT)
    assert admin("POST", "expect", {"match": {"event_name": "checkout"}}).json["met"]
    missed = admin("POST", "expect", {"match": {"payload": {"custom_data.order_id": "o2"}}}).json
    assert (missed["met"], missed["count"]) == (False, 0)
    crossed = [field["field"] for field in missed["nearest"][0]["fields"] if not field["matched"]]
    assert crossed == ["payload.custom_data.order_id"]


def test_only_what_came_after_a_number_is_expected(http, admin):
    send(http, EVENT)
    assert not admin("POST", "expect", {"match": {}, "after": 1}).json["met"]


def test_an_expectation_cannot_be_anything(admin):
    answer = admin("POST", "expect", {"matches": {}})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.json["errors"][0]["pointer"] == "/matches"


def test_reset_forgets_and_never_uses_a_number_again(http, admin):
    send(http, EVENT)
    assert admin("POST", "reset").json == {"reset": "everything"}
    assert admin("GET", "events").json["events"] == []
    send(http, EVENT)
    assert admin("GET", "events").json["events"][0]["seq"] == 2


def test_reset_of_one_ad_account_keeps_the_others(http, admin):
    send(http, EVENT)
    admin("POST", "reset?ad_account_id=1")
    assert len(admin("GET", "events").json["events"]) == 1


@pytest.mark.parametrize("name", ["PageVisit", "page_visit", "Page_Visit"])
def test_an_event_is_found_by_any_spelling_of_its_name(http, admin, name):
    send(http, EVENT | {"event_name": "page_visit"})
    assert len(admin("GET", f"events?event_name={name}").json["events"]) == 1
    assert admin("POST", "expect", {"match": {"event_name": name}}).json["met"]


def test_an_event_whose_id_is_an_address_is_found_by_it(http, admin):
    send(http, EVENT | {"event_id": "jane@x.test"})
    assert len(admin("GET", "events?event_id=jane@x.test").json["events"]) == 1


def test_plain_text_cannot_be_expected_for_another_as_long_would_do(http, admin):
    send(http, EVENT | {"event_id": "jane@x.test"})
    refused = admin("POST", "expect", {"match": {"event_id": "mary@x.test"}})
    assert refused.status_code == 400
    assert "event_id is plain text, of which the history keeps only the length" in refused.json["detail"]
    assert admin("POST", "expect", {"match": {"event_id": "<masked 11>"}}).json["met"]


def test_exchanges_are_paged_by_a_cursor_of_their_own(http, admin):
    for _ in range(3):
        send(http, EVENT, EVENT | {"event_id": "e2"})
    first = admin("GET", "requests?limit=2").json
    last = admin("GET", f"requests?after={first['next']}").json
    assert [[request["id"] for request in page["requests"]] for page in (first, last)] == [["1", "2"], ["3"]]
    assert admin("GET", "requests?after=99").json == {"requests": [], "next": 99}


@pytest.mark.parametrize(
    ("query", "following"), [("limit=2", "2"), ("limit=1&after=2", "3"), ("limit=4", None)]
)
def test_the_header_of_a_full_page_says_where_the_next_begins(http, admin, query, following):
    for number in range(3):
        send(http, EVENT | {"event_id": f"e{number}"})
    for kind in ("events", "requests"):
        answer = admin("GET", f"{kind}?{query}")
        assert answer.headers.get("X-Mockpin-Next") == following
        assert following in (None, str(answer.json["next"]))
    assert "X-Mockpin-Next" not in admin("GET", "health").headers


def test_requests_are_listed_without_the_payloads_of_their_events_on_demand(http, admin):
    send(http, EVENT)
    http.post(f"/v5/ad_accounts/{ACCOUNT}/events", json={"data": [{}]})
    whole, lean = (admin("GET", f"requests?payloads={flag}").json["requests"] for flag in ("true", "false"))
    assert whole == admin("GET", "requests").json["requests"]
    assert whole[0]["body"]["data"][0]["event_id"] == EVENT["event_id"]
    assert lean == [{**whole[0], "body": None}, whole[1]]
    assert lean[1]["body"] is not None


def test_a_reset_takes_back_the_faults_of_its_ad_account(http, admin):
    for ad_account_id in (ACCOUNT, "7"):
        admin("POST", "faults", {"ad_account_id": ad_account_id, "fault": {"drop": True}})
    assert admin("POST", f"reset?ad_account_id={ACCOUNT}").json == {"reset": ACCOUNT}
    assert [fault["ad_account_id"] for fault in admin("GET", "faults").json["faults"]] == ["7"]
    admin("POST", "reset")
    assert admin("GET", "faults").json == {"faults": []}


def test_what_was_reset_is_told_as_such(http, admin):
    send(http, EVENT)
    admin("POST", "reset")
    for path, kind in (("events/1", "event"), ("requests/1", "request")):
        assert admin("GET", path).json["detail"].startswith(f"There is no such {kind}: it was never received")


def test_after_a_reset_an_event_is_not_a_duplicate_of_what_was_forgotten(http, admin):
    send(http, EVENT)
    admin("POST", "reset")
    send(http, EVENT)
    assert admin("GET", "events").json["events"][0]["duplicate_of"] is None


@pytest.mark.parametrize(
    ("numbers", "met"),
    [
        ({}, True),
        ({"count": 2}, True),
        ({"count": 1}, False),
        ({"at_least": 2}, True),
        ({"at_least": 3}, False),
    ],
)
def test_so_many_are_expected_as_were_asked_for(http, admin, numbers, met):
    send(http, EVENT, EVENT | {"event_id": "e2"})
    assert admin("POST", "expect", {"match": {}, **numbers}).json["met"] is met


def test_without_shadow_mode_no_answer_of_a_real_service_is_listed(admin):
    assert admin("GET", "shadow?after=5").json == {"shadow": [], "next": 5}


def test_what_came_before_counts_for_an_expectation_unless_it_says_after_which_event(http, admin):
    send(http, EVENT)
    assert admin("POST", "expect", {"count": 1}).json["met"]
    assert not admin("POST", "expect", {"count": 1, "after": 1}).json["met"]
