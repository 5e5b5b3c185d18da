"""The history: newest first, by tab and search, page by page, and what arrives meanwhile."""

import gzip
import re
from html import unescape

import pytest

from mockpin.emulator.pipeline.faults import Fault, FaultRule
from mockpin.web.pages.content.paging import ROWS
from tests.mockpin.web.site import ACCOUNT, NOW, TAG, event, text_of


def test_events_are_listed_newest_first_with_what_became_of_them(site):
    site.send(event("o-1"))
    site.send(event("old", event_time=int(NOW) - 9 * 86400))
    page = text_of(site.get())
    assert site.seqs() == [2, 1]
    assert page.index("failed") < page.index("processed")
    assert "event-time-too-old" in page


def test_a_row_shows_its_gravest_finding_first(site):
    site.send(event(user_data={"em": ["jane@example.com"]}, custom_data={"currency": "usd"}))
    row = site.get().text.partition("<tbody")[2].partition("</tbody")[0]
    assert "<strong>match-key-not-hashed</strong>" in row


def test_only_what_counts_is_reported_as_something(site):
    site.send(event("a"))
    site.send(event("old", event_time=1))
    site.send(event("b"), token="pina_other")
    rows = site.get().text.partition("<tbody")[2].partition("</tbody")[0]
    last_cells = re.findall(r'<td class="after (\w+)">[^<]+</td>\s*</tr>', rows)
    assert last_cells == ["blank", "blank", "reported"]


def test_the_empty_cells_of_a_refused_request_are_marked_so_that_a_narrow_page_leaves_them_out(site):
    site.http.post("/v5/v5/ad_accounts/1/events", data=b"{")
    row = re.search(r"<tr class=.is-failed is-request.*?</tr>", site.get("/").text, re.DOTALL)[0]
    cells = re.findall(r'<td class="([^"]*)">(.*?)</td>', row, re.DOTALL)
    empty = [classes for classes, content in cells if "\N{EN DASH}" in content]
    assert len(empty) == 4
    assert all("blank" in classes.split() for classes in empty)


def test_each_tab_has_its_events_and_their_number(site):
    site.send(event("o-1"), event("o-1"), event("old", event_time=int(NOW) - 9 * 86400))
    site.send(event("o-2"), query="?test=true")
    tabs = {"": [3, 2, 1], "is:good": [2, 1], "is:bad": [3], "is:duplicate": [2], "is:test": [4]}
    for query, seqs in tabs.items():
        assert site.seqs(query) == seqs
    shown = text_of(site.get())
    for tab in ("All 3", "Processed 2", "Failed 1", "Duplicates 1", "Refused 0", "Test requests 1"):
        assert tab in shown


def test_a_search_finds_and_is_kept_in_the_links(site):
    site.send(event("o-1"), event("o-2"))
    page = site.get("/", q="id:o-2")
    assert site.seqs("id:o-2") == [2]
    assert 'value="id:o-2"' in page.text
    assert "/events/2?q=id:o-2" in page.text
    assert "is:bad+id:o-2" in page.text


def test_a_word_that_means_nothing_is_explained(site):
    page = site.get("/", q="evnt:checkout key:em")
    assert "Did you mean event?" in text_of(page)
    assert 'value="evnt:checkout key:em"' in page.text


def test_a_long_history_has_pages(site):
    site.send(*(event(f"o-{index}") for index in range(ROWS + 5)))
    assert site.seqs() == list(range(ROWS + 5, 5, -1))
    assert "before=6" in site.get().text
    assert site.seqs(before=6) == [5, 4, 3, 2, 1]
    assert 'data-stream=""' in site.get("/", before=6).text


def test_the_rows_that_came_since_are_a_fragment(site):
    site.send(event("o-1"), event("o-2"), event("o-3"))
    page = site.get("/rows", after=1, q="-id:o-3").text
    assert 'data-newest="3"' in page
    assert 'data-seq="2"' in page
    assert 'data-seq="3"' not in page
    assert 'data-seq="1"' not in page


def test_the_fragment_says_which_of_the_shown_events_are_gone(site):
    site.send(event("o-1"), event("o-2"))
    assert 'data-gone=""' in site.get("/rows", shown="1,2").text
    site.emulator.reset("1")
    assert 'data-gone=""' in site.get("/rows", shown="1,2").text
    site.emulator.reset(ACCOUNT)
    assert 'data-gone="1,2"' in site.get("/rows", shown="1,2").text


@pytest.mark.parametrize("shown", ["", ",", "x", "-1", "1.5", "9" * 99, "²"])
def test_what_is_not_an_event_is_not_gone(site, shown):
    assert 'data-gone=""' in site.get("/rows", shown=shown).text


def test_the_tag_and_duplicates_are_marked(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "Checkout", "ed[event_id]": "o-1"})
    site.send(event("o-1"))
    shown = text_of(site.get())
    assert "duplicate of #1" in shown
    assert "tag" in text_of(site.get("/", q="source:tag"))


