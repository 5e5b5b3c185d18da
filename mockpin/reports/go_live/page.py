"""The report as one HTML file: no script, nothing fetched, every value escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mockpin.reports import charts
from mockpin.reports.go_live.report import DISCLAIMER

if TYPE_CHECKING:
    from jinja2 import Template

    from mockpin.reports.go_live.report import Report


def write_page(report: Report, *, made_at: str, source: str) -> str:
    """The page; `made_at` and `source` say when and of what it was made."""
    from markupsafe import Markup  # noqa: PLC0415 - loaded when first needed

    drawn = {name: Markup(svg) for name, svg in _draw(report).items()}  # noqa: S704 - charts escape what they draw
    style = Markup(charts.read_style())  # noqa: S704 - our own file
    return _load_template().render(
        report=report, charts=drawn, style=style, disclaimer=DISCLAIMER, made_at=made_at, source=source
    )


@cache
def _load_template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - loaded when first needed

    loader = PackageLoader("mockpin.reports.go_live", package_path="")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("page.html")


def _draw(report: Report) -> dict[str, str]:
    overview = report.overview
    classes = report.deduplication["classes"]
    shares = {name.replace("_", " "): 100 * each["share"] for name, each in classes.items()}
    return {
        "over_time": charts.draw_stack(
            "Events as they came", overview.over_time.labels, overview.over_time.series
        ),
        "names": charts.draw_bars("Events by name", overview.by_name.labels, overview.by_name.series),
        "match_keys": charts.draw_shares("Events with each usable match key", report.quality["match_keys"]),
        "deduplication": charts.draw_shares("How the tag and the API agree", shares),
        "freshness": charts.draw_bars(
            "Age when received", tuple(report.freshness), {"events": tuple(report.freshness.values())}
        ),
    }
