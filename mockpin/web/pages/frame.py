"""What all pages share: the frame around them, and the headers that keep them to themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import make_response, render_template, request

from mockpin.addresses import API
from mockpin.segment.destination_file import build_destination
from mockpin.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from mockpin.emulator.emulator import Emulator
    from mockpin_transformer import Mapping as SegmentMapping

#: No inline script or style, nothing from elsewhere, no frame around: payloads are hostile.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: SQLite's numbers have 19 digits at most.
_DIGITS = 18
#: Nothing is sent from a page: a destination is only asked for its mappings.
_NOWHERE = {"ad_account_id": "0", "conversion_token": "none"}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    # Not no-referrer: with that, a browser's forms would come from the origin null and be turned away.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class Site:
    """What the pages show: an emulator, and the form of the destination to which Segment's events go."""

    emulator: Emulator
    destination: Mapping[str, Any] = field(default_factory=dict)

    @property
    def accounts(self) -> list[str]:
        """The ids of the ad accounts."""
        return [each.ad_account_id for each in self.emulator.accounts]

    @cached_property
    def mappings(self) -> Mapping[str, SegmentMapping]:
        """The mapping of each subscription by its name."""
        subscriptions = build_destination(self.destination, settings=_NOWHERE).subscriptions
        return {each.name or str(each.trigger): each.mapping for each in subscriptions}


def render(template: str, /, **context: Any) -> Response:
    """A page in its frame."""
    frame = {"version": __version__, "api_uri": find_api_uri(), "host": request.host_url}
    return make_response(render_template(template, **frame, **context))


def render_missing(title: str, detail: str) -> Response:
    """A page that says what is not there: 404."""
    answer = render("missing.html", title=title, detail=detail)
    answer.status_code = 404
    return answer


def show_missing(_site: Site, _: str) -> Response:
    """There is no such page: 404."""
    return render_missing("There is no such page", "The address names none of those above.")


def read_number(name: str) -> int | None:
    """A number of the query, None where there is none that the history could have."""
    return next(iter(read_numbers(name)), None)


def read_numbers(name: str) -> list[int]:
    """The numbers of the query, with commas, without those that the history could not have."""
    texts = request.args.get(name, "").split(",")
    return [int(each) for each in texts if each.isascii() and each.isdecimal() and len(each) <= _DIGITS]


def find_api_uri() -> str:
    """Where senders find Pinterest's API on this server."""
    return request.host_url.rstrip("/") + API


def secure(response: Response) -> Response:
    """Put the headers on whatever a page answers."""
    if response.mimetype in {"text/css", "text/javascript", "image/svg+xml"}:
        response.headers.setdefault("Cache-Control", "no-cache")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
