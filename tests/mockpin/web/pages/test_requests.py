"""Requests: also those that were refused before they were events."""

import pytest

from mockpin.web.app import build_app
from mockpin.web.pages.requests import ROWS
from tests.mockpin.web.site import ACCOUNT, TAG, TOKEN, event, text_of


def test_a_refused_request_is_listed_with_its_reason(site):
    site.send(event(), token="pina_other")
    site.send({"event_name": "checkout"})
    shown = text_of(site.get("/requests"))
    assert "✗ 401" in shown
    assert "Authentication failed." in shown
    assert "Invalid request:" in shown
    assert shown.index("✗ 400") < shown.index("✗ 401")


def test_a_refused_payload_has_its_faults_on_its_lines(site):
    site.send(event(custom_data={"category_name": "x"}))
    page = site.get("/requests/1")
    assert "Additional properties are not allowed ('category_name' was unexpected)" in text_of(page)
    assert "/data/0/custom_data/category_name" in text_of(page)
    assert 'class="is-error"' in page.text


@pytest.mark.parametrize("body", ["[1,", '{"events": []}'])
def test_a_refused_body_that_is_no_payload_is_not_judged_as_an_event(site, body):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert site.http.post(f"/v5/ad_accounts/{ACCOUNT}/events", data=body, headers=headers).status_code == 400
    assert 'class="is-error"' not in site.get("/requests/1").text


@pytest.mark.parametrize("path", ["/requests", "/requests/1"])
def test_a_request_with_failed_events_says_why_the_first_failed(site, path):
    site.send(event("a"), event("b", event_time=1), event("c", user_data={"em": ["jane@example.com"]}))
    assert "2 of 3 failed: Invalid event_timestamp parameter." in text_of(site.get(path))


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
    assert "no mapping took it: nothing was sent" in text_of(site.get("/requests"))
    assert 'Checkout the event does not match: type = "track" AND event = "Order Completed"' in text_of(
        site.get("/requests/1")
    )


def test_a_segment_call_says_what_of_a_mapping_may_not_be_meant(site):
    form = {"subscriptions": [{"name": "Quote", "trigger": 'type == "track"', "mapping": {"emial": "x"}}]}
    http = build_app(site.emulator, destination=form).test_client()
    http.post("/v1/track", json={"event": "Quote"}, headers={"Authorization": "Basic a2V5Og=="})
    page = text_of(site.get("/requests/1"))
    assert "trigger: at character 6: == is no operator and is misread: write =." in page
    assert "mapping: emial is no field of a mapping" in page


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