@pytest.mark.parametrize("path", ["/", "/requests", "/overview"])
def test_where_nothing_was_received_it_is_said_where_to_send(site, path):
    shown = text_of(site.get(path))
    assert f"PINTEREST_API_URI=http://localhost/v5 , ad account {ACCOUNT} :" in shown
    assert "tag is answered at http://localhost/v3/ , Segment's calls at http://localhost/v1/" in shown


def test_a_search_without_an_answer_says_so(site):
    assert "Nothing matches is:bad" in text_of(site.get("/", q="is:bad"))


def test_the_kept_events_are_counted(site):
    site.send(event())
    assert "1 event kept" in text_of(site.get())


def test_a_refused_request_is_a_row_with_its_reason(site):
    site.send(event("o-1"))
    site.send({"event_name": "checkout", "event_id": "lost-1"})
    site.send(event("lost-2"), token="pina_other")
    site.http.post("/v5/ad_accounts/1/event", json={"data": [event("lost-3")]})
    page = site.get()
    assert re.findall(r'data-(?:seq|request)="(\d+)"', page.text) == ["4", "3", "2", "1"]
    shown = text_of(page)
    assert "401 Token sha256:" in shown
    assert "404 There is nothing at this path, so these events are lost." in shown
    assert "Refused 3" in shown
    assert 'id="nothing" hidden' in page.text


@pytest.mark.parametrize(("query", "rows"), [
    ("id:lost", ["2"]), ("is:refused", ["2"]), ("is:bad", []), ("is:good", ["1"]), ("order:1001", ["2"]),
    ("", ["2", "1"]),
])  # fmt: skip
def test_a_refused_request_is_found_by_the_id_of_its_event(site, query, rows):
    site.send(event("o-1"))
    site.send(event("lost", custom_data={"order_id": "1001"}), token="pina_other")
    assert re.findall(r'data-(?:seq|request)="(\d+)"', site.get("/", q=query).text) == rows


def test_segment_calls_and_tag_hits_without_an_event_are_rows(site):
    call = {"type": "track", "event": "Ordr Completed", "userId": "u"}
    site.http.post("/v1/track", json=call, headers={"Authorization": "Basic a2V5Og=="})
    site.http.get("/v3/", query_string={"tid": TAG, "event": "init"})
    shown = text_of(site.get())
    assert "no event" in shown
    assert "No mapping takes Ordr Completed" in shown
    assert "A tag hit with event=init" in shown


def test_an_injected_fault_is_not_the_sender_s_reason(site):
    site.emulator.faults.add(FaultRule(Fault("status", 401), times=1))
    site.emulator.faults.add(FaultRule(Fault("fail_events", [0])))
    site.send(event("o-1"))
    site.send(event("o-2"))
    shown = text_of(site.get())
    assert "fault: status 401 Your fault rule answered 401." in shown
    assert "failed by your fault rule" in shown
    assert "Failed by your fault rule: the event itself has no error." in text_of(site.get("/events/1"))


def test_the_result_count_stands_beside_the_total_and_the_tabs_obey_the_search(site):
    site.send(event("o-1"), event("o-2"), event("x", event_time=1), event("o-3", event_time=1))
    shown = text_of(site.get("/", q="id:o-*"))
    for part in ("3 of 4", "All 3", "Processed 2", "Failed 1"):
        assert part in shown


@pytest.mark.parametrize("sent", ["page_visit", "PageVisit", "pagevisit"])
@pytest.mark.parametrize("sought", ["page_visit", "PageVisit"])
def test_a_refused_request_is_found_by_either_spelling_of_its_event_name(site, sent, sought):
    site.send(event("lost", event_name=sent), token="pina_other")
    assert text_of(site.get("/", q=f"event:{sought}")).count("lost") == text_of(site.get("/")).count("lost")
    assert "lost" not in text_of(site.get("/", q="event:checkout"))


def test_pages_leave_no_refused_request_out(site):
    for index in range(150):
        site.send(event(f"o-{index}"))
        site.send(event(f"lost-{index}"), token="pina_other")
    rows, page = [], site.get()
    while True:
        rows += re.findall(r'data-(seq|request)="(\d+)"', page.text)
        older = re.search(r'rel="next" href="([^"]+)"', page.text)
        if not older:
            break
        page = site.http.get(unescape(older[1]))
    assert len(rows) == len(set(rows)) == 300


def test_an_account_has_a_column_when_there_are_several(site):
    assert "Ad account</th>" not in site.get().text
    site.emulator.accounts.add("1", "pina_1")
    assert "Ad account</th>" in site.get().text


def test_a_page_is_compressed_for_a_browser_that_takes_it(site):
    site.send(*(event(f"o-{index}") for index in range(100)))
    plain = site.get()
    packed = site.http.get("/__mockpin/ui/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 5
    assert "Content-Encoding" not in plain.headers


def test_a_fault_that_only_changed_the_answer_is_named_on_its_event(site):
    site.emulator.faults.add(FaultRule(Fault("truncate", 5)))
    site.send(event("o-1"))
    assert "fault: truncate" in text_of(site.get())
    assert "fault: truncate" in text_of(site.get("/events/1"))
    assert site.seqs("fault:truncate") == site.seqs("is:faulty") == [1]
    assert site.seqs("fault:drop") == []
