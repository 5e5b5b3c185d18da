import base64
import gzip
import json
from random import Random

import pytest

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.faults import Fault, FaultRule
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.segment.calls import SegmentCalls, find_write_key

NOW = 1_790_000_000.0
AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
ORDER = {
    "event": "Order Completed",
    "messageId": "m1",
    "timestamp": "2026-09-21T14:13:20.000Z",
    "context": {"ip": "203.0.113.9", "userAgent": AGENT},
    "properties": {"email": "jane@example.com", "order_id": "o1"},
}


@pytest.fixture
def emulator():
    emulator = Emulator(clock=lambda: NOW)
    emulator.accounts.add("1", "first")
    emulator.accounts.add("2", "second")
    yield emulator
    emulator.close()


def request(kind, body, *, write_key="wk", **headers):
    credentials = base64.b64encode(f"{write_key}:".encode()).decode()
    said = {"authorization": f"Basic {credentials}"} | headers
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return HttpRequest("POST", f"/v1/{kind}", headers=said, body=text)


def call(emulator, kind, body, *, form=None, **said):
    calls = SegmentCalls(emulator, form, random=Random(1))
    return calls.take(kind, request(kind, body, **said))


def events(emulator):
    return [row.to_dict() for row in emulator.store.events()]


def kept(emulator):
    return [row.to_dict()["body"] for row in emulator.store.exchanges() if row.path.startswith("/v1/")]


def test_a_call_is_kept_with_the_ad_account_that_its_events_go_to(emulator):
    call(emulator, "track", ORDER, write_key="2")
    assert [(row.path, row.ad_account_id) for row in emulator.store.exchanges()] == [
        ("/v5/ad_accounts/2/events", "2"),
        ("/v1/track", "2"),
    ]


def test_a_call_runs_the_whole_path(emulator):
    answer = call(emulator, "track", ORDER)
    assert (answer.status, answer.body) == (200, b'{"success":true}')
    (event,) = events(emulator)
    assert (event["source"], event["event_name"], event["status"]) == ("segment", "checkout", "processed")
    assert (event["event_id"], event["ad_account_id"]) == ("m1", "1")


NOBODY = ORDER | {"context": {}, "properties": {}}


@pytest.mark.parametrize(("kind", "body", "reason"), [
    ("track", ORDER, None),
    ("track", ORDER | {"event": "Nap Taken"}, "not-subscribed"),
    ("track", NOBODY, "not-converted"),
    ("batch", {"batch": [5]}, "not-accepted"),
    ("batch", {"batch": [5, ORDER | {"type": "track"}]}, None),
    ("batch", b"{", "unreadable"),
])  # fmt: skip
def test_the_log_says_why_nothing_was_sent(kind, body, reason):
    entries = []
    emulator = Emulator(clock=lambda: NOW, log=entries.extend)
    emulator.accounts.add("1", "first")
    call(emulator, kind, body)
    emulator.close()
    assert (entries[-1].path, entries[-1].reason) == (f"/v1/{kind}", reason)


def test_a_batch_gives_an_event_for_each_message_that_a_mapping_takes(emulator):
    other = {"type": "track", "event": "Something Else"}
    call(emulator, "batch", {"batch": [ORDER | {"type": "track"}, other]})
    assert len(events(emulator)) == 1
    assert len(kept(emulator)[0]["segment"]) == 2


def test_a_packed_body_is_unpacked(emulator):
    body = gzip.compress(json.dumps(ORDER).encode())
    assert call(emulator, "track", body, **{"content-encoding": "gzip"}).status == 200
    assert len(events(emulator)) == 1


def test_plain_text_and_write_key_are_not_kept(emulator):
    call(emulator, "track", ORDER, write_key="very-secret")
    stored = str([row.to_dict() for row in emulator.store.exchanges()])
    for secret in ("jane", "very-secret", base64.b64encode(b"very-secret:").decode()):
        assert secret not in stored


OF_THE_SECOND = {"settings": {"ad_account_id": "2", "conversion_token": "second"}}


@pytest.mark.parametrize(("write_key", "form", "ad_account_id"), [
    ("wk", {}, "1"),
    ("2", {}, "2"),
    ("wk", OF_THE_SECOND, "2"),
    ("1", OF_THE_SECOND, "1"),
])  # fmt: skip
def test_a_write_key_that_is_an_ad_account_sends_there_whatever_the_destination_says(
    emulator, write_key, form, ad_account_id
):
    call(emulator, "track", ORDER, form=form, write_key=write_key)
    assert [event["ad_account_id"] for event in events(emulator)] == [ad_account_id]


def test_write_keys_that_name_an_account_and_none_stay_apart_on_one_emulator(emulator):
    calls = SegmentCalls(emulator, OF_THE_SECOND)
    for write_key in ("wk", "1", "wk"):
        calls.take("track", request("track", ORDER, write_key=write_key))
    assert [event["ad_account_id"] for event in events(emulator)] == ["2", "1", "2"]


