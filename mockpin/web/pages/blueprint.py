"""The routes of the pages at `/__mockpin/ui`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flask import Blueprint

from mockpin.addresses import UI
from mockpin.web.pages.frame import Site, compress, secure
from mockpin.web.pages.wording import FILTERS

if TYPE_CHECKING:
    from flask import Response

    from mockpin.emulator.emulator import Emulator

#: The numbers that SQLite can store.
NUMBER = "int(max=9223372036854775807)"

#: Path, method and view, which is a function of a module beside this one. A view gets the site and the path's
#: parameters. The last one matches other paths.
VIEWS = (
    ("/", "GET", "history", "show_history"),
    ("/rows", "GET", "history", "show_rows"),
    ("/changes", "GET", "changes", "show_changes"),
    (f"/events/<{NUMBER}:seq>", "GET", "event", "show_event"),
    ("/requests", "GET", "requests", "show_requests"),
    ("/requests/rows", "GET", "requests", "show_request_rows"),
    (f"/requests/<{NUMBER}:number>", "GET", "requests", "show_request"),
    ("/overview", "GET", "overview", "show_overview"),
    ("/charts.css", "GET", "overview", "show_chart_style"),
    ("/workbench", "GET", "workbench", "show_workbench"),
    ("/workbench/document", "POST", "workbench", "examine_document"),
    ("/workbench/send", "POST", "workbench", "send_to_emulator"),
    ("/workbench/hash", "POST", "workbench", "hash_value"),
    ("/workbench/why", "POST", "workbench", "explain_hash_of"),
    ("/controls", "GET", "controls", "show_controls"),
    ("/controls/<string:action>", "POST", "controls", "perform_action"),
    ("/<path:_>", "GET", "frame", "show_missing"),
)


def make_blueprint(emulator: Emulator, destination: Mapping[str, Any] | None = None) -> Blueprint:
    """Return the routes on one emulator; `destination` is the JSON of a destination file."""
    site = Site(emulator, destination or {})
    pages = Blueprint("pages", __name__, url_prefix=UI, template_folder="templates", static_folder="static")
    for path, method, module, view in VIEWS:
        pages.add_url_rule(path, view, partial(show_page, site, module, view), methods=[method])
    for name, write in FILTERS.items():
        pages.add_app_template_filter(write, name)
    pages.context_processor(site.describe_frame)
    pages.after_request(secure)
    pages.after_request(compress)
    return pages


def show_page(site: Site, module: str, view: str, /, **parameters: Any) -> Response:
    """Return what a view answers. Its module is loaded with the first request for it.

    All modules of the pages, and the reports that these show, take a third of the start of a server.
    """
    show = getattr(import_module(f"{__package__}.{module}"), view)
    answer: Response = show(site, **parameters)
    return answer
