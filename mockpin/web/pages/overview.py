"""The overview: answers first, then charts, then tables. Each part is sent when it is computed."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, request

from mockpin.reports.charts import draw_bars, draw_shares, draw_stack, read_style
from mockpin.reports.event_quality import score_events
from mockpin.reports.findings import FindingFigures, count_findings
from mockpin.web.pages.content.selection import HistorySelection, SelectionReport
from mockpin.web.pages.frame import render
from mockpin.web.pages.wording import name_source, write_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from mockpin.reports.overview import Overview
    from mockpin.web.pages.frame import Site

#: The choices of the time range -> what they are called.
RANGES = {
    "": "any time",
    "10m": "the last 10 minutes",
    "1h": "the last hour",
    "24h": "the last 24 hours",
    "7d": "the last 7 days",
}
MOST_NAMES = 12
#: Widths of drawings: the page's, and half of it, so that their letters have the page's size.
_WIDE, _HALF = 1160, 480
#: Stands in the template where what has been written so far is sent.
FLUSH = "<!-- sent -->"


@dataclass(frozen=True)
class Chart:
    """A drawing with its title and an explanation; a wide one has a `narrow` one for narrow windows."""

    title: str
    svg: str
    explanation: str = ""
    narrow: str = ""


@dataclass(frozen=True)
class OverviewParts:
    """What the template asks for when it gets there: each part takes its time."""

    site: Site
    selection: HistorySelection

    @property
    def made(self) -> SelectionReport:
        """The go-live report on the selection, and the answers."""
        return self.site.reports.make(self.selection)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The drawings; none without events."""
        made = self.made
        return (
            tuple(_draw_charts(made.report.overview, made.report.quality["match_keys"]))
            if made.records
            else ()
        )

    @property
    def findings(self) -> tuple[FindingFigures, ...]:
        """The findings by rule, with the latest events as examples."""
        return count_findings(reversed(self.made.records))

    @property
    def quality(self) -> list[dict[str, Any]]:
        """The event quality scores, each with the columns of its table."""
        made = self.made
        scores = score_events([*made.records], lookback_period="14d", now=self.site.emulator.clock())
        return [_name_events(score, made.report.overview) for score in scores]


def show_overview(site: Site) -> Response:
    """The newest 5,000 events without test requests, of one ad account or all, of a length of time or all.

    With `?part=answers` only the answers, which an open page puts in.
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
    """The pieces of a page, joined up to each place where it says `FLUSH`.

    A part is written inside what `enter` opens: a server may ask for each part in another thread.
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


def _draw_charts(overview: Overview, shares: Mapping[str, float]) -> Iterator[Chart]:
    time, names, known = overview.over_time, overview.by_name.first(MOST_NAMES), len(overview.by_name.labels)
    every = f"Each bar is {write_span(overview.step)}, in UTC."
    draw_time = partial(draw_stack, "Events over time", time.labels, time.series)
    yield Chart("Events over time", draw_time(width=_WIDE), every, narrow=draw_time(width=_HALF))
    yield Chart("By event name", draw_bars("Events by name", names.labels, names.series, width=_HALF),
                f"The {MOST_NAMES} commonest of {known:,}." if known > MOST_NAMES else "")  # fmt: skip
    ages, sources = overview.freshness, overview.by_source
    yield Chart("Match keys", draw_shares("Events with each usable match key", shares, width=_HALF),
                "Percent of the events with the match key in a form that can match somebody.")  # fmt: skip
    yield Chart("Freshness", draw_bars("Events by age", ages.labels, ages.series, width=_HALF),
                "Time between an event and its arrival.")  # fmt: skip
    yield Chart(
        "By source",
        draw_bars("Events by source", tuple(map(name_source, sources.labels)), sources.series, width=_HALF),
    )


def _name_events(score: dict[str, Any], overview: Overview) -> dict[str, Any]:
    """A score with the columns of its table: the commonest event names that it speaks of."""
    known = {name for details in score["quality_components"].values() for name in details}
    names: Sequence[str] = [name for name in overview.by_name.labels if name in known]
    return {**score, "names": names[:MOST_NAMES]}
