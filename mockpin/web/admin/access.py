"""Access control of the admin API and the pages: this machine only, unless a token is set.

A page of another site can make a browser on this machine send requests here. With a host name that resolves
to 127.0.0.1 it can even read the answers. So the Host must be one of ours, and the Origin must equal it:
another port of this machine is another site.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

import orjson
from flask import Response, request

from mockpin.addresses import LOOPBACK, UI, VERSION_HEADER, is_loopback
from mockpin.version import __version__
from mockpin.web.problems import Forbidden, Problem, Unauthorized

#: Headers of every answer: browsers must not guess its type, caches must not keep it, and clients can tell
#: that it comes from mockpin.
PRIVATE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    VERSION_HEADER: __version__,
}


@dataclass(frozen=True)
class Access:
    """The access rules of one server: further hosts that are allowed, and the admin token if one is set."""

    hosts: Collection[str] = ()
    token: str | None = field(default=None, repr=False)

    def check(self) -> None:
        """Check the request that Flask is serving. Raises Forbidden, Unauthorized."""
        if not self.is_ours(f"//{request.host}"):
            raise make_forbidden("Host")
        origin = request.headers.get("Origin")
        if origin is not None and not self.is_own(origin, scheme=request.scheme, host=request.host):
            raise make_forbidden("Origin")
        is_cross_site = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        if origin is None and is_cross_site and not opens_page():
            raise make_forbidden("Sec-Fetch-Site")
        if self.token is not None:
            self.check_token()
        elif not is_loopback(request.remote_addr or ""):
            raise Forbidden(
                "Only this machine may use the admin API. Set --admin-token to let others use it."
            )

    def is_ours(self, address: str) -> bool:
        """Whether an address names this machine or a host that was allowed."""
        return split_origin(address).hostname in {*LOOPBACK, *self.hosts}

    def is_own(self, origin: str, *, scheme: str, host: str) -> bool:
        """Whether an origin has the scheme, host and port of the request, or a host that was allowed."""
        parts = split_origin(origin)
        is_same = (parts.scheme, parts.netloc.lower()) == (scheme, host.lower())
        return is_same or parts.hostname in self.hosts

    def check_token(self) -> None:
        """Require the token as a bearer token, or as the password that a browser asks its user for."""
        credentials = request.authorization
        token = (credentials.token or credentials.password or "") if credentials else ""
        if not hmac.compare_digest(token.encode(), str(self.token).encode()):
            raise Unauthorized(
                "The admin token is missing or wrong: send it as Authorization: Bearer <token>."
            )


def split_origin(address: str) -> SplitResult:
    """Return the parts of a URL; all are empty if it cannot be parsed."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def opens_page() -> bool:
    """Whether the request only opens one of the pages in its own tab, as a link does."""
    fetch = (request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest"))
    return request.method == "GET" and request.path.startswith(UI) and fetch == ("navigate", "document")


def make_forbidden(header: str) -> Forbidden:
    """Return the problem for a request whose `header` names another server."""
    return Forbidden(
        f"The request's {header} is not this server's. If it is yours, name it with --allow-host."
    )


def answer_problem(problem: Problem) -> Response:
    """Return the response for a problem; a 401 makes a browser ask for the token."""
    answer = Response(
        orjson.dumps(problem.to_dict()), status=int(problem.status), content_type="application/problem+json"
    )
    answer.headers.extend({**PRIVATE, **problem.headers})
    return answer
