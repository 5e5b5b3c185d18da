"""Facts of what an emulator received."""

import pytest

from mockpin.observations.in_history import describe_failure, read_event, read_facts
from mockpin.observations.segment_names import LEFT_OUT
from tests.mockpin.reports.go_live.conftest import exchange, record

EVENTS = "/v5/ad_accounts/1/events"
ERROR = {"rule": "value-form", "severity": "error", "path": "/data/0/custom_data/value", "message": "m"}


def read(*requests):
    return list(read_facts([], requests))


def describe(**members):
    """Status, cause, injected and transient of the one fact of a request."""
    (fact,) = read(exchange(7, **members))
    return fact.status, fact.cause, fact.injected, fact.transient


def test_an_event_keeps_where_it_came_from_and_what_became_of_it():
    fact = read_event(record(3, request_id="9", duplicate_of=1, fault="delay_ms", test=True))
    assert (fact.kind, fact.account, fact.source, fact.request, fact.seq) == (
        "event", "549755885175", "api", 9, 3,
    )  # fmt: skip
    assert (fact.event_name, fact.event_id, fact.action_source) == ("checkout", "e3", "web")
    assert (fact.event_time, fact.arrival) == (1_790_000_000 - 2, 1_790_000_000 + 3)
    assert (fact.status, fact.cause, fact.injected, fact.test) == ("processed", "", 1, 1)
    assert (fact.duplicate_of, fact.limited, fact.rules) == (1, 0, "")
    assert fact.em is not None


def test_facts_are_of_events_first_and_then_of_refused_requests():
    facts = [*read_facts([record(3), record(4)], [exchange(7, status=401)])]
    assert [fact.event_id for fact in facts] == ["e3", "e4", "7-0"]


@pytest.mark.parametrize(
    ("source", "body", "tag"),
    [
        ("tag", {"tid": "261"}, "261"),
        ("tag", {"tid": ""}, ""),
        ("tag", {}, ""),
        ("tag", None, None),
        ("api", {"tid": "1"}, None),
    ],
)
def test_a_hit_keeps_the_id_of_its_tag(source, body, tag):
    request = {**exchange(7, path="/v3/"), "body": body, "source": source, "event_seqs": [3]}
    (fact,) = read_facts([record(3, request_id="7", source=source)], [request])
    assert fact.tag == tag


@pytest.mark.parametrize("event_id", [None, "", "  "])
def test_a_blank_id_is_none(event_id):
    assert read_event(record(1, event_id=event_id)).event_id is None


def test_a_long_id_is_the_same_in_a_request_that_was_dropped_and_in_its_retry():
    long = "x" * 300
    body = {"data": [{"event_name": "checkout", "event_id": long}]}
    (dropped,) = read({**exchange(7, path=EVENTS, fault="drop"), "body": body})
    assert read_event(record(1, event_id=long)).event_id == dropped.event_id


def test_an_event_without_a_fault_has_its_findings():
    fact = read_event(record(1, status="failed", findings=[ERROR]))
    assert (fact.injected, fact.rules, fact.cause) == (
        0,
        "value-form:error",
        "value-form at custom_data.value",
    )


@pytest.mark.parametrize(
    ("members", "cause"),
    [
        ({"findings": [{**ERROR, "severity": "warning"}, ERROR]}, "value-form at custom_data.value"),
        ({"findings": [{**ERROR, "path": "/data/12/user_data/em/0"}]}, "value-form at user_data.em"),
        ({"findings": [{**ERROR, "path": "/data/0"}]}, "value-form at data"),
        ({"findings": [], "error_message": "No."}, "No."),
        ({"findings": [{"rule": "r", "severity": "error"}], "error_message": None}, ""),
    ],
)
def test_a_failure_is_the_rule_and_the_field_or_the_answer(members, cause):
    assert describe_failure(record(1, **members)) == cause


def test_a_request_that_gave_events_is_told_by_them():
    assert read(exchange(1, event_seqs=[1], status=422)) == []
    assert read(exchange(1, status=200)) == []


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({"status": 401, "path": EVENTS}, ("refused", "no valid conversion token (401)", 0, 0)),
        (
            {"status": 429, "path": EVENTS},
            ("refused", "more requests than the rate limit allows (429)", 0, 0),
        ),
        ({"status": 404, "path": "/v5/events"}, ("missed", "POST /v5/events (404)", 0, 0)),
        ({"status": 400, "path": EVENTS, "fault": "status"}, ("refused", "status 400", 1, 0)),
        ({"status": 200, "path": EVENTS, "fault": "drop"}, ("refused", "drop", 1, 1)),
        ({"status": 401, "path": "/v1/track"}, ("refused", "no valid write key (401)", 0, 0)),
    ],
)
def test_a_refused_request_has_a_fact_for_each_event_of_its_body(members, outcome):
    assert describe(**members) == outcome


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_fault_after_which_a_sender_tries_again_is_transient(status):
    outcome = describe(status=status, path=EVENTS, fault="status")
    assert outcome == ("refused", f"status {status}", 1, 1)


@pytest.mark.parametrize(
    "members", [{"status": 401, "path": f"{EVENTS}/x"}, {"status": 401, "path": EVENTS, "method": "GET"}]
)
def test_a_request_that_takes_no_events_is_no_fact(members):
    assert [fact.status for fact in read(exchange(1, **members))] in ([], ["missed"])


