"""Who may use the admin API and the pages: this machine only, unless a token is set.

A page on some other site can make a browser on this machine send requests here, or, with a name that it
has pointed at 127.0.0.1, even read the answers. So the Host must be one of ours, and the Origin the very
same: another port of this machine is another site.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import orjson
from flask import Response, request

from mockpin.addresses import ADMIN
from mockpin.web.problems import Forbidden, Problem, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Collection

#: An answer of the admin API is JSON and nothing else, and no cache keeps it.
PRIVATE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
PAGES = f"{ADMIN}/ui"
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Access:
    """The rule of one server: further hosts that are ours, and the admin token if there is one."""

    hosts: Collection[str] = ()
    token: str | None = field(default=None, repr=False)

    def check(self) -> None:
        """Let Flask's present request pass. Raises Forbidden, Unauthorized."""
        if not self.is_ours(f"//{request.host}"):
            raise foreign("Host")
        origin = request.headers.get("Origin")
        if origin is not None and not self.is_own(origin, scheme=request.scheme, host=request.host):
            raise foreign("Origin")
        if origin is None and is_cross_site() and not opens_page():
            raise foreign("Sec-Fetch-Site")
        if self.token is not None:
            self.check_token()
        elif not is_loopback(request.remote_addr):
            raise Forbidden("Only this machine may come here. Set --admin-token to let others in.")

    def is_ours(self, address: str) -> bool:
        """Whether an address names this machine or a host that was allowed."""
        return split(address).hostname in {*LOCAL, *self.hosts}

    def is_own(self, origin: str, *, scheme: str, host: str) -> bool:
        """Whether an origin has the scheme, host and port of the request, or a host that was allowed."""
        said = split(origin)
        is_same = (said.scheme, said.netloc.lower()) == (scheme, host.lower())
        return is_same or said.hostname in self.hosts

    def check_token(self) -> None:
        """Ask for the token, as a bearer's or as the password of a browser's own dialogue."""
        given = request.authorization
        said = (given.token or given.password or "") if given else ""
        if not hmac.compare_digest(said.encode(), str(self.token).encode()):
            raise Unauthorized(
                "The admin token is missing or wrong: send it as Authorization: Bearer <token>."
            )


def split(address: str) -> SplitResult:
    """The parts of an address, all empty where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_cross_site() -> bool:
    """Whether a browser says that a page of another site made Flask's present request."""
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def opens_page() -> bool:
    """Whether the request only opens one of the pages in a tab of its own, as a link does."""
    fetch = (request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest"))
    return request.method == "GET" and request.path.startswith(PAGES) and fetch == ("navigate", "document")


def foreign(header: str) -> Forbidden:
    """What is said to a request that names another server than this one."""
    return Forbidden(
        f"The request's {header} is not this server's. If it is yours, name it with --allow-host."
    )


def is_loopback(address: str | None) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def turn_away(problem: Problem) -> Response:
    """A problem as RFC 9457 has it; a missing token makes a browser ask for it."""
    answer = Response(
        orjson.dumps(problem.to_dict()), status=int(problem.status), content_type="application/problem+json"
    )
    answer.headers.extend({**PRIVATE, **problem.headers})
    return answer
