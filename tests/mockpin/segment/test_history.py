import json

import pytest

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.segment.calls import SegmentCalls
from mockpin.segment.history import find_segment_event

ORDER = {
    "event": "Order Completed",
    "writeKey": "wk",
    "timestamp": "2026-09-21T14:13:20.000Z",
    "context": {"ip": "203.0.113.9", "userAgent": "Mozilla/5.0"},
    "properties": {"order_id": "o1"},
}


@pytest.fixture
def emulator():
    emulator = Emulator(clock=lambda: 1_790_000_000.0)
    emulator.accounts.add("1", "first")
    yield emulator
    emulator.close()


def call(emulator):
    request = HttpRequest("POST", "/v1/track", body=json.dumps(ORDER).encode())
    return SegmentCalls(emulator).take("track", request)


def refuse(emulator):
    request = HttpRequest("GET", "/v1/track")
    return emulator.record(RequestContext(request, ad_account_id="", source="segment"), Answer(405, b""))


def find(emulator, **changes):
    return find_segment_event(emulator.store, emulator.store.event(1).to_dict() | changes)


def test_the_segment_event_behind_an_event_is_found_with_what_became_of_it(emulator):
    call(emulator)
    found = find(emulator)
    assert found["event"]["event"] == "Order Completed"
    fired = [result for result in found["results"] if result["event_seqs"]]
    assert [(result["subscription"], result["answer_status"]) for result in fired] == [("Checkout", 200)]


def test_an_event_of_the_api_has_no_segment_event(emulator):
    call(emulator)
    assert find(emulator, source="api") is None


def test_of_a_call_that_is_no_longer_kept_nothing_is_found(emulator):
    call(emulator)
    assert find(emulator, seq=99) is None


def test_a_request_without_a_body_among_the_calls_is_passed_over(emulator):
    call(emulator)
    refuse(emulator)
    assert find(emulator, seq=99) is None
