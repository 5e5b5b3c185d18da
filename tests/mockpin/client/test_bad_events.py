"""What a test sent that is lost, refused or counted twice."""

import pytest

from mockpin.client.bad_events import (
    count_warnings,
    describe_bad_events,
    describe_lost_requests,
    describe_observations,
    find_errors,
    observe,
)
from tests.mockpin.sending import TOKEN, Sending, conversion_event

ERROR = {
    "rule": "event-time-too-old",
    "severity": "error",
    "message": "Too old.",
    "fix": "Send sooner.",
    "path": "",
}
WARNING = {**ERROR, "rule": "event-id-blank", "severity": "warning", "message": "It is 0."}
NOTE = {**ERROR, "rule": "hash-upper-case", "severity": "info"}


@pytest.fixture
def sent():
    """A function that posts events and gives the events and the requests of the admin API."""
    sending = Sending()

    def send(*events, token=TOKEN):
        sending.post(*events, token=token)
        return sending.records(), sending.exchanges()

    yield send
    sending.emulator.close()


def request(**members):
    return {
        "id": "1", "method": "POST", "path": "/v5/ad_accounts/1/events", "query": {}, "status": 400,
        "fault": None, "answer": '{"message": "No."}', "headers": {}, "body": {}, "ad_account_id": "1",
        "event_seqs": [], "received_at": 5.0, "answer_headers": {}, "cause": None, "cause_path": None,
        "reason": None, **members,
    }  # fmt: skip


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_a_refused_request_is_described_with_its_answer(status):
    first, *_ = describe_lost_requests([request(status=status)])
    assert first.startswith("  POST /v5/ad_accounts/1/events")
    assert first.endswith(': {"message": "No."}')


@pytest.mark.parametrize(
    "members",
    [
        {"status": 200},
        {"status": 422},
        {"status": 429},
        {"status": 503},
        {"fault": "status"},
        {"body": {"data": []}},
    ],
)
def test_what_loses_nothing_and_a_fault_of_the_test_are_not_described(members):
    assert list(describe_lost_requests([request(**members)])) == []


def test_an_empty_batch_with_a_refused_token_is_described():
    assert list(describe_lost_requests([request(status=401, body={"data": []})]))


def test_a_get_that_carries_events_is_described():
    lines = list(describe_lost_requests([request(method="GET", status=405, body={"data": [{}]})]))
    assert "there is no such endpoint" in lines[0]


def test_a_refused_body_names_the_place_of_its_mistake():
    sending = Sending()
    sending.post(conversion_event(custom_data={"value": 5}))
    lines = list(describe_lost_requests(sending.exchanges()))
    sending.emulator.close()
    assert len(lines) > 1
    assert all(line.startswith("      ") for line in lines[1:])
    assert "/data/0/custom_data/value" in "".join(lines[1:])


def test_a_request_that_missed_the_endpoint_is_told_where_to_send():
    first, second = describe_lost_requests([request(path="/v5/events", status=404)])
    assert first.endswith(": there is no such endpoint, so its events are lost.")
    assert second == "      POST to {PINTEREST_API_URI}/ad_accounts/{PINTEREST_AD_ACCOUNT_ID}/events."


def event(*findings, **members):
    return {
        "seq": 3, "event_name": "checkout", "sent_name": "checkout", "event_id": "o-1", "status": "processed",
        "findings": findings, "payload": {}, "error_message": "", "duplicate_of": None, "test": False,
        "source": "api", **members,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("record", "described"),
    [
        (event(), False),
        (event(WARNING), False),
        (event(ERROR), True),
        (event(status="failed"), True),
        (event(status="failed", fault=None), True),
        (event(status="failed", fault="fail_events"), False),
        (event(ERROR, status="failed", fault="fail_events"), True),
    ],
)
def test_an_event_is_bad_if_it_failed_without_a_fault_or_breaks_a_rule(record, described):
    lines = list(describe_bad_events([record], profile="faithful"))
    assert bool(lines) is described
    assert all(line.startswith("  #3 ") for line in lines[:1])
    assert len(lines) > 1 if ERROR in record["findings"] else len(lines) <= 1
    assert all(line.startswith("      ") for line in lines[1:])


@pytest.mark.parametrize(
    ("profile", "rules"),
    [("faithful", ["event-time-too-old"]), ("strict", ["event-time-too-old", "event-id-blank"])],
)
def test_a_profile_decides_which_findings_are_errors(profile, rules):
    unknown = {**ERROR, "rule": "of-tomorrow", "severity": "warning"}
    found = find_errors(event(ERROR, WARNING, unknown), profile)
    assert [finding["rule"] for finding in found] == rules
    assert {finding["severity"] for finding in found} == {"error"}


def test_without_events_and_requests_nothing_is_observed():
    assert observe([], []) == ()


def test_an_order_that_is_sent_twice_under_two_ids_is_described(sent):
    order = {"custom_data": {"order_id": "1001", "value": "5.00", "currency": "USD"}}
    events, requests = sent(conversion_event(event_id="a", **order), conversion_event(event_id="b", **order))
    costly = [
        o for o in observe(events, requests) if o.severity == "error" and o.effect in ("lost", "doubled")
    ]
    lines = list(describe_observations(events, requests))
    assert [line.split(":")[0].strip() for line in lines] == [observation.rule for observation in costly]
    assert lines
    assert lines[0].endswith(".")
    assert " For example " in lines[0]


def test_a_refusal_is_not_observed_a_second_time(sent):
    events, requests = sent(conversion_event(), token="pina_wrong")
    assert [observation.rule for observation in observe(events, requests)] != []
    assert list(describe_observations(events, requests)) == []


def test_a_warning_is_counted_once_an_event():
    assert count_warnings([event(WARNING, WARNING, NOTE), event(WARNING), event(ERROR)]) == {
        "event-id-blank": 2
    }