def test_a_destination_with_a_wrong_token_shows_a_401(emulator):
    wrong = {"settings": {"ad_account_id": "1", "conversion_token": "old"}}
    assert call(emulator, "track", ORDER, form=wrong).status == 200
    statuses = {result["answer_status"] for result in kept(emulator)[0]["segment"][0]["results"]}
    assert statuses == {None, 401}


@pytest.mark.parametrize("form", [{}, {"settings": {"ad_account_id": "1", "conversion_token": "first"}}])
def test_the_history_has_the_request_that_segment_would_make(emulator, form):
    call(emulator, "track", ORDER, form=form)
    made, _ = [emulator.store.describe(row) for row in emulator.store.exchanges()]
    assert (made["method"], made["path"], made["status"]) == ("POST", "/v5/ad_accounts/1/events", 200)
    assert made["headers"]["via"] == "mockpin"
    assert ("authorization" in made["headers"]) == bool(form)
    assert [event["event_id"] for event in made["body"]["data"]] == ["m1"]
    assert emulator.store.exchanges()[0].body is None  # its event has a row of its own


def test_the_destination_opens_no_ad_account_for_others(emulator):
    call(emulator, "track", ORDER)
    assert not emulator.accounts.knows("")
    post = HttpRequest("POST", "/v5/ad_accounts/1/events", headers={"via": "mockpin"}, body=b'{"data": []}')
    assert emulator.receive(RequestContext(post, "1")).status == 401


@pytest.mark.parametrize("quantity", [1e20, -1e20, 10**30, 2**64, 2**63])
def test_a_quantity_of_over_64_bits_is_answered_and_counted(emulator, quantity):
    properties = {**ORDER["properties"], "products": [{"product_id": "p", "quantity": quantity}]}
    assert call(emulator, "track", ORDER | {"properties": properties}).status == 200
    (message,) = kept(emulator)[0]["segment"]
    assert [seq for result in message["results"] for seq in result["event_seqs"]] == [1]
    (event,) = events(emulator)
    assert event["payload"]["custom_data"]["contents"][0]["quantity"] == float(quantity)


def test_half_of_a_surrogate_pair_is_answered_and_counted(emulator):
    mapping = {"custom_data_2": {"order_id": {"@liquid": "{{ properties.name | slice: 0, 1 }}"}}}
    form = {"subscriptions": [{"preset": "Checkout", "mapping": mapping}]}
    properties = {**ORDER["properties"], "name": "\U0001f600 Shoe"}
    assert call(emulator, "track", ORDER | {"properties": properties}, form=form).status == 200
    assert [event["payload"]["custom_data"]["order_id"] for event in events(emulator)] == ["\ufffd"]


def test_a_fault_of_the_service_shows_too(emulator):
    emulator.faults.add(FaultRule(Fault("status", 429)))
    call(emulator, "track", ORDER)
    results = kept(emulator)[0]["segment"][0]["results"]
    assert 429 in {result["answer_status"] for result in results}


def test_without_a_write_key_a_call_is_refused(emulator):
    unsigned = HttpRequest("POST", "/v1/track", body=b"{}")
    assert SegmentCalls(emulator).take("track", unsigned).status == 401


@pytest.mark.parametrize("body", [b"{", b"[]", b"x" * 40_000])
def test_a_bad_body_is_refused_and_only_its_digest_kept(emulator, body):
    answer = call(emulator, "track", body)
    assert (answer.status, json.loads(answer.body)["success"]) == (400, False)
    assert kept(emulator)[0].keys() == {"bytes", "digest"}


def test_a_body_that_is_not_packed_as_it_says_is_refused(emulator):
    assert call(emulator, "track", b"plain", **{"content-encoding": "gzip"}).status == 400


@pytest.mark.parametrize(
    ("headers", "body", "found"),
    [
        ({"authorization": "Basic d2s6"}, {}, "wk"),
        ({"authorization": "basic d2s6"}, {}, "wk"),
        ({"authorization": "Basic Og=="}, {}, None),
        ({"authorization": "Basic !"}, {}, None),
        ({"authorization": "Basic /w=="}, {}, "\ufffd"),
        ({}, {"writeKey": "wk"}, "wk"),
        ({}, {"writeKey": 7}, None),
        ({"authorization": "Bearer x"}, {}, None),
    ],
)
def test_the_write_key_is_found_in_basic_auth_or_in_the_body(headers, body, found):
    assert find_write_key(headers, body) == found


def test_without_an_ad_account_nothing_breaks():
    emulator = Emulator(clock=lambda: NOW)
    assert call(emulator, "track", ORDER).status == 200
    assert events(emulator) == []
    emulator.close()
