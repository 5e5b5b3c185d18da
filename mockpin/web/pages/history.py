"""The page of the event history, and the rows that arrive while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request

from mockpin.addresses import ADMIN
from mockpin.web.pages.content.paging import Page, turn_page
from mockpin.web.pages.content.search import Query, parse_query
from mockpin.web.pages.content.search_words import STATES, WORDS
from mockpin.web.pages.frame import read_number, read_numbers, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask import Response

    from mockpin.emulator.history.records import Tally
    from mockpin.web.pages.frame import Site

STREAM = f"{ADMIN}/stream"
#: How many rows a page may have, those that it holds back included.
MOST_SHOWN = 400

#: A tab of the search (None: no tab) -> its name, and whether events of a kind are counted on it.
_TABS: Mapping[str | None, tuple[str, Callable[[Tally], object]]] = {
    None: ("All", lambda kind: not kind.test),
    "good": ("Good", lambda kind: not kind.test and kind.status == "processed"),
    "bad": ("Bad", lambda kind: not kind.test and kind.status == "failed"),
    "duplicate": ("Duplicates", lambda kind: not kind.test and kind.duplicate),
    "test": ("Test requests", lambda kind: kind.test),
}


@dataclass(frozen=True)
class Tab:
    """A kind of events to choose: its name, how many there are, and the search that shows them."""

    name: str
    query: str
    count: int
    current: bool


def show_history(site: Site) -> Response:
    """A page of 200 rows: the newest, or those before `?before=`."""
    typed = request.args.get("q", "")
    query = parse_query(typed)
    before = read_number("before")
    newest = site.emulator.store.last_seq
    page = turn_page(site.emulator.store, query, before=before or newest + 1)
    return render(
        "history.html",
        **_describe(site, query, page),
        typed=typed,
        misunderstandings=query.misunderstandings,
        before=before,
        newest=newest,
        stream_url="" if before else STREAM,
        accounts=site.accounts,
        states=STATES,
        words=WORDS,
        kept=len(site.emulator.store),
        evicted=site.emulator.store.evicted,
    )


def show_rows(site: Site) -> Response:
    """The rows that came after `?after=`, with the tabs as they are now: what the page puts in.

    It says, too, which of those of `?shown=` are gone, so that the page forgets what was reset or evicted.
    """
    query = parse_query(request.args.get("q", ""))
    newest = site.emulator.store.last_seq
    after = read_number("after") or 0
    page = turn_page(site.emulator.store, query, before=newest + 1, after=after)
    gone = site.emulator.store.gone(read_numbers("shown")[:MOST_SHOWN])
    return render("fragment.html", **_describe(site, query, page), newest=newest, gone=gone)


def _describe(site: Site, query: Query, page: Page) -> dict[str, Any]:
    return {
        "query": str(query),
        "now": site.emulator.clock(),
        "records": page.records,
        "next_before": page.next_before,
        "stopped": page.next_before is not None and not page.full,
        "looked_through": page.looked_through,
        "tabs": tuple(_list_tabs(site, query)),
    }


def _list_tabs(site: Site, query: Query) -> Iterator[Tab]:
    tally = site.emulator.store.tally()
    for tab, (name, holds) in _TABS.items():
        count = sum(each.events for each in tally if holds(each))
        yield Tab(name, str(query.switch(tab)), count, current=query.tab == tab)
