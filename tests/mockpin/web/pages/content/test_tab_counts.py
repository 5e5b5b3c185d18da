"""The counts of the tabs: right at once, and right after whatever came since."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.web.pages.content.search import parse_query
from mockpin.web.pages.content.tab_counts import MAX_REMEMBERED_SEARCHES, TabCounts
from tests.mockpin.web.site import Site, event

TOKENS = {}
SENT = st.lists(st.sampled_from(["good", "old", "lost", "test"]), max_size=4)


def send(site, kind):
    query = "?test=true" if kind == "test" else ""
    token = "pina_other" if kind == "lost" else "pina_secret"
    site.send(event(f"{kind}-1", **({"event_time": 1} if kind == "old" else {})), token=token, query=query)


def count(counts, site, text):
    query = parse_query(text)
    tabs = counts.count(query, accounts=TOKENS, resets=site.emulator.notifications.last_reset)
    return {tab: number for tab, number in tabs.items() if number}


@settings(max_examples=15, deadline=None)
@given(st.lists(SENT, max_size=3), st.sampled_from(["", "id:good-1", "old", "is:bad"]))
def test_counts_that_are_continued_are_those_of_a_new_count(batches, text):
    site = Site()
    counts = TabCounts(site.emulator.store)
    for batch in batches:
        for kind in batch:
            send(site, kind)
        fresh = TabCounts(site.emulator.store)
        assert count(counts, site, text) == count(fresh, site, text)
    site.emulator.close()


def test_each_tab_counts_its_rows(site):
    counts = TabCounts(site.emulator.store)
    for kind in ("good", "good", "old", "lost", "test"):
        send(site, kind)
    assert count(counts, site, "") == {None: 4, "good": 2, "bad": 1, "duplicate": 1, "refused": 1, "test": 1}
    assert count(counts, site, "is:bad lost") == {None: 1, "refused": 1}


def test_a_refused_request_that_was_evicted_is_no_longer_counted():
    site = Site(history="2")
    counts = TabCounts(site.emulator.store)
    for kind in ("lost", "good", "good"):
        send(site, kind)
        seen = count(counts, site, "")
    assert seen == count(TabCounts(site.emulator.store), site, "") == {None: 2, "good": 2, "duplicate": 1}
    site.emulator.close()


def test_an_event_that_was_evicted_with_its_request_is_no_longer_counted():
    site = Site(history="2")
    counts = TabCounts(site.emulator.store)
    for kind in ("old", "good", "good", "good"):
        send(site, kind)
        assert count(counts, site, "old") == count(TabCounts(site.emulator.store), site, "old")
    site.emulator.close()


def test_a_count_that_was_long_not_asked_for_is_forgotten(site):
    counts = TabCounts(site.emulator.store)
    for number in range(MAX_REMEMBERED_SEARCHES + 2):
        count(counts, site, f"{number}")
        count(counts, site, "0")
    assert len(counts._counts) == MAX_REMEMBERED_SEARCHES
    assert "0" in counts._counts
    assert "1" not in counts._counts


def test_a_reset_begins_the_counts_anew(site):
    counts = TabCounts(site.emulator.store)
    send(site, "good")
    assert count(counts, site, "good") == {None: 1, "good": 1}
    site.emulator.reset()
    assert count(counts, site, "good") == {}
