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

from mockpin.web.problems import Forbidden, Problem, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Collection

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
        if origin is not None and not self.is_own(origin, host=request.host):
            raise foreign("Origin")
        if self.token is not None:
            self.check_token()
        elif not is_loopback(request.remote_addr):
            raise Forbidden("Only this machine may come here. Set --admin-token to let others in.")

    def is_ours(self, address: str) -> bool:
        """Whether an address names this machine or a host that was allowed."""
        return split(address).hostname in {*LOCAL, *self.hosts}

    def is_own(self, origin: str, *, host: str) -> bool:
        """Whether an origin has the host and port that was asked for, or a host that was allowed."""
        said = split(origin)
        return said.netloc.lower() == host.lower() or said.hostname in self.hosts

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


def foreign(header: str) -> Forbidden:
    """What is said to a request that names another server than this one."""
    return Forbidden(
        f"The request's {header} is not this server's. If it is yours, name it with --allow-host."
    )


def is_loopback(address: str | None) -> bool:
    """Whether an address is this machine's own; a client without one is a test of ours."""
    try:
        return address is None or ip_address(address).is_loopback
    except ValueError:
        return False


def turn_away(problem: Problem) -> Response:
    """A problem as RFC 9457 has it; a missing token makes a browser ask for it."""
    answer = Response(
        orjson.dumps(problem.to_dict()), status=int(problem.status), content_type="application/problem+json"
    )
    answer.headers.extend(problem.headers)
    return answer
