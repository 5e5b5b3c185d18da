"""The tag over HTTP: its hits, and its script, which the browser suites run."""

import pytest

from mockpin.emulator.pipeline.answers import PIXEL
from tests.mockpin.sending import AD_ACCOUNT_ID, TAG_ID

HIT = {"tid": TAG_ID, "event": "checkout", "ed": '{"event_id":"o-1"}'}


@pytest.mark.parametrize(
    "how",
    [
        {"method": "GET", "query_string": HIT},
        {"method": "POST", "data": HIT},
        {"method": "POST", "data": HIT, "content_type": "multipart/form-data"},
        {"method": "POST", "json": {**HIT, "ed": {"event_id": "o-1"}}},
        {"method": "POST", "query_string": {"tid": TAG_ID}, "data": {**HIT, "tid": TAG_ID}},
    ],
    ids=["an image", "a form", "a form in parts", "a beacon", "both"],
)
def test_a_hit_is_one_event_of_its_ad_account_in_whatever_form_it_comes(http, emulator, how):
    answer = http.open("/v3/", **how)
    (row,) = emulator.store.each_event()
    assert (answer.status_code, answer.data) == (200, PIXEL)
    assert (row.source, row.ad_account_id, row.event_id) == ("tag", AD_ACCOUNT_ID, "o-1")


def test_a_hit_needs_no_token_and_is_never_a_test_request(http, emulator):
    http.get("/v3/", query_string={**HIT, "test": "true"})
    (row,) = emulator.store.each_event()
    assert not row.test


def test_the_address_is_taken_with_and_without_its_slash(http, emulator):
    assert http.get("/v3", query_string=HIT).status_code == 200
    assert len(emulator.store) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_another_method_is_told_which_are_taken(http, emulator, method):
    answer = http.open("/v3/", method=method, query_string=HIT)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert len(emulator.store) == 0


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_what_only_asks_for_headers_is_answered_and_fires_no_tag(http, emulator, method):
    answer = http.open("/v3/", method=method, query_string=HIT)
    assert (answer.status_code, answer.data, len(emulator.store)) == (200, b"", 0)


def test_a_head_is_told_what_a_get_would_be(http):
    head, get = (http.open("/v3/", method=method).headers for method in ("HEAD", "GET"))
    assert {name: head[name] for name in ("Content-Type", "Content-Length")} == {
        "Content-Type": "image/gif",
        "Content-Length": get["Content-Length"],
    }


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[1]", b'{"tid":', b"ed[[]=x&event=checkout", b"%zz=1&=2"])
def test_whatever_a_tag_posts_it_gets_its_pixel(http, body):
    answer = http.post("/v3/", data=body, content_type="text/plain")
    assert (answer.status_code, answer.data) == (200, PIXEL)


def test_the_script_is_javascript(http, emulator):
    answer = http.get("/ct/core.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"pintrk" in answer.data
    assert emulator.store.last_exchange == 0
