"""When the report says what, and what verdict it ends in."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockpin.reports.go_live.reasons import MAX_RULES, READINESS
from mockpin.reports.go_live.report import make_report
from mockpin_validator.judging.finding import SEVERITIES

RARE = {"payload": {"user_data": {}}, "match_keys": []}


def sentences(records, exchanges=(), **how):
    return [reason.sentence for reason in make_report(records, exchanges, **how).reasons]


def test_every_severity_ends_in_a_verdict_of_its_own():
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


@pytest.mark.parametrize("status", [0, 408, 422, 500, 503])
def test_what_is_no_refusal_of_a_whole_request_is_no_reason(record, exchange, status):
    assert sentences([record(1)], [exchange(1), exchange(2, status=status)]) == []


@pytest.mark.parametrize("status", [404, 405])
def test_a_request_that_reaches_no_endpoint_is_a_lost_one(record, exchange, status):
    path = "/v5/v5/ad_accounts/549755885175/events"
    (said,) = sentences([record(1)], [exchange(1), exchange(2, status=status, path=path)])
    assert said == f"1 request reached no endpoint, so nothing was counted: POST {path} ({status})."


@pytest.mark.parametrize(("without", "said"), [(1, False), (2, True)])
def test_half_of_the_events_with_an_e_mail_address_are_enough(record, without, said):
    records = [record(1), *(record(2 + number, **RARE) for number in range(without))]
    assert any("usable e-mail address" in sentence for sentence in sentences(records)) is said


@pytest.mark.parametrize(("number", "more"), [(MAX_RULES, False), (MAX_RULES + 1, True)])
def test_so_many_rules_are_named_and_the_others_are_counted(record, number, more):
    findings = [
        {"rule": f"rule-{index}", "severity": "warning", "message": "", "fix": ""} for index in range(number)
    ]
    (said,) = sentences([record(1, findings=findings)])
    assert ("and 1 more" in said, said.count("rule-")) == (more, MAX_RULES)


def test_advice_of_no_consequence_is_no_reason(record):
    finding = {"rule": "visitor-missing", "severity": "info", "message": "", "fix": ""}
    assert make_report([record(1, findings=[finding])], []).verdict == "ready"


MEMBERS = st.fixed_dictionaries({}, optional={
    "status": st.sampled_from(["processed", "failed"]), "test": st.booleans(),
    "source": st.sampled_from(["api", "tag", "segment"]), "event_id": st.sampled_from(["e1", "e2"]),
})  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members=st.lists(MEMBERS, max_size=5), statuses=st.lists(st.sampled_from([200, 401, 422, 429, 503])))
def test_the_verdict_is_that_of_the_gravest_reason(record, exchange, members, statuses):
    records = [record(seq, **changes) for seq, changes in enumerate(members, start=1)]
    report = make_report(records, [exchange(number, status=status) for number, status in enumerate(statuses)])
    gravest = min((SEVERITIES.index(reason.severity) for reason in report.reasons), default=2)
    assert report.verdict == READINESS[SEVERITIES[gravest]]
    assert all(each.sentence.endswith((".", "?")) for each in report.reasons)
