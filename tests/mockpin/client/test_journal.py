"""The journal of a failing test."""

import pytest

from mockpin.client.admin_client import AdminUnreachable
from mockpin.client.guard import Guard, RealHostContacted
from mockpin.client.journal import (
    NOTHING_SENT,
    READ_EARLY_HINT,
    describe_contact,
    read_journal,
    write_journal,
)

FINDING = {
    "severity": "error",
    "rule": "event-time-too-old",
    "message": "It is old.",
    "fix": "Send it sooner.",
}


def request(status, *, seqs=(), answer="{}", body=None):
    return {
        "method": "POST",
        "path": "/v5/x/events",
        "status": status,
        "event_seqs": list(seqs),
        "answer": answer,
        "body": body,
    }


def event(seq, **members):
    usual = {"sent_name": "checkout", "event_id": "e1", "status": "processed", "duplicate_of": None}
    return {"seq": seq, **usual, "error_message": "", "findings": [], **members}


def test_a_test_that_sent_nothing_is_told_so():
    assert write_journal([], []) == NOTHING_SENT


def test_an_exchange_has_its_events_and_their_findings_beneath_it():
    failed = event(2, status="failed", error_message="Invalid event_timestamp parameter.", findings=[FINDING])
    assert write_journal([request(422, seqs=[1, 2])], [event(1, duplicate_of=7), failed]).splitlines() == [
        "POST /v5/x/events => 422",
        "  #1 checkout event_id=e1 processed duplicate of #7",
        "  #2 checkout event_id=e1 failed (Invalid event_timestamp parameter.)",
        "      error event-time-too-old: It is old. Send it sooner.",
    ]


ADVICE = {"severity": "warning", "rule": "external-id-missing", "message": "None.", "fix": "Send it."}


def test_errors_come_before_recommendations_which_share_a_line():
    findings = [{**ADVICE, "severity": "info", "rule": "visitor-missing"}, FINDING, ADVICE]
    assert write_journal([request(422, seqs=[1])], [event(1, findings=findings)]).splitlines()[2:] == [
        "      error event-time-too-old: It is old. Send it sooner.",
        "      recommended: visitor-missing, external-id-missing",
    ]


def test_findings_that_an_earlier_event_has_too_are_told_by_its_number():
    events = [
        event(6, findings=[ADVICE]),
        event(7),
        event(8, findings=[FINDING]),
        event(9, findings=[ADVICE]),
    ]
    requests = [request(200, seqs=[6, 7]), request(422, seqs=[8, 9])]
    lines = write_journal(requests, events).splitlines()
    assert lines[1:4] == [
        "  #6 checkout event_id=e1 processed",
        "      recommended: external-id-missing",
        "  #7 checkout event_id=e1 processed",
    ]
    assert lines[-1] == "      same as #6"
    assert sum("same as" in line for line in lines) == 1


def test_what_the_sender_does_wrong_comes_first_and_its_lesser_habits_do_not():
    habit = {
        "rule": "retried-refusal",
        "severity": "error",
        "message": "Again.",
        "fix": "Do not.",
        "times": 1,
    }
    often = {**habit, "rule": "no-back-off", "times": 3}
    lesser = {**habit, "rule": "no-keep-alive", "severity": "info"}
    assert write_journal([request(200)], [], conduct=[habit, lesser, often]).splitlines()[:3] == [
        "error retried-refusal: Again. Do not.",
        "error no-back-off (3 times): Again. Do not.",
        "POST /v5/x/events => 200",
    ]


def test_a_request_without_events_shows_its_answer():
    assert '    answer: {"code":2}' in write_journal([request(401, answer='{"code":2}')], [])


def test_a_refused_payload_is_told_with_its_faults_and_what_to_do():
    event = {"event_name": "lead", "action_source": "web", "event_time": 1, "event_id": "e1"}
    body = {"data": [{**event, "user_data": {"em": ["0" * 64]}, "event_value": 1}]}
    assert write_journal([request(400, body=body)], []).splitlines()[2:] == [
        (
            "    error schema at /data/0/event_value: "
            "Pinterest does not know the field event_value here. Remove it."
        )
    ]


def test_of_many_faults_the_first_are_shown_and_the_rest_are_counted():
    lines = write_journal([request(400, body={"data": [{}] * 1000})], []).splitlines()
    assert sum("error schema at /data/0:" in line for line in lines) == 5
    assert lines[-1] == "    (4995 more faults are left out)"


@pytest.mark.parametrize("body", [[], None, "x", {"events": []}, {"bytes": 4, "digest": "sha256:90"}])
def test_of_what_is_not_a_payload_the_answer_is_all_there_is_to_tell(body):
    assert len(write_journal([request(400, body=body)], []).splitlines()) == 2


@pytest.mark.parametrize(
    ("status", "variable"), [(401, "PINTEREST_CONVERSION_TOKEN"), (403, "PINTEREST_AD_ACCOUNT_ID")]
)
def test_a_refusal_names_the_variable_that_the_sender_did_not_follow(status, variable):
    assert variable in write_journal([request(status)], []).splitlines()[-1]


def test_a_long_answer_is_cut():
    assert "x" * 301 not in write_journal([request(400, answer="x" * 5000)], [])


def test_of_many_requests_the_latest_are_shown_and_the_rest_are_counted():
    lines = write_journal([request(200) for _ in range(25)], []).splitlines()
    assert lines[0] == "(5 earlier requests are left out)"
    assert sum(line.startswith("POST") for line in lines) == 20


def test_the_journal_of_an_account_that_sent_nothing(mockpin):
    assert read_journal(mockpin) == NOTHING_SENT


class Gone:
    """An account on an emulator that has been stopped."""

    def requests(self):
        raise AdminUnreachable("http://127.0.0.1:9", "ConnectError")


def test_an_emulator_that_is_gone_is_told_and_breaks_nothing():
    assert read_journal(Gone()).startswith("Cannot read what was sent. No mockpin answers at")


def test_a_failing_test_s_report_carries_what_was_sent_and_the_nearest_misses(suite):
    result = suite("""
def test_checkout(mockpin):
    send(event_id="e2")
    mockpin.expect(event_name="checkout", event_id="e1")
""")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*Near miss: event * (checkout)",
            "*✗ event_id *expected 'e1', received 'e2'",
            "*- mockpin -*",
            "POST /v5/ad_accounts/*/events => 200",
            "  #* checkout event_id=e2 processed",
        ]
    )


def test_a_failing_test_s_report_says_how_the_sender_misbehaved(suite):
    result = suite(
        "def test_checkout(mockpin):\n    send(event_time=1)\n    send(event_time=1)\n    assert False"
    )
    result.stdout.fnmatch_lines(
        ["*- mockpin -*", "error retried-refusal: *sent again unchanged.*", "POST * => 422", "*same as #*"]
    )


def test_a_failing_test_s_report_says_that_nothing_was_sent(suite):
    result = suite("def test_checkout(mockpin):\n    assert False")
    result.stdout.fnmatch_lines(["*Nothing was sent to the emulator.*PINTEREST_API_URI*"])


@pytest.mark.parametrize("requests", [[], [request(200)]])
def test_a_real_host_is_named_with_the_likely_cause_where_nothing_reached_the_emulator(requests):
    said = describe_contact(Guard(["api.pinterest.com"]), requests)
    assert said.startswith(str(RealHostContacted("api.pinterest.com")))
    assert (READ_EARLY_HINT in said) is not bool(requests)
