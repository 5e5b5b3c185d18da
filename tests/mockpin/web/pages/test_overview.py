"""The overview: figures, charts and reports of what was received."""

from dataclasses import replace

import pytest

from mockpin.reports.overview import survey
from mockpin.web.pages.overview import MOST_NAMES, list_figures
from tests.mockpin.web.site import ACCOUNT, NOW, TAG, event, text_of


def test_figures_and_charts_add_up(site):
    site.send(event("a"), event("a"), event("old", event_time=int(NOW) - 9 * 86400))
    site.send(event("t"), query="?test=true")
    page = site.get("/overview")
    shown = text_of(page)
    for figure in ("3 events", "66.7 % processed", "1 failed", "1 duplicates", "checkout (3)", "em (100 %)"):
        assert figure in shown
    assert page.text.count('role="img"') == 5 + 1  # that of time twice: for wide windows and for narrow ones


@pytest.mark.parametrize(
    ("events", "kind"), [((event("a"),), "is-good"), ((event("a"), event(event_time=1)), "")]
)
def test_what_was_processed_is_green_only_when_nothing_failed(site, events, kind):
    site.send(*events)
    assert f'<div class="figure {kind}"><b>{100 // len(events)} %</b>' in site.get("/overview").text


def test_one_failure_among_thousands_is_not_rounded_away():
    overview = replace(survey([], match_keys=()), events=3000, outcomes={"failed": 1, "duplicate": 0})
    assert ("processed", "99.9 %", "", "is:good") in set(list_figures(overview))


def test_findings_lead_to_the_events_that_have_them(site):
    site.send(event("old", event_time=int(NOW) - 9 * 86400))
    page = site.get("/overview").text
    assert "/__mockpin/ui/?q=rule:event-time-too-old" in page
    assert site.seqs("rule:event-time-too-old") == [1]


def test_a_rule_is_shown_by_severity_with_its_latest_event(site):
    plain, hashed = "jane@example.com", "a" * 64
    site.send(*(event(name, user_data={"em": [plain]}) for name in ("a", "b")))
    site.send(event("c", user_data={"em": [hashed], "external_id": ["u-1"]}))
    shown = text_of(site.get("/overview"))
    assert "match-key-not-hashed ✗ error 2 #2" in shown
    assert "match-key-not-hashed ! warning 1 #3" in shown


def test_deduplication_quality_and_conduct_are_reported(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "ed[event_id]": "o-1"})
    site.send(event("o-1"))
    site.send({"event_name": "x"})
    site.send({"event_name": "x"})
    shown = text_of(site.get("/overview"))
    assert "matched 2 100 %" in shown
    assert "external_event_id 100" in shown
    assert "retried-refusal" in shown
    assert 'href="/__mockpin/ui/requests/3"' in site.get("/overview").text


def test_the_figures_can_be_those_of_one_ad_account(site):
    site.emulator.accounts.add("42", "pina_other")
    site.send(event())
    assert f"1 event of ad account {ACCOUNT}" in text_of(site.get("/overview", ad_account_id=ACCOUNT))
    assert "Nothing received yet" in text_of(site.get("/overview", ad_account_id="42"))


def test_the_figures_of_one_ad_account_lead_to_its_events(site):
    site.emulator.accounts.add("42", "pina_other")
    site.send(event(event_time=1))
    page = site.get("/overview", ad_account_id=ACCOUNT).text
    for query in (
        f"account:{ACCOUNT}",
        f"is:bad+account:{ACCOUNT}",
        f"rule:event-time-too-old+account:{ACCOUNT}",
    ):
        assert f'href="/__mockpin/ui/?q={query}"' in page
    assert 'href="/__mockpin/ui/?q=is:bad"' in site.get("/overview").text


def test_a_finding_says_what_to_do(site):
    site.send(event(user_data={"em": ["jane@example.com"]}))
    assert "Normalize the plain value, then send its SHA-256" in text_of(site.get("/overview"))


def test_a_chart_says_what_it_leaves_out_and_a_share_is_not_rounded_away(site):
    site.send(*(event(str(number), event_name=f"name-{number}") for number in range(MOST_NAMES + 1)))
    site.send(*(event(f"o-{number}") for number in range(500)))
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "ed[event_id]": "t"})
    shown = text_of(site.get("/overview"))
    assert f"The {MOST_NAMES} commonest of {MOST_NAMES + 2}." in shown
    assert "only tag 1 0.19 %" in shown
    assert "API (513)" in shown


def test_nothing_received_is_no_error(site):
    assert "Nothing received yet" in text_of(site.get("/overview"))


def test_the_charts_have_their_style(site):
    assert ".chart" in site.get("/charts.css").text
