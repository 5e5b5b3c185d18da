"""What the report makes of what was received, and the readiness with its reasons."""

import pytest

from mockpin.reports.exchanges import INTERNAL
from mockpin.reports.go_live.reasons import LATE, LDP_INCOMPLETE
from mockpin.reports.go_live.report import make_report
from mockpin_validator import RULES

WARNING = {"rule": "value-zero", "severity": "warning", "message": "value is 0.", "fix": "Leave it out."}


def sentences(report):
    return [(reason.severity, reason.sentence) for reason in report.reasons]


def test_a_sender_that_does_everything_right_is_ready(record, exchange):
    report = make_report([record(1), record(2, source="tag", event_id="e1", duplicate_of=1)], [exchange(1)])
    assert (report.readiness, report.reasons) == ("ready", ())
    assert (report.events, report.pass_rate) == (2, 100.0)


def test_nothing_received_is_not_a_success():
    report = make_report([], [])
    assert report.readiness == "not ready"
    assert sentences(report) == [
        ("error", "No real event was received: no request brought one that was accepted.")
    ]


def test_test_requests_alone_are_not_a_success(record, exchange):
    report = make_report([record(1, test=True)], [exchange(1, test=True)])
    assert "only test requests came" in report.reasons[0].sentence
    assert (report.events, report.test_events) == (0, 1)


def test_test_requests_among_real_events_are_a_leak(record, exchange):
    report = make_report([record(1), record(2, test=True)], [exchange(1), exchange(2, test=True)])
    assert ("warning", "1 event came in test requests, which are never recorded.") in sentences(report)


def test_a_failed_event_forbids_going_live(record):
    report = make_report([record(1), record(2, status="failed")], [])
    assert ("error", "1 event failed and never came again corrected: .") in sentences(report)
    assert report.pass_rate == 50.0


@pytest.mark.parametrize("status", [400, 401, 403, 413, 429])
def test_a_refused_request_forbids_going_live(record, exchange, status):
    report = make_report([record(1)], [exchange(1), exchange(2, status=status)])
    assert any(reason.severity == "error" and f"({status})" in reason.sentence for reason in report.reasons)


def test_a_refusal_that_a_fault_gave_is_counted_and_no_reason(record, exchange):
    report = make_report([record(1)], [exchange(1), exchange(2, status=401, fault="status")])
    said = "1 request met an injected fault (status 401 1); what it did is not held against the sender."
    assert (sentences(report), report.statuses) == ([("info", said)], {200: 1, 401: 1})


def test_a_refusal_of_what_segment_sends_is_a_reason(record, exchange):
    report = make_report([record(1)], [exchange(1), exchange(2, status=401, headers={"via": INTERNAL})])
    said = "1 event came with refused requests and never came again: no valid conversion token (401)."
    assert sentences(report) == [("error", said)]


@pytest.mark.parametrize(("number", "severity"), [(1, "warning"), (3, "error")])
def test_more_or_fewer_events_than_expected_are_told(record, number, severity):
    report = make_report([record(1), record(2)], [], expected={"checkout": number})
    assert (severity, f"checkout: {number} expected, 2 seen.") in sentences(report)


def test_an_expected_name_that_never_came_has_its_line(record):
    report = make_report([record(1)], [], expected={"signup": 1})
    assert [(name.event_name, name.expected, name.seen) for name in report.names] == [
        ("checkout", None, 1),
        ("signup", 1, 0),
    ]


def test_duplicates_count_once(record):
    report = make_report([record(1), record(2, event_id="e1", duplicate_of=1)], [], expected={"checkout": 1})
    assert not any("expected" in reason.sentence for reason in report.reasons)


def test_tag_and_api_without_a_shared_id_count_twice(record):
    report = make_report([record(1), record(2, source="tag")], [])
    said = "The tag and the API report checkout events under different event ids: 1 of them count twice."
    assert ("error", said) in sentences(report)


def test_names_that_only_one_of_tag_and_api_reports_are_not_a_double_count(record):
    report = make_report([record(1), record(2, "page_visit", source="tag")], [])
    assert report.readiness == "ready"


def test_an_event_id_under_two_names_is_told(record):
    report = make_report([record(1), record(2, "lead", event_id="e1")], [])
    said = "2 events: the same event id was also sent with another event name: both are counted."
    assert sentences(report) == [("info", said)]


LIMITED = {"user_data": {"em": ["0" * 64]}, "custom_data": {"opt_out_type": "LDP"}}


def test_limited_data_processing_asked_for_in_vain_forbids_going_live(record):
    incomplete = {"rule": LDP_INCOMPLETE, "severity": "warning", "message": "No state.", "fix": "Send st."}
    report = make_report([record(1, payload=LIMITED, findings=[incomplete])], [])
    assert report.privacy["limited_data_processing_ignored"] == 1
    assert (
        "error",
        "1 event asked for limited data processing incompletely, without effect.",
    ) in sentences(report)


def test_limited_data_processing_in_a_state_without_it_is_only_noted(record):
    report = make_report([record(1, payload=LIMITED)], [])
    said = "1 event asked for limited data processing in states without it."
    assert (report.readiness, sentences(report)) == ("ready", [("info", said)])


def test_the_rule_about_incomplete_limited_data_processing_is_one():
    assert LDP_INCOMPLETE in RULES


