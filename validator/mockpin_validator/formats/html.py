"""The report as one HTML file that needs nothing besides itself."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from mockpin_validator.archive.audit import Audit
from mockpin_validator.formats import Style
from mockpin_validator.formats.wording import COLUMNS, address, link, place, readiness, summary, where
from mockpin_validator.judging.finding import SEVERITIES
from mockpin_validator.match_quality.quality import NOTE
from mockpin_validator.wording import make_lines_visible


def render(audit: Audit, style: Style) -> str:
    """The page; everything that comes from the payloads is escaped."""
    page = template().render(
        audit=audit,
        mistakes=audit.mistakes(style.most),
        brief=style.brief,
        readiness=readiness(audit),
        summary=summary(audit),
        severities=SEVERITIES,
        columns=COLUMNS,
        note=NOTE,
        place=place,
        where=where,
        address=address,
        link=link,
    )
    return make_lines_visible(page)


@cache
def template() -> Template:
    """The page's template, compiled once."""
    source = files("mockpin_validator.formats").joinpath("audit.html").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)
