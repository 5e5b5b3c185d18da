"""The reports of the admin API."""

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
    assert [each["rule"] for each in admin("GET", "conduct").json["conduct"]] == ["plain-text"]