def test_shares_of_privacy_are_of_the_real_events(record):
    opted_out = record(1, payload={"opt_out": True, "user_data": {"em": ["0" * 64]}})
    report = make_report([opted_out, record(2), record(3, test=True)], [])
    assert report.to_dict()["privacy"]["opt_out"] == {"events": 1, "share": 50.0}


def test_limited_data_processing_that_applies_is_not_a_reason(record):
    payload = {"user_data": {"em": ["0" * 64]}, "custom_data": {"opt_out_type": "LDP"}}
    applied = {"applies": True, "reason": "California"}
    report = make_report([record(1, payload=payload, limited_data_processing=applied)], [])
    assert report.privacy["limited_data_processing"] == 1
    assert report.readiness == "ready"


def test_late_events_are_told(record):
    late = {"rule": "event-time-late", "severity": "info", "message": "It is late.", "fix": "Send it sooner."}
    report = make_report([record(1), record(2, findings=[late])], [])
    assert sentences(report) == [("warning", "1 event came late, so reported as offline.")]


def test_an_offline_event_has_days_to_come(record):
    report = make_report([record(1, event_time=1_789_990_000, action_source="offline")], [])
    assert (report.reasons, report.freshness["within a day"]) == ((), 1)


def test_the_rule_about_late_events_is_one():
    assert LATE in RULES


def test_an_opt_out_on_everything_is_told(record):
    payload = {"opt_out": True, "user_data": {"em": ["0" * 64]}}
    report = make_report([record(seq, payload=payload) for seq in range(1, 6)], [])
    assert ("warning", "5 of 5 events of the API say that the person opted out.") in sentences(report)


def test_few_e_mail_addresses_are_told(record):
    report = make_report([record(1, payload={"user_data": {}}, match_keys=[])], [])
    assert any("e-mail address" in reason.sentence for reason in report.reasons)


def test_e_mail_addresses_in_plain_text_are_present_but_not_usable(record):
    payload = {"event_name": "checkout", "user_data": {"em": ["<masked 16>"]}}
    report = make_report([record(1, payload=payload)], [])
    quality = report.to_dict()["quality"]
    assert (quality["match_keys"]["em"], quality["match_keys_present"]["em"]) == (0.0, 100.0)
    said = "No event of a customer has a usable e-mail address, the strongest match key."
    assert ("warning", said) in sentences(report)


def test_match_quality_is_of_the_events_that_the_server_sent_if_it_sent_any(record):
    tag = record(2, source="tag", payload={"user_data": {}}, match_keys=[])
    reports = (make_report(events, []).to_dict() for events in ([record(1), tag], [tag]))
    assert [report["quality"]["match_keys"]["em"] for report in reports] == [100.0, 0.0]


def test_bad_conduct_is_a_reason_with_what_to_do(record, exchange):
    refused = exchange(1, status=422)
    report = make_report([record(1)], [refused, {**refused, "id": "2"}])
    assert any("sent again unchanged" in reason.sentence for reason in report.reasons)


def test_the_gravest_reason_comes_first(record):
    report = make_report([record(1, status="failed", findings=[WARNING])], [])
    assert [reason.severity for reason in report.reasons] == ["error", "warning"]


def test_findings_are_counted_by_event_with_examples(record):
    report = make_report([record(seq, findings=[WARNING, WARNING]) for seq in range(1, 9)], [])
    assert [(finding.rule, finding.events, *map(str, finding.examples)) for finding in report.findings] == [
        ("value-zero", 8, "#1", "#2", "#3", "#4", "#5")
    ]


def test_the_budget_says_when_this_batch_size_is_throttled(record, exchange):
    report = make_report([record(1)], [exchange(1, events=2), exchange(2, events=4, at=1_790_000_061)])
    assert str(report.budget) == (
        "At this batch size (3.0 events a request) you would be throttled at 15,000 events a minute: "
        "Pinterest's OpenAPI 5.23 allows 5,000 requests. The busiest minute had 1 request."
    )


def test_what_segment_sends_one_by_one_does_not_lower_the_senders_batch_size(record, exchange):
    own = [exchange(number, headers={"via": INTERNAL}) for number in (2, 3)]
    assert make_report([record(1)], [exchange(1, events=6), *own]).budget.batch_size == 6.0


def test_the_report_as_json_never_speaks_of_approval(record):
    said = make_report([record(1)], []).to_dict()
    assert said["checked_against"].startswith("Checked against an emulation of the published contract.")
    assert "approved" not in str(said).lower()


def test_the_servers_are_listed_where_several_were_asked(record):
    assert make_report([record(1)], [], servers={"http://a": 1}).to_dict()["servers"] == {"http://a": 1}
    assert "servers" not in make_report([record(1)], []).to_dict()


def test_what_the_real_service_judged_is_said_in_place_of_what_it_has_not_seen(record, exchange):
    seen = {**exchange(1), "shadow": {"disagreements": []}}
    said = make_report([record(1)], [seen]).disclaimer
    assert "In shadow mode a real service judged 1 request, as tests." in said
    assert "shadow" not in make_report([record(1)], [exchange(1)]).disclaimer


def test_warnings_are_told_by_rule(record):
    warnings = [{**WARNING, "rule": f"rule-{number}"} for number in range(6)]
    report = make_report([record(1, findings=warnings), record(2, findings=warnings[5:])], [])
    assert sentences(report) == [
        (
            "warning",
            "Events with warnings, by rule: rule-5 (2), rule-0 (1), rule-1 (1), rule-2 (1) and 2 more.",
        )
    ]
