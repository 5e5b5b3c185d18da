"""The workbench: what is pasted is judged, and neither kept nor shown again in plain text."""

import html
import io
import json
import re

import pytest

from mockpin.emulator.json_texts import MAX_VALUES
from mockpin.emulator.settings.settings import Settings
from mockpin.web.app import create_app
from tests.mockpin.web.site import AGENT, digest, event, text_of

WORKBENCH = "/__mockpin/ui/workbench"
SEGMENT_EVENT = {
    "type": "track", "event": "Order Completed", "messageId": "m-1", "timestamp": "2026-09-21T14:13:00Z",
    "context": {"ip": "8.8.8.8", "userAgent": AGENT},
    "properties": {"email": "Jane.Doe@example.com", "order_id": "o-1"},
}  # fmt: skip


def judged(site, document, **form):
    return text_of(site.post("/workbench/document", document=json.dumps(document), **form))


@pytest.mark.parametrize("path", ["/workbench/document", "/workbench/send"])
@pytest.mark.parametrize(("text", "status", "said"), [
    ('{"data": [' + "[" * 101 + "]" * 101 + "]}", 400, "more than 100 deep within one another"),
    ('{"data": [' + "0," * MAX_VALUES + "0]}", 413, "holds more than 500,000 values"),
    (json.dumps([event()] * 1001), 413, "holds 1,001 events, and one request may have 1,000"),
    (json.dumps({"data": [event()] * 1001}), 413, "holds 1,001 events, and one request may have 1,000"),
])  # fmt: skip
def test_a_document_that_would_hold_up_the_server_is_refused_with_a_sentence(site, path, text, status, said):
    answer = site.post(path, document=text)
    assert answer.status_code == status
    assert said in text_of(answer)


def test_a_payload_is_judged_event_by_event(site):
    shown = judged(site, {"data": [event("a"), event("b", user_data={"em": ["jane@example.com"]})]})
    assert "✓ processed checkout a" in shown
    assert "✗ failed checkout b" in shown
    assert "match-key-not-hashed" in shown


def test_a_single_event_and_a_list_are_taken_too(site):
    assert "✓ processed checkout a" in judged(site, event("a"))
    assert "✓ processed checkout a" in judged(site, [event("a")])


def test_a_refused_payload_says_what_pinterest_would(site):
    shown = judged(site, event(custom_data={"category_name": "x"}))
    assert "✗ refused The whole payload" in shown
    assert "Invalid request: Additional properties are not allowed ('category_name' was unexpected)" in shown


def test_a_segment_event_shows_each_step_of_its_mapping(site):
    shown = judged(site, SEGMENT_EVENT)
    assert "✓ processed track Order Completed, by the preset Checkout" in shown
    assert "/user_data/em/0 ← properties.email" in shown
    assert "lower case: changed, 20 characters to 20" in shown
    assert digest("jane.doe@example.com") in shown


def test_a_segment_event_that_no_preset_takes_is_not_sent(site):
    assert "not sent" in judged(site, {"type": "track", "event": "Nothing Known"})


def test_a_whole_request_of_a_thousand_events_is_taken(site):
    url = "https://shop.test/" + "a" * 500
    document = {"data": [event(f"e-{number}", event_source_url=url) for number in range(1000)]}
    assert len(json.dumps(document)) > 800_000
    head = b'--x\r\nContent-Disposition: form-data; name="document"\r\n\r\n'
    body, kind = head + json.dumps(document).encode() + b"\r\n--x--", "multipart/form-data; boundary=x"
    answer = site.http.post(f"{WORKBENCH}/document", data=body, content_type=kind)
    assert "✓ processed checkout e-0" in text_of(answer)
    answer.request.environ["wsgi.input"].close()  # so large a form goes through a file of the test client's


def test_a_document_beyond_the_body_limit_is_refused_with_the_option_s_name():
    http = create_app(Settings(body_limit=1000)).test_client()
    answer = http.post(f"{WORKBENCH}/document", data={"document": " " * 2000})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert "start it with a larger --body-limit" in answer.json["detail"]


