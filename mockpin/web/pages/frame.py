"""What all pages share: the frame around them, compression, and the security headers."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import SystemRandom
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from flask import make_response, render_template, request

from mockpin.addresses import API
from mockpin.emulator.accounts import mint_token
from mockpin.version import __version__

if TYPE_CHECKING:
    from flask import Response

    from mockpin.emulator.emulator import Emulator
    from mockpin.web.pages.content.selection import SelectionReports
    from mockpin.web.pages.content.tab_counts import TabCounts
    from mockpin_transformer import Mapping as SegmentMapping

#: Allow no inline script or style, nothing from other hosts, and no frame: payloads can be hostile.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Bytes below which compression gains nothing, and the level of gzip: level 1 takes 2 ms for 150 kB.
MIN_COMPRESSED, GZIP_LEVEL = 1_000, 1
COMPRESSED = frozenset({"text/html", "text/css", "text/javascript", "application/json"})
#: Numbers with more digits may exceed SQLite's integers.
_MAX_DIGITS = 18
#: Settings of a destination that is only asked for its mappings: pages send nothing.
_NOWHERE = {"ad_account_id": "0", "conversion_token": "none"}
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    # Not no-referrer: with that, a browser's forms would send the origin null and be refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class Site:
    """What the pages show: an emulator, and the JSON of the destination file."""

    emulator: Emulator
    destination: Mapping[str, Any] = field(default_factory=dict)
    #: The run of the server. A page compares it to notice that the server was restarted.
    start: str = field(default_factory=lambda: token_hex(4))

    @property
    def accounts(self) -> list[str]:
        """The ids of the ad accounts."""
        return [*self.tokens]

    @property
    def tokens(self) -> Mapping[str, str]:
        """The fingerprint of each ad account's conversion token, by ad account id."""
        return {account.ad_account_id: account.token for account in self.emulator.accounts}

    @cached_property
    def tab_counts(self) -> TabCounts:
        """The counter of the rows of the history's tabs."""
        from mockpin.web.pages.content.tab_counts import TabCounts  # noqa: PLC0415 - as the views

        return TabCounts(self.emulator.store)

    @cached_property
    def reports(self) -> SelectionReports:
        """The maker of the overview's reports."""
        from mockpin.web.pages.content.selection import SelectionReports  # noqa: PLC0415 - as the views

        return SelectionReports(self.emulator)

    @cached_property
    def workbench_token(self) -> str:
        """A conversion token for every ad account, which only the workbench uses."""
        token = mint_token(SystemRandom())
        self.emulator.accounts.mint(token)
        return token

    @cached_property
    def mappings(self) -> Mapping[str, SegmentMapping]:
        """Name of a subscription -> its mapping."""
        from mockpin.segment.destination_file import build_destination  # noqa: PLC0415 - as the views

        subscriptions = build_destination(self.destination, settings=_NOWHERE).subscriptions
        return {
            subscription.name or str(subscription.trigger): subscription.mapping
            for subscription in subscriptions
        }

    def describe_frame(self) -> dict[str, Any]:
        """Return what the frame of every page shows: version, addresses, a changed clock, armed faults."""
        clock, faults = self.emulator.clock, self.emulator.faults.list()
        return {
            "version": __version__,
            "api_uri": find_api_uri(),
            "host": request.host_url,
            "start": self.start,
            "moved_clock": clock() if clock.frozen or clock.ahead else None,
            "is_clock_frozen": clock.frozen,
            "armed_faults": sum(
                fault.rule.times is None or fault.bitten < fault.rule.times for fault in faults
            ),
        }


def render(template: str, /, **context: Any) -> Response:
    """Render a page in its frame."""
    return make_response(render_template(template, **context))


def render_missing(title: str, detail: str) -> Response:
    """Answer 404 with a page that says what is missing."""
    answer = render("missing.html", title=title, detail=detail)
    answer.status_code = 404
    return answer


def show_missing(_site: Site, _: str) -> Response:
    """Answer 404 to an unknown address."""
    return render_missing("There is no such page", "Choose one of the pages above.")


def read_number(name: str) -> int | None:
    """Read a number from the address; None if it is missing or cannot be in the history."""
    return next(iter(read_numbers(name)), None)


def read_numbers(name: str) -> list[int]:
    """Read numbers from the address, separated by commas, without those that cannot be in the history."""
    texts = request.args.get(name, "").split(",")
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS]


def find_api_uri() -> str:
    """Return the address of the emulated API on this server."""
    return request.host_url.rstrip("/") + API


def compress(response: Response) -> Response:
    """Compress a page if the browser accepts gzip: 200 rows shrink from 150 kB to 10 kB."""
    accepts = request.accept_encodings["gzip"] > 0
    if (
        not accepts
        or response.mimetype not in COMPRESSED
        or response.is_streamed
        or response.headers.get("Content-Encoding")
    ):
        return response
    body = response.get_data()
    if len(body) >= MIN_COMPRESSED:
        response.set_data(gzip.compress(body, GZIP_LEVEL))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def secure(response: Response) -> Response:
    """Add the security headers to an answer."""
    if response.mimetype in {"text/css", "text/javascript", "image/svg+xml"}:
        response.headers.setdefault("Cache-Control", "no-cache")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
