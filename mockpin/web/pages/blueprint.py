"""The routes of the pages at `/__mockpin/ui`."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any

from flask import Blueprint

from mockpin.addresses import UI
from mockpin.web.pages.changes import show_changes
from mockpin.web.pages.controls import perform_action, show_controls
from mockpin.web.pages.event import show_event
from mockpin.web.pages.frame import Site, compress, secure, show_missing
from mockpin.web.pages.history import show_history, show_rows
from mockpin.web.pages.overview import show_chart_style, show_overview
from mockpin.web.pages.requests import show_request, show_request_rows, show_requests
from mockpin.web.pages.wording import FILTERS
from mockpin.web.pages.workbench import (
    examine_document,
    explain_hash_of,
    hash_value,
    send_to_emulator,
    show_workbench,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Response

    from mockpin.emulator.emulator import Emulator

#: The numbers that SQLite can store.
NUMBER = "int(max=9223372036854775807)"

#: Path, method and view. A view gets the site and the path's parameters. The last one matches other paths.
VIEWS: tuple[tuple[str, str, Callable[..., Response]], ...] = (
    ("/", "GET", show_history),
    ("/rows", "GET", show_rows),
    ("/changes", "GET", show_changes),
    (f"/events/<{NUMBER}:seq>", "GET", show_event),
    ("/requests", "GET", show_requests),
    ("/requests/rows", "GET", show_request_rows),
    (f"/requests/<{NUMBER}:number>", "GET", show_request),
    ("/overview", "GET", show_overview),
    ("/charts.css", "GET", show_chart_style),
    ("/workbench", "GET", show_workbench),
    ("/workbench/document", "POST", examine_document),
    ("/workbench/send", "POST", send_to_emulator),
    ("/workbench/hash", "POST", hash_value),
    ("/workbench/why", "POST", explain_hash_of),
    ("/controls", "GET", show_controls),
    ("/controls/<string:action>", "POST", perform_action),
    ("/<path:_>", "GET", show_missing),
)


def make_blueprint(emulator: Emulator, destination: Mapping[str, Any] | None = None) -> Blueprint:
    """Return the routes on one emulator; `destination` is the JSON of a destination file."""
    site = Site(emulator, destination or {})
    pages = Blueprint("pages", __name__, url_prefix=UI, template_folder="templates", static_folder="static")
    for path, method, view in VIEWS:
        bound = update_wrapper(partial(view, site), view)
        pages.add_url_rule(path, view.__name__, bound, methods=[method])
    for name, write in FILTERS.items():
        pages.add_app_template_filter(write, name)
    pages.context_processor(site.describe_frame)
    pages.after_request(secure)
    pages.after_request(compress)
    return pages
