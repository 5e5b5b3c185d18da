"""A stored request and its answer, as the pages show them."""

import json

import pytest

from mockpin.web.pages.content.exchanges import find_source, read_exchange

API, TAG, SEGMENT = "/v5/ad_accounts/1/events", "/v3/", "/v1/track"
JUDGED = {"status": "processed", "error_message": ""}
FAILED = {"status": "failed", "error_message": "Too old."}


def view(answer=None, **members):
    usual = {
        "id": "7", "received_at": 5.0, "ad_account_id": "1", "method": "POST", "path": API, "query": {},
        "status": 200, "milliseconds": 1.0, "fault": None, "event_seqs": [], "headers": {},
        "answer_headers": {}, "body": {}, "answer": answer if isinstance(answer, str) else json.dumps(answer),
    }  # fmt: skip
    return read_exchange({**usual, **members})


def call(*taken, event=None):
    """A Segment message with a result for each subscription: whether it gave an event."""
    results = [{"subscription": f"s{number}", "event_seqs": [1] * took} for number, took in enumerate(taken)]
    return {"event": event or {"type": "track"}, "results": results}


def segment(*calls, **members):
    return view(path=SEGMENT, body={"segment": list(calls)}, **members)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (API, "api"),
        ("/v5/ad_accounts", "api"),
        ("/v3", "tag"),
        ("/v3/", "tag"),
        (SEGMENT, "segment"),
        ("/v1", "segment"),
        ("/v30/", None),
        ("/v5/user_account", None),
        ("/", None),
    ],
)
def test_a_path_tells_the_source(path, source):
    assert find_source(path) == source


def test_an_exchange_is_read_from_the_admin_apis_record():
    exchange = view({"a": 1}, event_seqs=[1, 2], query={"test": "true", "q": "a b"})
    assert (exchange.id, exchange.event_seqs, exchange.answer) == (7, (1, 2), {"a": 1})
    assert exchange.target == f"{API}?test=true&q=a+b"
    assert view().target == API
    assert view("cut o").answer == "cut o"


@pytest.mark.parametrize(
    ("path", "test", "is_test"),
    [
        (API, "TRUE", True),
        (SEGMENT, "true", True),
        (TAG, "true", False),
        (API, "1", False),
        (API, None, False),
    ],
)
def test_the_tag_has_no_test_requests(path, test, is_test):
    assert view(path=path, query={"test": test}).is_test is is_test


@pytest.mark.parametrize(
    ("status", "seqs", "refused"), [(400, [], True), (399, [], False), (422, [1], False), (200, [], False)]
)
def test_an_error_without_events_is_a_refusal(status, seqs, refused):
    assert view(status=status, event_seqs=seqs).is_refused is refused


NAMED, NAMELESS = {"event_name": "checkout"}, {"event_id": "a"}


@pytest.mark.parametrize(
    ("exchange", "count"),
    [
        (view(event_seqs=range(1, 1235), status=422), "1,234"),
        (view(path="/v5/event", status=404, body={"data": [NAMED, NAMED, NAMELESS, 7]}), "0 of 2"),
        (view(path="/v1/trak", status=404, body={"event": "Order Completed"}), "0 of 1"),
        (view(fault="drop", body={"data": [NAMED]}), "0 of 1"),
        (view(status=400, body="[1,"), "0"),
        (view(status=400, body={"data": []}), "0"),
        (segment(call(False)), "0"),
    ],
)
def test_events_that_an_error_kept_out_are_counted_beside_those_of_the_history(exchange, count):
    assert exchange.event_count == count


def test_calls_are_those_of_segments_path():
    assert segment(call(1)).segment_calls == (call(1),)
    assert view(body={"segment": [call(1)]}).segment_calls == ()
    assert view(path=SEGMENT, body={"segment": "x"}).segment_calls == ()
    assert view(path=SEGMENT, body="x").segment_calls == ()


def test_a_call_is_untaken_where_no_subscription_gave_an_event():
    assert segment(call(0, 1), call(0), call()).untaken_calls == (call(0), call())


@pytest.mark.parametrize(
    ("exchange", "text"),
    [
        (segment(call(1, 0), call(1, 1)), "sent by s0, s1"),
        (segment(call(0)), ""),
        (view("text"), ""),
        (view({"message": "No."}), "No."),
        (view({"events": []}), ""),
        (view({"events": [JUDGED, JUDGED]}), "2 processed"),
        (view({"events": [JUDGED, FAILED, FAILED]}), "2 of 3 failed: Too old."),
        (view({"message": "m", "details": {"events": [FAILED]}}), "1 of 1 failed: Too old."),
        (view({"message": "m", "details": "none"}), "m"),
    ],
)
def test_the_answer_in_words_says_what_became_of_the_events(exchange, text):
    assert exchange.answer_text == text


@pytest.mark.parametrize(
    ("exchange", "kind", "outcome", "none"),
    [
        (view(event_seqs=[1]), "processed", "200", False),
        (view(status=422, event_seqs=[1]), "failed", "422", False),
        (view(status=400), "failed", "400", True),
        (view(), "processed", "200", False),
        (view(path=TAG), "ignored", "not taken", True),
        (view(path=TAG, event_seqs=[1]), "processed", "200", False),
        (view(path=TAG, status=503), "failed", "503", True),
        (segment(call(0), event_seqs=[1]), "ignored", "not taken", True),
        (segment(call(1), event_seqs=[1]), "processed", "200", False),
        (view(fault="drop", event_seqs=[1]), "failed", "dropped", False),
        (view(fault="status", event_seqs=[1]), "failed", "200", False),
        (view(fault="delay_ms", event_seqs=[1]), "processed", "200", False),
    ],
)
def test_the_colour_and_the_outcome_say_whether_an_exchange_gave_events(exchange, kind, outcome, none):
    assert (exchange.kind, exchange.outcome, exchange.gave_no_event) == (kind, outcome, none)


def test_a_fault_says_what_it_did_to_the_answer():
    assert view(fault="empty").fault_effect == "Your fault rule emptied the answer's body."
    assert view().fault_effect == ""


@pytest.mark.parametrize(
    ("exchange", "events"),
    [
        (segment(call(0, event={"a": 1}), call(1), call(0, event="x")), [{"a": 1}]),
        (view(body={"data": [{"b": 1}, "x"]}), [{"b": 1}]),
        (view(body={"data": "x"}), [{"data": "x"}]),
        (view(path=TAG, body={"event": "checkout"}), [{"event": "checkout"}]),
        (view(body=["x"]), []),
    ],
)
def test_the_sent_events_are_those_of_the_body(exchange, events):
    assert list(exchange.list_sent_events()) == events