def test_a_fact_of_a_request_has_its_account_its_number_and_its_source():
    (fact,) = read(exchange(7, status=401, test=True))
    assert (fact.kind, fact.account, fact.source, fact.request) == ("event", "549755885175", "api", 7)
    assert (fact.event_id, fact.arrival, fact.test) == ("7-0", 1_790_000_000, 1)
    assert [fact.event_id for fact in read(exchange(7, events=2, status=401))] == ["7-0", "7-1"]
    (internal,) = read(exchange(7, status=401, headers={"via": "mockpin"}))
    assert (internal.source, internal.test) == ("segment", 0)


@pytest.mark.parametrize(("status", "facts"), [(400, 0), (401, 1), (404, 1)])
def test_an_empty_batch_loses_nothing_unless_it_shows_a_wrong_token_or_path(status, facts):
    path = "/v5/v5/ad_accounts/1/events" if status == 404 else EVENTS
    assert len(read(exchange(7, status=status, path=path, body={"data": []}))) == facts


def test_events_in_the_body_of_a_get_are_lost():
    facts = read(exchange(7, status=405, method="GET"))
    assert [(fact.status, fact.event_id) for fact in facts] == [("missed", "7-0")]


@pytest.mark.parametrize("body", [None, [], {"data": 5}, {"data": ["x"]}])
def test_a_body_without_events_is_a_fact_of_the_request(body):
    (fact,) = read(exchange(7, status=401, body=body))
    assert (fact.kind, fact.event_id) == ("request", None)


@pytest.mark.parametrize(
    ("members", "cause"),
    [
        ({"cause": "must be a string", "cause_path": "/data/0/custom_data/value"},
         "custom_data.value: must be a string (400)"),
        ({"answer": '{"message": "Invalid request: \'x y\' is not 5."}', "body": None}, "… is not … (400)"),
        ({"answer": "not JSON", "body": None}, "not JSON (400)"),
    ],
)  # fmt: skip
def test_a_refused_payload_is_explained_without_its_values(members, cause):
    assert describe(status=400, **members)[1] == cause


def test_a_body_that_is_judged_again_names_its_field():
    (fact,) = read(exchange(7, status=400, answer="A b."))
    assert fact.cause.endswith(" (400)")
    assert "A b" not in fact.cause
    assert ": " in fact.cause


def test_only_500_refused_payloads_are_judged_again():
    refused = exchange(7, status=400, answer="A b.")
    *_, last_judged, told_by_answer = read(*[{**refused, "body": None}] * 499, refused, refused)
    assert "A b" not in last_judged.cause
    assert told_by_answer.cause == "A b (400)"


def call(status, why=None, **event):
    results = [{"status": status, "why": why}] if status else []
    return {
        "event": {"type": "track", "event": "Order Completed", "messageId": "m", **event},
        "results": results,
    }


def read_call(*calls):
    return read(exchange(7, path="/v1/track", body={"segment": list(calls)}))


def test_a_segment_call_is_a_fact_with_what_says_most_about_it():
    several = call("not_subscribed")
    several["results"].append({"status": "failed", "why": "no value"})
    (fact,) = read_call(several)
    assert (fact.kind, fact.source, fact.call, fact.request) == ("call", "segment", "track", 7)
    assert (fact.event_name, fact.event_id, fact.status, fact.cause) == (
        "Order Completed", "m", "failed", "no value",
    )  # fmt: skip
    assert (fact.account, fact.near) == ("549755885175", None)


@pytest.mark.parametrize(
    ("made", "status", "cause", "name"),
    [
        (call("converted", "why"), "converted", "", "Order Completed"),
        (call("not_accepted", "too long"), "not_accepted", "too long", "Order Completed"),
        (call("failed"), "failed", "", "Order Completed"),
        (call(None), "not_subscribed", "", "Order Completed"),
        (call("converted", event=None, name="Home", type="page"), "converted", "", "Home"),
        (call("converted", event=None, type="identify"), "converted", "", "identify"),
    ],
)
def test_the_cause_of_a_call_is_that_of_its_failure(made, status, cause, name):
    (fact,) = read_call(made)
    assert (fact.status, fact.cause, fact.event_name) == (status, cause, name)


def test_an_event_of_a_call_that_is_not_an_object_has_no_name():
    (fact,) = read_call({"event": "x", "results": []})
    assert (fact.event_name, fact.event_id, fact.call) == ("", None, "")


def test_a_track_call_that_nobody_takes_is_near_the_name_that_is_taken():
    why = 'the event does not match: type = "track" AND event = "Order Completed"'
    (fact,) = read_call(call("not_subscribed", why, event="Order Complete"))
    assert fact.near == "Order Completed"
    (page,) = read_call(call("not_subscribed", why, event="Order Complete", type="page"))
    assert page.near is None


@pytest.mark.parametrize(
    ("status", "why", "cause"),
    [("not_subscribed", LEFT_OUT, LEFT_OUT), ("not_subscribed", "the event does not match", "")],
)
def test_a_call_that_its_integrations_leave_out_says_so(status, why, cause):
    (fact,) = read_call(call(status, why, properties={"order_id": 1017}))
    assert (fact.cause, fact.order_id) == (cause, "1017")


@pytest.mark.parametrize("properties", [None, {}, {"order_id": " "}, [1], "text"])
def test_a_call_without_an_order_has_none(properties):
    (fact,) = read_call(call("converted", properties=properties))
    assert fact.order_id is None
