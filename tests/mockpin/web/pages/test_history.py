"""The history: newest first, by tab and search, page by page, and what arrives meanwhile."""

import pytest

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


def test_each_tab_has_its_events_and_their_number(site):
    site.send(event("o-1"), event("o-1"), event("old", event_time=int(NOW) - 9 * 86400))
    site.send(event("o-2"), query="?test=true")
    tabs = {"": [3, 2, 1], "is:good": [2, 1], "is:bad": [3], "is:duplicate": [2], "is:test": [4]}
    for query, seqs in tabs.items():
        assert site.seqs(query) == seqs
    shown = text_of(site.get())
    for tab in ("All 3", "Good 2", "Bad 1", "Duplicates 1", "Test requests 1"):
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
def test_what_is_no_event_is_not_gone(site, shown):
    assert 'data-gone=""' in site.get("/rows", shown=shown).text


def test_the_tag_and_duplicates_are_marked(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "Checkout", "ed[event_id]": "o-1"})
    site.send(event("o-1"))
    shown = text_of(site.get())
    assert "duplicate of 1" in shown
    assert "tag" in text_of(site.get("/", q="source:tag"))


@pytest.mark.parametrize("path", ["/", "/requests", "/overview"])
def test_where_nothing_was_received_it_is_said_where_to_send(site, path):
    shown = text_of(site.get(path))
    assert f"PINTEREST_API_URI=http://localhost/v5 , ad account {ACCOUNT} :" in shown
    assert "tag is answered at http://localhost/v3/ , Segment's calls at http://localhost/v1/" in shown


def test_a_search_without_an_answer_says_so(site):
    assert "No event answers is:bad" in text_of(site.get("/", q="is:bad"))


def test_the_kept_events_are_counted(site):
    site.send(event())
    assert "1 event kept" in text_of(site.get())
