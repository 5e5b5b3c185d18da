"""The overview: answers, then charts, then tables. Each part is sent as soon as it is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, request

from mockpin.reports.charts import draw_bars, draw_shares, draw_stack, read_style
from mockpin.web.pages.content.selection import HistorySelection, SelectionReport
from mockpin.web.pages.frame import render
from mockpin.web.pages.wording import name_source, write_span

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mockpin.reports.overview import Overview
    from mockpin.web.pages.frame import Site

#: A choice of the time range -> its name.
RANGES = {
    "": "any time",
    "10m": "the last 10 minutes",
    "1h": "the last hour",
    "24h": "the last 24 hours",
    "7d": "the last 7 days",
}
MAX_NAMES = 12
#: The widths of charts, the page's and about half of it, so that their text has the size of the page's text.
_WIDE, _HALF = 1160, 480
#: The mark in the template where the part written so far is sent.
FLUSH = "<!-- sent -->"


@dataclass(frozen=True)
class Chart:
    """A chart with its title and explanation. `narrow` is its variant for narrow windows, if it has one."""

    title: str
    svg: str
    explanation: str = ""
    narrow: str = ""


@dataclass(frozen=True)
class OverviewParts:
    """The parts of the overview, computed when the template reaches them, because each takes time."""

    site: Site
    selection: HistorySelection

    @cached_property
    def selection_report(self) -> SelectionReport:
        """The report on the selection, made once, so that all parts of the page agree while events arrive."""
        return self.site.reports.make(self.selection)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts; none without events."""
        report = self.selection_report.report
        return tuple(_draw_charts(report.overview, report.quality["match_keys"])) if report.events else ()

    @property
    def quality(self) -> list[dict[str, Any]]:
        """The event quality scores, each with the columns of its table."""
        made = self.selection_report
        return [_name_events(score, made.report.overview) for score in made.scores]


def show_overview(site: Site) -> Response:
    """Show the newest 5,000 events without test requests, for one ad account or all, and for a time range.

    `?part=answers` returns only the answers, with which an open page replaces its own.
    """
    since = request.args.get("since", "")
    selection = HistorySelection(request.args.get("ad_account_id", ""), since if since in RANGES else "")
    context = {
        "parts": OverviewParts(site, selection),
        "selection": selection,
        "ranges": RANGES,
        "accounts": site.accounts,
        "figures": list_figures,
        "flush": FLUSH,
    }
    if request.args.get("part") == "answers":
        return render("overview_answers.html", **context)
    current_app.update_template_context(context)
    pieces = current_app.jinja_env.get_template("overview.html").generate(**context)
    enter = partial(current_app.request_context, request.environ)
    return Response(send_in_parts(pieces, enter), content_type="text/html; charset=utf-8")


def send_in_parts(
    pieces: Iterator[str], enter: Callable[[], AbstractContextManager[Any]] = nullcontext
) -> Iterator[str]:
    """Yield the parts of a page, which end at each `FLUSH`.

    Each part is rendered inside the context of `enter`, because a server may render it in another thread.
    """
    part = [FLUSH]
    while part and FLUSH in part[-1]:
        with enter():
            part = [*_take_part(pieces)]
        yield "".join(part)


def _take_part(pieces: Iterator[str]) -> Iterator[str]:
    for piece in pieces:
        yield piece
        if FLUSH in piece:
            return


def show_chart_style(_site: Site) -> Response:
    """Answer with the style sheet of the charts."""
    return make_response(read_style(), 200, {"Content-Type": "text/css; charset=utf-8"})


def list_figures(overview: Overview) -> Iterator[tuple[str, str, str, str]]:
    """Yield each figure's title, value, CSS class, and the search that shows its events."""
    failed = overview.outcomes["failed"]
    processed = min(100 - overview.share("failed"), 99.9) if failed else 100
    yield "events", f"{overview.events:,}", "", ""
    yield "processed", f"{processed:.3g} %", "" if failed else "is-good", "is:good"
    yield "failed", f"{failed:,}", "is-bad" if failed else "", "is:bad"
    yield "duplicates", f"{overview.outcomes['duplicate']:,}", "", "is:duplicate"
    yield "with warnings", f"{overview.warned:,}", "", "is:warned"
    yield "limited data processing", f"{overview.limited:,}", "", "is:limited"


def _draw_charts(overview: Overview, shares: Mapping[str, float]) -> Iterator[Chart]:
    time, names, known = overview.over_time, overview.by_name.first(MAX_NAMES), len(overview.by_name.labels)
    explanation = f"Counted in steps of {write_span(overview.step)}, in UTC."
    draw_time = partial(draw_stack, "Events over time", time.labels, time.series)
    yield Chart("Events over time", draw_time(width=_WIDE), explanation, narrow=draw_time(width=_HALF))
    yield Chart("By event name", draw_bars("Events by name", names.labels, names.series, width=_HALF),
                f"The {MAX_NAMES} most frequent of {known:,}." if known > MAX_NAMES else "")  # fmt: skip
    ages, sources = overview.freshness, overview.by_source
    yield Chart("Match keys", draw_shares("Events with each usable match key", shares, width=_HALF),
                "Percent of the events with the match key in a form that can match a person.")  # fmt: skip
    yield Chart("Freshness", draw_bars("Events by age", ages.labels, ages.series, width=_HALF),
                "Time between an event and its arrival.")  # fmt: skip
    yield Chart(
        "By source",
        draw_bars("Events by source", tuple(map(name_source, sources.labels)), sources.series, width=_HALF),
    )


def _name_events(score: dict[str, Any], overview: Overview) -> dict[str, Any]:
    """Add the columns of its table to a score: the most frequent of its event names."""
    known = {name for details in score["quality_components"].values() for name in details}
    names: Sequence[str] = [name for name in overview.by_name.labels if name in known]
    return {**score, "names": names[:MAX_NAMES]}
