"""The report as one HTML file: no script, nothing fetched, every value escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mockpin.reports import charts

if TYPE_CHECKING:
    from jinja2 import Template

    from mockpin.reports.go_live.report import GoLiveReport


#: The charts by what they show.
CAPTIONS = {
    "names": "Events by name",
    "over_time": "Events as they came",
    "match_keys": "Events with each usable match key",
    "deduplication": "How the tag and the API agree",
    "freshness": "Age when received",
}


def write_page(report: GoLiveReport, *, made_at: str, source: str) -> str:
    """The page; `made_at` and `source` say when and of what it was made."""
    from markupsafe import Markup  # noqa: PLC0415 - loaded when first needed

    drawn = {name: Markup(svg) for name, svg in _draw(report).items()}  # noqa: S704 - charts escape what they draw
    style = Markup(charts.read_style())  # noqa: S704 - our own file
    return _load_template().render(
        report=report,
        charts=drawn,
        captions=CAPTIONS,
        style=style,
        disclaimer=report.disclaimer,
        made_at=made_at,
        source=source,
    )


@cache
def _load_template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - loaded when first needed

    loader = PackageLoader("mockpin.reports.go_live", package_path="")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("page.html")


def _draw(report: GoLiveReport) -> dict[str, str]:
    overview = report.overview
    classes = report.deduplication["classes"]
    shares = {name.replace("_", " "): 100 * figures["share"] for name, figures in classes.items()}
    return {
        "over_time": charts.draw_stack(
            CAPTIONS["over_time"], overview.over_time.labels, overview.over_time.series
        ),
        "names": charts.draw_bars(CAPTIONS["names"], overview.by_name.labels, overview.by_name.series),
        "match_keys": charts.draw_shares(CAPTIONS["match_keys"], report.quality["match_keys"]),
        "deduplication": charts.draw_shares(CAPTIONS["deduplication"], shares),
        "freshness": charts.draw_bars(
            CAPTIONS["freshness"], tuple(report.freshness), {"events": tuple(report.freshness.values())}
        ),
    }
