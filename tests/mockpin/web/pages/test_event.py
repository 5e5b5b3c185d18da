"""One event: verdict, why, where and how to mend it, what it lacks, its origin, what to take along."""

import json
import re
import shlex
from html import unescape

from tests.mockpin.web.site import ACCOUNT, AGENT, TAG, TOKEN, digest, event, text_of

LIMITED = {
    "user_data": {"em": [digest("a")], "st": [digest("CA")], "country": [digest("us")]},
    "custom_data": {"opt_out_type": "LDP"},
}
SEGMENT_EVENT = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m-1",
    "timestamp": "2026-09-21T14:13:00Z",
    "context": {"ip": "8.8.8.8", "userAgent": AGENT},
    "properties": {"email": "Jane.Doe@example.com", "order_id": "o-1", "currency": "USD"},
}


def test_a_failed_event_says_why_where_and_what_to_do(site):
    site.send(event(user_data={"em": ["jane@example.com"]}))
    page = site.get("/events/1")
    shown = text_of(page)
    assert "'em' is not in sha256 hashed format" in shown
    assert "match-key-not-hashed" in shown
    assert "/user_data/em/0" in shown
    line = re.search(r'href="#(L\d+)">line', page.text)[1]
    assert f'<li id="{line}" class="is-error">' in page.text
    assert 'class="fix"' in page.text


def test_limited_data_processing_shows_its_three_values(site):
    site.send(event(**LIMITED))
    shown = text_of(site.get("/events/1"))
    assert "✓ fits LDP" in shown
    assert "CA, upper case" in shown
    assert "us, as documented" in shown


def test_match_keys_are_shown_present_and_missing(site):
    site.send(event())
    shown = text_of(site.get("/events/1"))
    present, _, missing = shown.partition("Missing, and recommended")
    assert "✓ em" in present
    assert "external_id" in missing.partition("Missing")[0]


def test_a_match_key_in_plain_text_is_shown_as_there_in_vain(site):
    site.send(event(user_data={"em": ["jane@example.com"]}))
    shown = text_of(site.get("/events/1")).partition("Present, but matches nobody")[2]
    assert shown.partition("Missing")[0].split() == ["!", "em"]


def test_an_event_of_the_tag_is_not_called_faultless(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "pd[em]": "jane@example.com"})
    shown = text_of(site.get("/events/1"))
    assert "No finding." not in shown
    assert shown.partition("Present, but matches nobody")[2].partition("Missing")[0].split() == ["!", "em"]


def test_a_duplicate_names_its_first_and_the_time_between(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "ed[event_id]": "o-1"})
    site.now += 125
    site.send(event("o-1"))
    assert "Not counted: duplicate of #1. #1 came 2 min 5 s earlier by tag." in text_of(site.get("/events/2"))


def test_neighbours_are_those_of_the_search(site):
    site.send(event("a"), event("b"), event("c"), event("d"))
    page = site.get("/events/2", q="-id:c").text
    assert re.search(r'rel="prev" href="/__mockpin/ui/events/4\?q=-id:c"', page)
    assert re.search(r'rel="next" href="/__mockpin/ui/events/1\?q=-id:c"', page)
    assert "rel=" not in site.get("/events/2", q="id:b").text.partition("<main")[2]


def test_the_neighbours_of_a_test_request_s_event_are_its_like(site):
    site.send(event("real"))
    site.send(event("a"), event("b"), query="?test=true")
    page = site.get("/events/2").text
    assert 'id="back" href="/__mockpin/ui/?q=is:test#event-2"' in page
    assert 'rel="prev" href="/__mockpin/ui/events/3?q=is:test"' in page
    assert 'rel="next"' not in page


def test_request_and_answer_are_shown_without_the_token(site):
    site.send(event())
    page = site.get("/events/1")
    shown = text_of(page)
    assert f"POST /v5/ad_accounts/{ACCOUNT}/events → 200" in shown
    assert "num_events_processed" in shown
    assert "authorization: Bearer sha256:" in shown
    assert TOKEN not in page.text


def test_an_event_from_segment_shows_its_way(site):
    answer = site.http.post("/v1/track", json=SEGMENT_EVENT, headers={"Authorization": "Basic a2V5Og=="})
    assert answer.json == {"success": True}
    shown = text_of(site.get("/events/1"))
    assert "Mapping Checkout" in shown
    assert "/custom_data/order_id ← properties.order_id" in shown
    assert "/user_data/em/0 ← properties.email" in shown
    assert "Jane.Doe" not in shown


def test_the_copies_are_those_of_the_event(site):
    site.send(event("o'1"))
    page = site.get("/events/1").text
    shell, test = map(unescape, re.findall(r'<pre id="copy-\d"[^>]*>(.*?)</pre>', page, re.DOTALL))
    assert json.loads(shlex.split(shell.replace("\\\n", ""))[-1])["data"][0]["event_id"] == "o'1"
    assert test.startswith("import time")


def test_the_copies_of_a_tag_s_event_are_the_tag_s_hit(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "ed[event_id]": "o-1"})
    assert "/v3/?tid=$PINTEREST_TAG_ID&event=checkout&ed=" in unescape(site.get("/events/1").text)


def test_a_number_that_no_event_has_is_404_and_says_why(site):
    answer = site.get("/events/9")
    assert answer.status_code == 404
    assert "There is no event 9 It was never received, was reset" in text_of(answer)
