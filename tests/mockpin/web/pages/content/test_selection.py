"""The part of the history that the overview reports on."""

import pytest

from mockpin.web.pages.content.selection import (
    MAX_REMEMBERED_REPORTS,
    REPORT_LIFETIME,
    SLICE_RECORDS,
    HistorySelection,
    SelectionReports,
    free_in_slices,
)
from tests.mockpin.web.site import ACCOUNT, NOW, event


@pytest.mark.parametrize(
    ("account", "since", "query"),
    [("", "", ""), (ACCOUNT, "", f"account:{ACCOUNT}"), (ACCOUNT, "1h", f"account:{ACCOUNT} since:1h")],
)
def test_a_selection_is_a_search_for_its_events(account, since, query):
    assert HistorySelection(account, since).query == query


@pytest.mark.parametrize(("since", "start"), [("1h", NOW - 3600), ("", 0), ("never", 0)])
def test_a_selection_starts_its_time_before_now(since, start):
    assert HistorySelection(since=since).find_start(NOW) == start


@pytest.fixture
def reports(site):
    return SelectionReports(site.emulator)


def old_event(name, **fields):
    return event(name, event_time=int(NOW) - 9 * 86_400, **fields)


def find_old(findings):
    """The numbers of the old events among the findings of a report."""
    old = [figures for figures in findings if figures.rule == "event-time-too-old"]
    return [example.event for figures in old for example in figures.examples]


def seqs(report):
    return find_old(report.report.findings)


def test_a_report_has_the_real_events_of_the_selection_oldest_first(site, reports):
    site.now = NOW - 7200
    site.send(old_event("old"))
    site.now = NOW
    site.send(old_event("a"))
    site.send(old_event("test"), query="?test=true")
    site.send(old_event("b"))
    every = reports.make(HistorySelection())
    assert (seqs(every), every.is_cut) == ([1, 2, 4], False)
    assert seqs(reports.make(HistorySelection(since="2h"))) == [1, 2, 4]
    assert seqs(reports.make(HistorySelection(since="1h"))) == [2, 4]
    assert seqs(reports.make(HistorySelection("1"))) == []
    assert seqs(reports.make(HistorySelection(ACCOUNT, "1h"))) == [2, 4]
    assert every.answers.failed == 3


@pytest.mark.parametrize(
    ("limit", "numbers", "is_cut"), [(1, [3], True), (2, [2, 3], True), (3, [1, 2, 3], False)]
)
def test_a_report_is_on_the_newest_events_and_tells_whether_it_is_cut(site, limit, numbers, is_cut):
    site.send(old_event("a"), old_event("b"))
    site.send(old_event("c"))
    report = SelectionReports(site.emulator, limit).make(HistorySelection())
    assert (seqs(report), report.is_cut) == (numbers, is_cut)
    assert report.report.statuses == ({422: 2} if limit == 3 else {422: 1})


def test_findings_have_the_latest_events_as_examples(site, reports):
    site.send(old_event("a"), old_event("b"))
    assert find_old(reports.make(HistorySelection()).findings) == [2, 1]


def test_scores_look_back_from_the_present_day(site, reports):
    site.send(event("a"))
    assert len(reports.make(HistorySelection()).scores) == 1
    site.now += 15 * 86_400
    assert len(reports.make(HistorySelection()).scores) == 0


@pytest.mark.parametrize("number", [0, 1, SLICE_RECORDS, 2 * SLICE_RECORDS + 1])
def test_a_list_is_freed_to_its_end(number):
    records = [{}] * number
    free_in_slices(records)
    assert records == []


def test_a_report_has_the_requests_of_the_selection(site, reports):
    site.now = NOW - 7200
    site.send(event(), token="pina_other")
    site.now = NOW
    site.send(event())
    statuses = {
        selection: dict(reports.make(selection).report.statuses)
        for selection in (HistorySelection(), HistorySelection(since="1h"), HistorySelection("1"))
    }
    assert [*statuses.values()] == [{200: 1, 401: 1}, {200: 1}, {}]


def test_a_report_begins_with_what_arrived_at_its_start(site, reports):
    site.now = NOW - 3600
    site.send(old_event("a"))
    site.send(event("b"), token="pina_other")
    site.now = NOW
    report = reports.make(HistorySelection(since="1h"))
    assert seqs(report) == [1]
    assert dict(report.report.statuses) == {401: 1, 422: 1}


def test_a_report_is_made_once_until_something_arrives_or_is_reset(site, reports):
    site.send(event("a"))
    first = reports.make(HistorySelection())
    assert reports.make(HistorySelection()) is first
    site.send(event("b"), token="pina_other")
    second = reports.make(HistorySelection())
    assert second is not first
    site.emulator.reset()
    assert reports.make(HistorySelection()) is not second


def test_a_report_on_a_time_range_is_made_again_when_it_is_old(site, reports):
    every, recent = HistorySelection(), HistorySelection(since="1h")
    first = reports.make(every), reports.make(recent)
    assert reports.make(recent) is first[1]
    site.now += REPORT_LIFETIME
    assert reports.make(every) is first[0]
    assert reports.make(recent) is not first[1]


def test_the_latest_reports_alone_are_remembered(reports):
    first = reports.make(HistorySelection("0"))
    for account in range(1, MAX_REMEMBERED_REPORTS):
        reports.make(HistorySelection(str(account)))
    assert reports.make(HistorySelection("0")) is first
    reports.make(HistorySelection("another"))
    assert reports.make(HistorySelection("0")) is not first
