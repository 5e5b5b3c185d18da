"""When the report says what, and what readiness it concludes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockpin.reports.go_live.reasons import READINESS, Reason
from mockpin.reports.go_live.report import make_report
from mockpin_validator.judging.finding import SEVERITIES

RARE = {"payload": {"user_data": {}}, "match_keys": []}
OPTED_OUT = {"user_data": {"em": ["0" * 64]}, "custom_data": {"opt_out_type": "LDP"}}


def sentences(records, exchanges=(), **how):
    return [reason.sentence for reason in make_report(records, exchanges, **how).reasons]


def test_every_severity_ends_in_a_readiness_of_its_own():
    assert list(READINESS) == list(SEVERITIES)
    assert len(set(READINESS.values())) == len(SEVERITIES)


@pytest.mark.parametrize(
    ("misspelt", "meant"), [("chekout", "checkout"), ("Signup", "signup"), ("loyalty_teir", "loyalty_tier")]
)
def test_a_name_that_never_came_is_met_with_the_one_that_may_be_meant(record, misspelt, meant):
    (said,) = sentences([record(1, "loyalty_tier")], expected={misspelt: 1})
    assert said == f"{misspelt}: 1 expected, 0 seen. Did you mean {meant}?"


def test_no_other_name_is_guessed_for_one_that_came_or_that_is_right(record):
    said = sentences([record(1, "chekout")], expected={"chekout": 2, "lead": 1})
    assert said == ["chekout: 2 expected, 1 seen.", "lead: 1 expected, 0 seen."]


def test_events_that_failed_are_missing_from_those_expected(record):
    said = sentences([record(1), record(2, status="failed")], expected={"checkout": 2})
    assert "checkout: 2 expected, 2 seen, of which 1 failed." in said


def test_events_that_failed_are_named_beside_those_that_came(record):
    said = sentences([record(1, status="failed")], expected={"api:checkout": 1})
    assert "checkout: 1 expected by the API, 0 came, 1 failed." in said


def test_events_of_another_source_that_failed_are_not_named(record):
    records = [record(1, status="failed", source="segment"), record(2, source="tag")]
    said = sentences(records, expected={"api:checkout": 1})
    assert "checkout: 1 expected by the API, 0 came. Nothing at all came by the API." in said


@pytest.mark.parametrize(("source", "key", "excused"), [
    ("api", "api:checkout", True), ("segment", "api:checkout", False), ("segment", "checkout", True),
])  # fmt: skip
def test_a_fault_excuses_only_what_is_missing_of_its_own_source(record, source, key, excused):
    failed = record(2, status="failed", source=source, fault="fail_events")
    said = sentences([record(1), failed], expected={key: 2})
    assert any("2 expected" in item for item in said) is not excused


def test_a_host_that_mockpin_does_not_answer_for_is_a_warning_since_it_may_serve_images(record):
    (reason,) = make_report([record(1)], (), refused_hosts={"i.pinimg.com": 2}).reasons
    assert (reason.severity, reason.rule) == ("warning", "host-refused")
    assert reason.sentence == "2 requests to i.pinimg.com refused: mockpin does not answer for this host."
    assert "--intercept i.pinimg.com" in reason.fix


@pytest.mark.parametrize("status", [0, 408, 422, 500, 503])
def test_what_is_not_a_refusal_of_a_whole_request_is_not_a_reason(record, exchange, status):
    assert sentences([record(1)], [exchange(1), exchange(2, status=status)]) == []


@pytest.mark.parametrize("status", [404, 405])
def test_a_request_that_reaches_no_endpoint_is_a_lost_one(record, exchange, status):
    path = "/v5/v5/ad_accounts/549755885175/events"
    (said,) = sentences([record(1)], [exchange(1), exchange(2, status=status, path=path)])
    lost = "1 event came with requests that reached no endpoint, so nothing was counted"
    assert said == f"{lost}: POST {path} ({status})."


@pytest.mark.parametrize(("without", "said"), [(1, False), (2, True)])
def test_half_of_the_events_with_an_e_mail_address_are_enough(record, without, said):
    records = [record(1), *(record(2 + number, **RARE) for number in range(without))]
    assert any("usable e-mail address" in sentence for sentence in sentences(records)) is said


def test_a_share_of_e_mail_addresses_is_said_unless_it_is_none(record):
    most, all_ = ([record(number, **RARE) for number in range(2, 5)] for _ in range(2))
    assert any(
        said.startswith("Only 25 % of the events of customers") for said in sentences([record(1), *most])
    )
    assert any(said.startswith("No event of a customer has a usable") for said in sentences(all_))


def test_advice_of_no_consequence_is_not_a_reason(record):
    finding = {"rule": "visitor-missing", "severity": "info", "message": "", "fix": ""}
    assert make_report([record(1, findings=[finding])], []).readiness == "ready"


MEMBERS = st.fixed_dictionaries({}, optional={
    "status": st.sampled_from(["processed", "failed"]), "test": st.booleans(),
    "source": st.sampled_from(["api", "tag", "segment"]), "event_id": st.sampled_from(["e1", "e2"]),
})  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members=st.lists(MEMBERS, max_size=5), statuses=st.lists(st.sampled_from([200, 401, 422, 429, 503])))
def test_the_readiness_is_that_of_the_gravest_reason(record, exchange, members, statuses):
    records = [record(seq, **changes) for seq, changes in enumerate(members, start=1)]
    report = make_report(records, [exchange(number, status=status) for number, status in enumerate(statuses)])
    gravest = min((SEVERITIES.index(reason.severity) for reason in report.reasons), default=2)
    assert report.readiness == READINESS[SEVERITIES[gravest]]
    assert all(reason.sentence.endswith((".", "?")) for reason in report.reasons)


@pytest.mark.parametrize(
    ("server", "others"), [(0, "the API reported none"), (1, "the API reported 1 of them")]
)
def test_events_that_came_by_the_tag_alone_are_missing_from_the_server(record, server, others):
    tag = [record(number, source="tag") for number in range(1, 5)]
    sent = [record(9 + number, event_id=f"e{number}", duplicate_of=number) for number in range(1, server + 1)]
    said = sentences([*tag, *sent], expected={"checkout": 4})
    assert f"checkout: 4 expected, 4 came by the tag; {others}." in said


def finding(rule, severity="warning"):
    return {"rule": rule, "severity": severity, "message": "", "fix": ""}


@pytest.mark.parametrize(
    ("members", "severity", "sentence"),
    [
        ({"findings": [finding("event-time-late", "info")]}, "warning",
         "1 event came late, so reported as offline."),
        ({"findings": [finding("limited-data-processing-incomplete")], "payload": OPTED_OUT}, "error",
         "1 event asked for limited data processing incompletely, without effect."),
        ({"payload": OPTED_OUT}, "info", "1 event asked for limited data processing in states without it."),
        ({"findings": [finding("click-id-missing")]}, "info",
         "Pinterest recommends what some events lack: click-id-missing (1)."),
        ({"findings": [finding("value-zero")]}, "warning", "Events with warnings, by rule: value-zero (1)."),
        ({"findings": [finding("opt-out-on-everything")]}, None, ""),
    ],
)  # fmt: skip
def test_a_finding_of_one_event_is_a_reason_of_its_own_weight(record, members, severity, sentence):
    told = {(reason.severity, reason.sentence) for reason in make_report([record(1, **members)], []).reasons}
    assert told >= ({(severity, sentence)} if severity else set())
    assert severity or not told


@pytest.mark.parametrize("rule", ["event-time-late", "value-zero"])
def test_the_reason_about_findings_says_what_to_do(record, rule):
    told = {"rule": rule, "severity": "warning", "message": "It is wrong.", "fix": "Make it right."}
    reasons = make_report([record(1, findings=[told])], []).reasons
    assert all(reason.fix.endswith("Make it right.") for reason in reasons)
    assert reasons


def test_no_real_event_is_an_error_that_says_what_came(record):
    assert sentences([]) == ["No real event was received: no request brought one that was accepted."]
    (said,) = sentences([record(1, test=True)])
    assert said == "No real event was received: only test requests came."


def test_the_tag_alone_is_an_error_unless_only_the_tag_was_asked_for(record):
    tag = [record(1, source="tag"), record(2, source="tag")]
    (reason, *_) = make_report(tag, []).reasons
    assert (reason.severity, reason.effect, reason.events) == ("error", "lost", 2)
    assert reason.sentence == "The API sent nothing that counts: all 2 events came from the tag alone."
    assert not any("tag alone" in sentence for sentence in sentences(tag, expected={"tag:checkout": 2}))


@pytest.mark.parametrize("key", ["checkout", "api:checkout"])
def test_fewer_events_than_expected_are_lost_and_more_are_a_warning(record, key):
    for expected, outcome in ((3, ("error", 1, 3)), (1, ("warning", 0, 0))):
        (reason,) = make_report([record(1), record(2)], [], expected={key: expected}).reasons
        assert (reason.severity, reason.events, reason.total) == outcome


def test_an_id_under_two_names_is_told_and_counterparts_that_came_too_late_are_a_warning(record):
    said = sentences([record(1, event_id="e"), record(2, "lead", event_id="e")])
    assert any(sentence.startswith("2 events: the same event id was also sent with") for sentence in said)
    late = [record(1, event_id="e"), record(2, source="tag", event_id="e", received_at=1_790_090_000)]
    reasons = make_report(late, []).reasons
    (reason,) = (reason for reason in reasons if "arrived after the window" in reason.sentence)
    assert (reason.severity, reason.effect, reason.events) == ("warning", "doubled", 1)


def test_orders_that_came_too_late_are_an_error_and_told_once(record):
    payload = {"event_name": "checkout", "user_data": {}, "custom_data": {"order_id": "1017"}}
    first = [record(number, event_id=f"o{number}", payload=payload) for number in (1, 2, 3)]
    late = [{**one, "seq": one["seq"] + 3, "received_at": one["received_at"] + 100_000} for one in first]
    reasons = make_report([*first, *late], []).reasons
    told = {reason.rule: reason for reason in reasons}
    assert (told["order-reported-after-window"].severity, told["order-reported-after-window"].events) == (
        "error",
        3,
    )
    assert not any("arrived after the window" in reason.sentence for reason in reasons)


def test_reasons_are_ranked_by_severity_then_by_what_they_cost():
    ranks = [
        Reason("error", "", effect="lost", events=5), Reason("error", "", effect="doubled", events=2),
        Reason("error", "", effect="wrong", events=9), Reason("error", "", events=9), Reason("warning", ""),
    ]  # fmt: skip
    assert sorted(ranks, key=lambda reason: reason.rank) == ranks
    assert Reason("info", "s").to_dict()["examples"] == []


def disagree(*disagreements):
    return {
        "shadow": {"disagreements": [{"index": index, "observed": seen} for index, seen in disagreements]}
    }


def test_an_event_that_only_the_real_service_fails_keeps_a_sender_from_going_live(record, exchange):
    shadow = disagree((0, "failed"))
    report = make_report([record(1)], [{**exchange(1), **shadow}])
    assert report.readiness == "not ready"
    assert "The real service fails 1 event that mockpin processes." in [
        reason.sentence for reason in report.reasons
    ]


def test_an_event_that_only_mockpin_fails_is_a_warning(record, exchange):
    shadow = disagree((0, "processed"), (None, "200"))
    report = make_report([record(1)], [{**exchange(1), **shadow}])
    (reason,) = [reason for reason in report.reasons if reason.rule == "shadow-differs"]
    assert (reason.severity, reason.sentence) == (
        "warning", "The real service judges requests or events otherwise than mockpin, 2 in all.",
    )  # fmt: skip


def test_a_mistake_on_all_events_is_mended_as_its_finding_says(record):
    told = {
        "rule": "currency-unknown",
        "severity": "warning",
        "message": "EURO names no currency.",
        "fix": "Send it.",
    }
    report = make_report([record(number, findings=[told]) for number in range(1, 11)], [])
    fixes = {reason.rule: reason.fix for reason in report.reasons}
    assert fixes["warning-on-nearly-all"] == "EURO names no currency. Send it."


@pytest.mark.parametrize(("tests", "severity"), [(1, "info"), (2, "warning")])
def test_few_tests_before_real_requests_only_try_out_the_token(record, exchange, tests, severity):
    tried = [record(number, test=True) for number in range(1, tests + 1)]
    real = [record(number) for number in range(10, 25)]
    requests = [exchange(1, test=True), exchange(2, events=15)]
    (reason,) = [
        each for each in make_report([*tried, *real], requests).reasons if "in test requests" in each.sentence
    ]
    assert reason.severity == severity


def test_an_ad_account_on_several_servers_is_an_error_that_names_them(record):
    divided = {"549755885175": ("http://a", "http://b")}
    (reason,) = [
        each
        for each in make_report([record(1)], [], divided=divided).reasons
        if each.rule == "ad-account-divided"
    ]
    assert reason.severity == "error"
    assert "(http://a, http://b) received events of the ad account 549755885175" in reason.sentence


def test_what_an_injected_fault_did_is_told_and_not_held_against_the_sender(record, exchange):
    report = make_report([record(1)], [exchange(1), exchange(2, status=503, fault="status")])
    told = {reason.sentence: reason.severity for reason in report.reasons}
    sentence = "1 request met an injected fault (status 503 1); what it did is not held against the sender."
    assert told[sentence] == "info"
