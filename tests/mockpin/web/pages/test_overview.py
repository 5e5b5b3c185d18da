"""The overview: figures, charts and reports of what was received."""

from dataclasses import replace

import pytest

from mockpin.reports.overview import summarize_events
from mockpin.web.pages.overview import FLUSH, list_figures, send_in_parts
from tests.mockpin.web.site import ACCOUNT, AGENT, NOW, TAG, event, text_of


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
    overview = replace(summarize_events([]), events=3000, outcomes={"failed": 1, "duplicate": 0})
    assert ("processed", "99.9 %", "", "is:good") in set(list_figures(overview))


def test_each_figure_leads_to_its_events():
    outcomes = {"failed": 1_001, "duplicate": 2}
    overview = replace(summarize_events([]), events=2_002, outcomes=outcomes, warned=3, limited=4)
    assert [*list_figures(overview)] == [
        ("events", "2,002", "", ""),
        ("processed", "50 %", "", "is:good"),
        ("failed", "1,001", "is-bad", "is:bad"),
        ("duplicates", "2", "", "is:duplicate"),
        ("with warnings", "3", "", "is:warned"),
        ("limited data processing", "4", "", "is:limited"),
    ]


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
    site.send(*(event(str(number), event_name=f"name-{number}") for number in range(13)))
    site.send(*(event(f"o-{number}") for number in range(500)))
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "ed[event_id]": "t"})
    shown = text_of(site.get("/overview"))
    assert "The 12 most frequent of 14." in shown
    assert "only tag 1 0.19 %" in shown
    assert "API (513)" in shown


def test_nothing_received_is_not_an_error(site):
    assert "Nothing received yet" in text_of(site.get("/overview"))


def test_the_charts_have_their_style(site):
    assert ".chart" in site.get("/charts.css").text


def test_a_page_is_sent_in_parts_each_written_when_it_is_asked_for():
    written = []

    def write():
        for piece in ("<a>", FLUSH, "<b>", f"</b>{FLUSH}", "<c>"):
            written.append(piece)
            yield piece

    parts = send_in_parts(write())
    assert next(parts) == f"<a>{FLUSH}"
    assert len(written) == 2
    assert list(parts) == [f"<b></b>{FLUSH}", "<c>"]


@pytest.mark.parametrize(("since", "shown"), [("10m", 1), ("1h", 2), ("", 3), ("7d", 3), ("never", 3)])
def test_the_time_range_bounds_what_is_reported(site, since, shown):
    for age in (7200, 1800, 60):
        site.now = NOW - age
        site.send(event(f"o-{age}", event_time=int(NOW) - age))
    site.now = NOW
    page = text_of(site.get("/overview", since=since))
    assert f"{shown} conversion" in page
    assert f"{shown} event" in page


def test_the_answers_come_first_and_link_to_their_events(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "ed[event_id]": "o-1"})
    site.send(event("o-1"), event("o-2", event_time=1), event("o-3"))
    page = site.get("/overview", ad_account_id=ACCOUNT)
    shown = text_of(page)
    order = ["May we go live?", "2 conversions counted", "1 failed", "% of the events", "Events over time"]
    assert [shown.index(words) for words in order] == sorted(shown.index(words) for words in order)
    assert "checkout : 2 by the API, 1 by the tag, 1 matched" in shown
    assert f"?q=is:good+-is:duplicate+account:{ACCOUNT}" in page.text


def test_the_key_to_add_next_is_the_one_that_most_would_gain_by(site):
    site.send(event("a"), event("b", user_data={"client_ip_address": "8.8.8.8", "client_user_agent": AGENT}))
    shown = text_of(site.get("/overview"))
    assert "50 % of the events have a key that identifies somebody. Add click_id next" in shown


def test_an_open_page_asks_for_the_answers_alone(site):
    site.send(event())
    page = site.get("/overview", part="answers").text
    assert '<div id="answers"' in page
    assert "<svg" not in page


def test_refused_requests_alone_are_answered_too(site):
    site.send(event(), token="pina_other")
    shown = text_of(site.get("/overview"))
    assert "Nothing received yet" not in shown
    assert "not ready" in shown


def test_a_page_reports_on_one_moment_whatever_arrives_while_it_is_sent(site):
    site.send(event("a", event_time=1))
    parts = iter(site.http.get("/__mockpin/ui/overview").response)
    page = next(parts) + next(parts)
    site.send(event("b", event_time=1))
    page += b"".join(parts)
    assert b"1 event, without test requests" in page
    assert b'<td class="number">1</td><td><a href="/__mockpin/ui/events/1">' in page