def test_a_profile_can_be_chosen(site):
    assert "✗ failed" in judged(site, event(), profile="strict")
    assert "✓ processed" in judged(site, event(), profile="nonsense")


@pytest.mark.parametrize(("text", "said"), [
    ("", "Nothing was pasted"), ("{", "This is not JSON"), ("[1]", "refused"), ("{}", "nothing to judge"),
    ('"x"', "nothing to judge"), ("[" * 5000, "This is not JSON"), ('{"data": []}', "refused"),
    ('{"type": "track", "event": {"a": []}}', "not sent"), ('{"data": [null, {"event_id": 1}]}', "refused"),
])  # fmt: skip
def test_what_cannot_be_judged_is_said(site, text, said):
    answer = site.post("/workbench/document", document=text)
    assert answer.status_code == 200
    assert said in text_of(answer)


def test_broken_json_is_shown_with_a_caret_and_masked(site):
    page = site.post("/workbench/document", document='{"em": jane@example.com}')
    assert "line 1, column 8" in text_of(page)
    assert "1 | {&#34;em&#34;: ••••••••••••••••}\n  |        ^^^^" in page.text


def test_a_file_is_judged(site):
    file = (io.BytesIO(json.dumps(event("from-file")).encode()), "events.json")
    assert "checkout from-file" in text_of(site.post("/workbench/document", file=file))


def test_nothing_pasted_is_kept_or_shown_in_plain_text(site):
    page = site.post(
        "/workbench/document", document=json.dumps(event(user_data={"em": ["jane@example.com"]}))
    )
    assert "jane@" not in page.text
    assert "<masked 16>" in text_of(page)
    assert (site.emulator.store.last_seq, site.emulator.store.last_exchange) == (0, 0)


def test_a_value_is_hashed_step_by_step(site):
    page = site.post("/workbench/hash", key="em", value=" Jane@Example.com ")
    shown = text_of(page)
    assert digest("jane@example.com") in shown
    assert "trim: changed, 18 characters to 16" in shown
    assert "Jane@" not in page.text


def test_a_hash_is_explained(site):
    assert "CA, upper case" in text_of(site.post("/workbench/why", key="st", hash=digest("CA")))
    right = site.post("/workbench/why", key="em", hash=digest("Jane@x.com"), plain="jane@x.com")
    assert "jane@x.com" not in right.text.lower()


@pytest.mark.parametrize(("path", "form", "said"), [
    ("/workbench/hash", {"key": "em", "value": "  "}, "This em is empty after normalization"),
    ("/workbench/hash", {"key": "nope", "value": "x"}, "nope"),
    ("/workbench/why", {"key": "em", "hash": " "}, "Enter the hash"),
    ("/workbench/why", {"key": "nope", "hash": "x"}, "nope"),
    ("/workbench/why", {}, "Enter the hash"),
])  # fmt: skip
def test_a_helper_says_what_it_wants(site, path, form, said):
    assert said in text_of(site.post(path, **form))


def document_of(site, **asked):
    page = site.get("/workbench", **asked).text
    return html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]).strip()


def test_the_workbench_begins_with_an_event_or_a_request_of_the_history(site):
    site.send(event("a"), event("b"))
    site.send(event("c"))
    assert document_of(site) == ""
    assert json.loads(document_of(site, event=2))["event_id"] == "b"
    assert document_of(site, event=9) == document_of(site, request=9) == ""
    assert [item["event_id"] for item in json.loads(document_of(site, request=1))["data"]] == ["a", "b"]


def test_the_workbench_begins_with_the_lone_event_of_a_segment_call(site):
    site.http.post("/v1/track", json=SEGMENT_EVENT, headers={"Authorization": "Basic a2V5Og=="})
    sent = json.loads(document_of(site, request=site.emulator.store.last_exchange))
    assert sent.get("event", SEGMENT_EVENT["event"]) == SEGMENT_EVENT["event"]
