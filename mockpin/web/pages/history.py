"""The page of the history: events, requests that gave no event, and rows that arrive while it is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from mockpin.web.pages.content.paging import HistoryPosition, Page, find_end, turn_page
from mockpin.web.pages.content.search import Query, parse_query
from mockpin.web.pages.content.search_words import STATES, WORDS
from mockpin.web.pages.frame import read_number, read_numbers, render

if TYPE_CHECKING:
    from flask import Response

    from mockpin.web.pages.frame import Site

#: Rows of one page at most, including those that wait behind its button.
MAX_SHOWN = 400

#: A tab of the search (None: everything but test requests) -> its name.
_TABS: Mapping[str | None, str] = {
    None: "All",
    "good": "Processed",
    "bad": "Failed",
    "duplicate": "Duplicates",
    "refused": "Refused",
    "test": "Test requests",
}


@dataclass(frozen=True)
class Tab:
    """One tab: its name, the number of its rows, and the search that shows them."""

    name: str
    query: str
    count: int
    is_current: bool


def show_history(site: Site) -> Response:
    """Show a page of 200 rows: the newest, or those before `?before=` and `?before_request=`."""
    typed = request.args.get("q", "")
    query = parse_query(typed, now=site.emulator.clock())
    end = find_end(site.emulator.store)
    before = read_position("before", end)
    page = turn_page(site.emulator.store, query, before=before, accounts=site.tokens)
    return render(
        "history.html",
        **_describe(site, query, page),
        typed=typed,
        misunderstandings=query.misunderstandings,
        is_newest=before == end,
        stream_url="" if before != end else url_for(".show_changes"),
        accounts=site.accounts,
        states=STATES,
        words=WORDS,
        kept=len(site.emulator.store),
        evicted=site.emulator.store.evicted,
    )


def show_rows(site: Site) -> Response:
    """Answer with the rows after `?after=` and `?after_request=`, and with the current tabs.

    The answer also names the events of `?shown=` that were evicted.
    """
    query = parse_query(request.args.get("q", ""), now=site.emulator.clock())
    after = read_position("after", HistoryPosition(0, 0))
    page = turn_page(site.emulator.store, query, after=after, accounts=site.tokens)
    gone = site.emulator.store.gone(read_numbers("shown")[:MAX_SHOWN])
    return render("fragment.html", **_describe(site, query, page), gone=gone)


def read_position(name: str, otherwise: HistoryPosition) -> HistoryPosition:
    """Read a position in the history from the address; missing numbers come from `otherwise`."""
    event, exchange = read_number(name), read_number(f"{name}_request")
    return HistoryPosition(
        otherwise.event if event is None else event, otherwise.request if exchange is None else exchange
    )


def _describe(site: Site, query: Query, page: Page) -> dict[str, Any]:
    counts = site.tab_counts.count(query, accounts=site.tokens, resets=site.emulator.notifications.last_reset)
    everything = site.tab_counts.count(
        query.only_tab, accounts=site.tokens, resets=site.emulator.notifications.last_reset
    )
    end = find_end(site.emulator.store)
    return {
        "query": str(query),
        "is_search": not query.is_empty,
        "now": site.emulator.clock(),
        "records": page.records,
        "next_before": page.next_before,
        "stopped": page.next_before is not None and not page.is_full,
        "looked_through": page.looked_through,
        "tabs": tuple(_list_tabs(query, counts)),
        "matching": counts[query.tab],
        "total": everything[query.tab],
        "newest": HistoryPosition(end.event - 1, end.request - 1),
        "resets": site.emulator.notifications.last_reset,
        "several_accounts": len(site.accounts) > 1,
    }


def _list_tabs(query: Query, counts: Mapping[str | None, int]) -> Iterator[Tab]:
    for tab, name in _TABS.items():
        yield Tab(name, str(query.switch(tab)), counts[tab], is_current=query.tab == tab)
