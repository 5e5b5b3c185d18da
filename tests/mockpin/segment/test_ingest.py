import json
from types import SimpleNamespace

import orjson
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from mockpin.segment.destination_file import build_destination
from mockpin.segment.ingest import (
    LARGEST,
    SMALLEST,
    EventAnswer,
    find_unsent_reason,
    ingest,
    plan_route,
    read_as_sent,
)
from mockpin.segment.messages import Message
from mockpin_transformer.js import stringify

SETTINGS = {"ad_account_id": "549755885175", "conversion_token": "pina_secret"}
ORDER = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m1",
    "timestamp": "2026-01-31T12:00:00.000Z",
    "userId": "u1",
    "context": {"ip": "203.0.113.9", "userAgent": "Mozilla/5.0", "traits": {"email": "jane@example.com"}},
    "properties": {"email": "jane@example.com", "order_id": "o1", "note": "call +1 555 010 9999", "total": 5},
}


def run(event, form=None, dropped=None):
    delivered = []

    def deliver(event):
        delivered.append(event)
        return EventAnswer(200, (len(delivered),))

    route = plan_route(build_destination(form or {}, settings=SETTINGS))
    (ingested,) = ingest([Message(event, dropped)], route, deliver=deliver)
    return ingested, delivered


def told(ingested):
    return {result.subscription: result for result in ingested.results}


def test_the_mapping_whose_trigger_matches_fires_and_its_event_is_delivered():
    ingested, (event,) = run(ORDER)
    assert event["event_name"] == "checkout"
    checkout = told(ingested)["Checkout"]
    assert (checkout.status, checkout.reply.event_seqs, checkout.why) == ("converted", (1,), None)
    assert checkout.payload["event_id"] == "m1"


@pytest.mark.parametrize(
    ("switches", "sent"),
    [
        (None, True),
        ({}, True),
        ({"Mixpanel": False}, True),
        ({"All": False}, False),
        ({"All": True}, True),
        ({"Pinterest Conversions API": False}, False),
        ({"All": False, "Pinterest Conversions API": True}, True),
        ({"All": False, "Pinterest Conversions API": {"region": "eu"}}, True),
        ({"All": False, "Pinterest Conversions API": {}}, True),
        ({"Pinterest Conversions API": None}, True),
        ({"All": False, "pinterest conversions api": True}, False),
        ({"All": False, "Pinterest Conversions API (Actions)": True}, False),
    ],
)
def test_the_switches_of_a_message_decide_whether_the_destination_gets_it(switches, sent):
    ingested, delivered = run({**ORDER, "integrations": switches})
    assert bool(delivered) is sent
    if not sent:
        (result,) = ingested.results
        assert (result.status, "integrations" in result.why) == ("not_subscribed", True)


def test_a_mapping_that_does_not_fire_says_why():
    ingested, _ = run(ORDER)
    search = told(ingested)["Search"]
    assert search.status == "not_subscribed"
    assert search.why == 'the event does not match: type = "track" AND event = "Products Searched"'


def test_what_of_a_mapping_may_not_be_meant_is_told_with_what_it_made():
    doubtful = {"trigger": 'type == "track"', "mapping": {"emial": "x"}}
    ingested, _ = run(ORDER, {"subscriptions": [{"preset": "Checkout"}, doubtful]})
    (checkout, other) = ingested.to_dict()["results"]
    assert (checkout["status"], checkout["doubts"]) == ("converted", [])
    assert [doubt.partition(": ")[0] for doubt in other["doubts"]] == ["trigger", "mapping"]


def test_an_event_that_cannot_be_converted_says_why_and_is_not_delivered():
    nobody = ORDER | {"context": {}, "properties": {}, "userId": None}
    ingested, delivered = run(nobody)
    assert delivered == []
    assert told(ingested)["Checkout"].status == "failed"
    assert told(ingested)["Checkout"].why


def test_what_is_kept_of_the_event_holds_no_plain_text_of_a_match_key():
    ingested, _ = run(ORDER)
    kept = str(ingested.to_dict())
    assert "jane" not in kept
    assert "555 010" not in kept
    assert ingested.event["context"]["ip"] == "<masked 11>"
    assert ingested.event["properties"]["order_id"] == "o1"
    assert ingested.event["properties"]["total"] == 5


@pytest.mark.parametrize("message", [5, None, {"type": "bogus", "email": "jane@example.com"}])
def test_what_segment_drops_reaches_no_mapping_and_says_why(message):
    ingested, delivered = run(message, dropped="Segment drops it")
    (only,) = ingested.results
    assert (only.status, only.why, delivered) == ("not_accepted", "Segment drops it", [])
    assert "jane" not in str(ingested)


def test_a_disabled_destination_makes_nothing_of_an_event():
    ingested, delivered = run(ORDER, {"enabled": False})
    assert (ingested.results, delivered) == ((), [])


def test_what_is_kept_is_json():
    ingested, _ = run(ORDER)
    results = ingested.to_dict()["results"]
    keys = {"subscription", "status", "why", "payload", "answer_status", "event_seqs", "doubts"}
    assert results[0].keys() == keys


def test_a_telephone_number_is_hidden_in_the_conversion_event_too():
    page = {"url": "https://shop.test/?phone=%2B15550104477"}
    ingested, _ = run(ORDER | {"context": {**ORDER["context"], "page": page}})
    assert ingested.event["context"]["page"]["url"] == "https://shop.test/?phone=<masked 14>"
    assert "5550104477" not in str(told(ingested)["Checkout"].payload)


NUMBERS = st.integers() | st.integers(-(10**40), 10**40) | st.floats(-1e300, 1e300)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\u00e9"), inner, max_size=3),
    max_leaves=10,
)


def read_doubles(text):
    return json.loads(text, parse_int=float)


@given(VALUES)
def test_a_value_is_read_as_a_json_reader_reads_what_javascript_prints(value):
    read = read_as_sent(value)
    event(f"changed: {read != value}")
    assert read_doubles(orjson.dumps(read)) == read_doubles(stringify(value))


@pytest.mark.parametrize("number", [0, True, SMALLEST, LARGEST, 1.5])
def test_a_number_of_64_bits_stays(number):
    assert read_as_sent([number])[0] is number


@pytest.mark.parametrize("number", [SMALLEST - 1, LARGEST + 1, 10**30])
def test_a_longer_integer_becomes_a_double(number):
    read = read_as_sent({"quantity": number})["quantity"]
    assert (read, type(read)) == (float(number), float)


@pytest.mark.parametrize(
    ("text", "read"),
    [("\ud83d", "\ufffd"), ("a\ude00", "a\ufffd"), ("\ud83d\ude00", "\U0001f600"), ("\u00e9", "\u00e9")],
)
def test_a_lone_surrogate_is_replaced_and_a_pair_joined(text, read):
    assert read_as_sent({text: [text]}) == {read: [read]}


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        ([], "not-subscribed"),
        (["converted", "failed"], None),
        (["not_subscribed", "failed"], "not-converted"),
        (["not_subscribed", "not_accepted"], "not-accepted"),
        (["not_subscribed"], "not-subscribed"),
    ],
)
def test_a_call_that_sent_nothing_has_the_most_fixable_reason(statuses, reason):
    results = [SimpleNamespace(status=status) for status in statuses]
    assert find_unsent_reason([SimpleNamespace(results=results)]) == reason
