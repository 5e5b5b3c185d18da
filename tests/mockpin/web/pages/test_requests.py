"""Requests: also those that were refused before they were events."""

import re

import pytest

from mockpin.emulator.pipeline.faults import Fault, FaultRule
from mockpin.web.app import build_app
from mockpin.web.pages.content.request_filters import ROWS
from tests.mockpin.web.site import ACCOUNT, TAG, TOKEN, event, text_of


def test_a_refused_request_is_listed_with_its_reason(site):
    site.send(event(), token="pina_other")
    site.send({"event_name": "checkout"})
    shown = text_of(site.get("/requests"))
    assert "✗ 401" in shown
    assert "is not this account's sha256:" in shown
    assert "Invalid request:" in shown
    assert shown.index("✗ 400") < shown.index("✗ 401")


def test_a_refused_payload_has_its_faults_on_its_lines(site):
    site.send(event(custom_data={"category_name": "x"}))
    page = site.get("/requests/1")
    assert "Additional properties are not allowed ('category_name' was unexpected)" in text_of(page)
    assert "/data/0/custom_data/category_name" in text_of(page)
    assert 'class="is-error"' in page.text


@pytest.mark.parametrize("body", ["[1,", '{"events": []}'])
def test_a_refused_body_that_is_not_a_payload_is_not_judged_as_an_event(site, body):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert site.http.post(f"/v5/ad_accounts/{ACCOUNT}/events", data=body, headers=headers).status_code == 400
    assert 'class="is-error"' not in site.get("/requests/1").text


def test_a_request_with_failed_events_says_why_the_first_failed(site):
    site.send(event("a"), event("b", event_time=1), event("c", user_data={"em": ["jane@example.com"]}))
    assert "2 of 3 failed: Invalid event_timestamp parameter." in text_of(site.get("/requests"))


def test_the_page_of_a_request_lists_its_failed_events_first(site):
    site.send(event("a"), event("b", event_time=1), event("c", user_data={"em": ["jane@example.com"]}))
    shown = text_of(site.get("/requests/1"))
    assert "2 of 3 events failed." in shown
    assert shown.index("#2 ✗ Failed") < shown.index("#3 ✗ Failed") < shown.index("#1 ✓ Counted")


def test_the_offending_event_is_shown_in_a_large_batch(site):
    site.send(*(event(f"o-{index}") for index in range(700)), event(custom_data={"valeu": "1"}))
    page = site.get("/requests/1")
    assert "lines are left out" in text_of(page)
    line = re.search(r'href="#(Q\d+)"', page.text)[1]
    assert f'<li id="{line}" class="is-error">' in page.text
    assert page.text.count("<li id=") < 600


@pytest.mark.parametrize(("query", "numbers"), [
    ({"status": "4xx"}, [3, 2]), ({"status": "401"}, [2]), ({"status": "2xx"}, [4, 1]),
    ({"source": "tag"}, [4]),
    ({"path": "/v3"}, [4]), ({"ad_account_id": ACCOUNT}, [4, 3, 2, 1]), ({"ad_account_id": "1"}, []),
    ({"fault": "any"}, [3]), ({"fault": "status"}, [3]), ({"fault": "drop"}, []), ({}, [4, 3, 2, 1]),
])  # fmt: skip
def test_requests_are_filtered(site, query, numbers):
    site.send(event())
    site.send(event(), token="pina_other")
    site.emulator.faults.add(FaultRule(Fault("status", 429), times=1))
    site.send(event())
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout"})
    shown = re.findall(
        r'data-request="(\d+)"', site.http.get("/__mockpin/ui/requests", query_string=query).text
    )
    assert [int(number) for number in shown] == numbers


def test_the_requests_that_came_since_are_a_fragment(site):
    site.send(event())
    site.send(event(), token="pina_other")
    page = site.get("/requests/rows", after_request=1, status="401").text
    assert 'data-newest-request="2"' in page
    assert re.findall(r'data-request="(\d+)"', page) == ["2"]


