"""The reports of the admin API."""

import pytest

from tests.mockpin.web.calls import ACCOUNT, EVENT, send


def test_the_reports_speak_of_what_was_received(http, admin):
    send(http, EVENT)
    send(http, EVENT)
    send(http, EVENT | {"user_data": {"em": ["jane@example.com"]}})
    summary = admin("GET", "summary").json
    assert (summary["events"], summary["duplicates"]) == (3, 1)
    assert summary["by_status"] == {"processed": 2, "failed": 1}
    assert admin("GET", "quality").json["events"] == 3
    assert admin("GET", f"deduplication?ad_account_id={ACCOUNT}").json["classes"]["duplicate"]["events"] == 1
    assert [finding["rule"] for finding in admin("GET", "conduct").json["conduct"]] == ["plain-text"]


def test_test_requests_are_counted_apart_and_in_no_other_number(http, admin):
    send(http, EVENT, query="?test=true")
    summary = admin("GET", "summary").json
    assert (summary["events"], summary["test"], summary["by_status"], summary["findings"]) == (0, 1, {}, {})
    assert admin("GET", "quality").json["events"] == 0


@pytest.mark.parametrize("report", ["summary", "quality", "deduplication", "conduct"])
def test_a_report_on_an_ad_account_that_sent_nothing_is_that_of_an_empty_history(http, admin, report):
    nothing = admin("GET", report).json
    send(http, EVENT, EVENT | {"user_data": {"em": ["jane@example.com"]}})
    assert admin("GET", report).json != nothing
    assert admin("GET", f"{report}?ad_account_id=1").json == nothing


def test_the_rule_that_most_events_break_is_counted_first(http, admin):
    send(http, EVENT, EVENT | {"event_id": "e2", "partner_name": "Shop"})
    findings = admin("GET", "summary").json["findings"]
    assert [*findings.values()] == sorted(findings.values(), reverse=True)
    assert findings["partner-name-form"] == 1
