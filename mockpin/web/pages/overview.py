"""The page of figures: counts, rates, coverage, quality, deduplication, freshness, findings, conduct."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from flask import make_response, request

from mockpin.reports.charts import draw_bars, draw_shares, draw_stack, read_style
from mockpin.reports.conduct import judge_conduct
from mockpin.reports.deduplication import report_deduplication
from mockpin.reports.event_quality import score_events
from mockpin.reports.findings import count_findings
from mockpin.reports.overview import Overview, survey
from mockpin.web.pages.content.inspection import MATCH_KEYS
from mockpin.web.pages.content.paging import read_latest
from mockpin.web.pages.content.search import Term
from mockpin.web.pages.frame import render
from mockpin.web.pages.wording import name_source, write_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from mockpin.web.pages.frame import Site

#: So many of the newest events are counted: the page stays quick however long the history is.
MOST_EVENTS = 5_000
MOST_EXCHANGES = 2_000
MOST_NAMES = 12
#: Units of drawings that take the page's width, or half of it and a narrow window's, so that their letters
#: have the page's size and stay legible.
_WIDE, _HALF = 1160, 480


@dataclass(frozen=True)
class Chart:
    """A drawing with its title, a line of explanation, and another for narrow windows if it is a wide one."""

    title: str
    svg: str
    said: str = ""
    narrow: str = ""


def show_overview(site: Site) -> Response:
    """The newest 5,000 events without test requests, of one ad account or all."""
    account = request.args.get("ad_account_id", "")
    conditions: dict[str, Any] = {"ad_account_id": account} if account else {}
    rows = islice(read_latest(site.emulator.store, test=False, **conditions), MOST_EVENTS + 1)
    records = [row.to_dict() for row in rows]
    more, records = len(records) > MOST_EVENTS, records[MOST_EVENTS - 1 :: -1]
    overview = survey(records, match_keys=tuple(MATCH_KEYS))
    return render(
        "overview.html",
        overview=overview,
        findings=count_findings(reversed(records)),
        more=more,
        ad_account_id=account,
        accounts=site.accounts,
        of_account=f" {Term('account', account)}" if account else "",
        figures=tuple(list_figures(overview)),
        charts=tuple(_draw_charts(overview)) if records else (),
        quality=[_name_events(each, overview) for each in _score(records, site)],
        deduplication=report_deduplication(records).to_dict(),
        conduct=_judge_sender(site, account),
    )


def show_chart_style(_site: Site) -> Response:
    """The style sheet of the charts."""
    return make_response(read_style(), 200, {"Content-Type": "text/css; charset=utf-8"})


def list_figures(overview: Overview) -> Iterator[tuple[str, str, str, str]]:
    """Title, value, mood, and the search that shows the events."""
    failed = overview.outcomes["failed"]
    processed = min(100 - overview.share("failed"), 99.9 if failed else 100)
    yield "events", f"{overview.events:,}", "", ""
    yield "processed", f"{processed:.3g} %", "" if failed else "is-good", "is:good"
    yield "failed", f"{failed:,}", "is-bad" if failed else "", "is:bad"
    yield "duplicates", f"{overview.outcomes['duplicate']:,}", "", "is:duplicate"
    yield "with warnings", f"{overview.warned:,}", "", "is:warned"
    yield "limited data processing", f"{overview.limited:,}", "", "is:limited"


def _draw_charts(overview: Overview) -> Iterator[Chart]:
    time, names, met = overview.over_time, overview.by_name.first(MOST_NAMES), len(overview.by_name.labels)
    every = f"Each bar is {write_span(overview.step)}, in UTC."
    draw_time = partial(draw_stack, "Events over time", time.labels, time.series)
    yield Chart("Events over time", draw_time(width=_WIDE), every, narrow=draw_time(width=_HALF))
    yield Chart("By event name", draw_bars("Events by name", names.labels, names.series, width=_HALF),
                f"The {MOST_NAMES} commonest of {met:,}." if met > MOST_NAMES else "")  # fmt: skip
    ages, sources, shares = overview.freshness, overview.by_source, overview.coverage
    yield Chart("Match keys", draw_shares("Events with each usable match key", shares, width=_HALF),
                "Percent of the events with the match key in a form that can match somebody.")  # fmt: skip
    yield Chart("Freshness", draw_bars("Events by age", ages.labels, ages.series, width=_HALF),
                "Time between an event and its arrival.")  # fmt: skip
    yield Chart(
        "By source",
        draw_bars("Events by source", tuple(map(name_source, sources.labels)), sources.series, width=_HALF),
    )


def _score(records: list[dict[str, Any]], site: Site) -> list[dict[str, Any]]:
    return score_events(records, lookback_period="14d", now=site.emulator.clock())


def _name_events(score: dict[str, Any], overview: Overview) -> dict[str, Any]:
    """A score with its table's columns: the commonest of the event names that it speaks of."""
    met = {name for details in score["quality_components"].values() for name in details}
    return {**score, "names": [name for name in overview.by_name.labels if name in met][:MOST_NAMES]}


def _judge_sender(site: Site, account: str) -> list[dict[str, Any]]:
    """What the newest requests show, of as many as have the events that are counted."""
    store = site.emulator.store
    after = max(0, store.last_exchange - MOST_EXCHANGES)
    rows = store.exchanges(after=after, limit=MOST_EXCHANGES, ad_account_id=account or None)
    counts = accumulate(len(row.event_seqs) for row in reversed(rows))
    newest = [row for row, count in zip(reversed(rows), counts, strict=True) if count <= MOST_EVENTS]
    return [each.to_dict() for each in judge_conduct(map(store.describe, reversed(newest)))]
