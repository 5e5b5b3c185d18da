"""The pages of requests: every received request, including those that gave no event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for

from mockpin.web.pages.content.copying import write_request_curl
from mockpin.web.pages.content.exchanges import FAULT_EFFECTS, ExchangeView, read_exchange
from mockpin.web.pages.content.refusals import explain_refusal
from mockpin.web.pages.content.request_filters import (
    STATUS_CLASSES,
    RequestFilters,
    RequestPage,
    turn_request_page,
)
from mockpin.web.pages.content.request_report import report_request
from mockpin.web.pages.content.search import parse_query
from mockpin.web.pages.frame import Site, find_api_uri, read_number, render, render_missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response

    from mockpin.emulator.history.records import ExchangeRow

FAULT_KINDS = ("any", *FAULT_EFFECTS)
REQUEST_SOURCES = ("api", "tag", "segment", "other")


def show_requests(site: Site) -> Response:
    """Show the newest 200 requests that pass the filters, or those before `?before=`."""
    filters, before = read_filters(), read_number("before")
    page = turn_request_page(site.emulator.store, filters, before=before)
    return render(
        "requests.html",
        **_describe(site, page),
        filters=filters,
        before=before,
        older=page.older,
        newer=page.newer,
        stream_url="" if before else url_for(".show_changes"),
        accounts=site.accounts,
        statuses=STATUS_CLASSES,
        fault_kinds=FAULT_KINDS,
        sources=REQUEST_SOURCES,
    )


def show_request_rows(site: Site) -> Response:
    """Answer with the rows of requests after `?after_request=`, which an open page adds."""
    after = read_number("after_request") or 0
    page = turn_request_page(site.emulator.store, read_filters(), after=after)
    return render("request_fragment.html", **_describe(site, page))


def show_request(site: Site, number: int) -> Response:
    """Show one request with its answer; 404 if it is not stored, or no longer."""
    exchange = find_exchange(site, number)
    if exchange is None:
        return render_missing(
            f"There is no request {number}", "It was never received, was reset, or made room for newer ones."
        )
    store = site.emulator.store
    report = report_request(store, exchange, site.tokens)
    return render(
        "request.html",
        exchange=exchange,
        report=report,
        query=str(parse_query(f"{'is:test ' if exchange.is_test else ''}request:{exchange.id}")),
        curl=write_request_curl(exchange, find_api_uri().removesuffix("/v5")),
        newer=_number_first(store.exchanges(after=number, limit=1)),
        older=_number_first(store.exchanges(until=number - 1, newest_first=True, limit=1)),
    )


def find_exchange(site: Site, number: int) -> ExchangeView | None:
    """Find a request by its number."""
    row = site.emulator.store.exchange(number)
    return read_exchange(site.emulator.store.describe(row)) if row else None


def read_filters() -> RequestFilters:
    """Read the filters from the address."""
    names = ("status", "ad_account_id", "fault", "source", "path")
    return RequestFilters(**{name: request.args.get(name, "")[:200] for name in names})


def _describe(site: Site, page: RequestPage) -> dict[str, Any]:
    store = site.emulator.store
    return {
        "rows": [(exchange, explain_refusal(exchange, site.tokens)) for exchange in page.exchanges],
        "now": site.emulator.clock(),
        "newest_request": store.last_exchange,
        "resets": site.emulator.notifications.last_reset,
    }


def _number_first(rows: Sequence[ExchangeRow]) -> int | None:
    return rows[0].id if rows else None