def test_an_answer_that_a_fault_dropped_is_shown_as_dropped(site):
    site.emulator.faults.add(FaultRule(Fault("drop", True)))
    site.send(event())
    shown = text_of(site.get("/requests/1"))
    assert "✗ dropped POST" in shown
    assert "Your fault rule dropped the connection: the sender got no answer." in shown
    assert shown.count("Your fault rule closed the connection") == 1
    assert "the answer below was never sent" in shown


def test_a_request_can_be_copied_as_curl_without_its_token(site):
    site.send(event())
    page = text_of(site.get("/requests/1"))
    assert f"curl http://localhost/v5/ad_accounts/{ACCOUNT}/events" in page
    assert "Bearer $PINTEREST_CONVERSION_TOKEN" in page
    assert TOKEN not in page


def test_a_page_of_requests_leads_to_the_newer_ones(site):
    for index in range(ROWS + 2):
        site.send(event(f"o-{index}"))
    assert 'rel="prev"' not in site.get("/requests").text
    assert (
        f'rel="prev" href="/__mockpin/ui/requests?before={ROWS + 3}"' in site.get("/requests", before=3).text
    )


def test_a_request_leads_to_its_neighbours(site):
    for index in range(5):
        site.send(event(f"o-{index}"))
    page = site.get("/requests/3").text
    assert '"/__mockpin/ui/requests/2"' in page
    assert '"/__mockpin/ui/requests/4"' in page
    assert '"/__mockpin/ui/requests/0"' not in site.get("/requests/1").text
    assert '"/__mockpin/ui/requests/6"' not in site.get("/requests/5").text


def test_a_request_leads_to_its_events(site):
    site.send(event("a"), event("b"))
    page = site.get("/requests/1").text
    assert 'href="/__mockpin/ui/events/2"' in page
    assert site.seqs("request:1") == [2, 1]


def test_a_test_request_leads_to_its_events(site):
    site.send(event("real"))
    site.send(event("a"), event("b"), query="?test=true")
    assert 'href="/__mockpin/ui/?q=is:test+request:2"' in site.get("/requests/2").text
    assert site.seqs("is:test request:2") == [3, 2]


def test_a_segment_call_says_which_mapping_took_it_or_why_none(site):
    call = {"type": "track", "event": "Nothing Known", "userId": "u"}
    site.http.post("/v1/track", json=call, headers={"Authorization": "Basic a2V5Og=="})
    assert "No mapping takes Nothing Known: Segment sends nothing to Pinterest." in text_of(
        site.get("/requests")
    )
    assert 'Checkout the event does not match: type = "track" AND event = "Order Completed"' in text_of(
        site.get("/requests/1")
    )


def test_a_segment_call_says_what_of_a_mapping_may_not_be_meant(site):
    form = {"subscriptions": [{"name": "Quote", "trigger": 'type == "track"', "mapping": {"emial": "x"}}]}
    http = build_app(site.emulator, destination=form).test_client()
    http.post("/v1/track", json={"event": "Quote"}, headers={"Authorization": "Basic a2V5Og=="})
    page = text_of(site.get("/requests/1"))
    assert "trigger: at character 6: == is not an operator and is misread: write =." in page
    assert "mapping: emial is not a field of a mapping" in page


def test_a_beacon_of_the_tag_is_a_request_too(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "pd[em]": "jane@example.com"})
    page = site.get("/requests/1")
    assert "GET /v3/?tid=2613" in text_of(page)
    assert "jane" not in page.text


def test_many_requests_have_pages(site):
    for index in range(ROWS + 2):
        site.send(event(f"o-{index}"))
    assert "before=3" in site.get("/requests").text
    older = site.get("/requests", before=3).text
    assert 'href="/__mockpin/ui/requests/2"' in older
    assert 'href="/__mockpin/ui/requests/3"' not in older
    assert 'rel="next"' not in older


def test_the_event_of_a_wrong_path_is_counted_as_the_history_names_it(site):
    site.http.post(f"/v5/ad_accounts/{ACCOUNT}/event", json={"data": [event()]})
    assert "checkout" in text_of(site.get("/"))
    assert '<td class="number after events">0 of 1</td>' in site.get("/requests").text


def test_a_number_that_no_request_has_is_404_and_says_why(site):
    answer = site.get("/requests/9")
    assert answer.status_code == 404
    assert "There is no request 9 It was never received, was reset" in text_of(answer)
