"""Who may use the admin API and the pages: this machine only, unless a token is set.

A page on some other site can make a browser on this machine send requests here, or, with a name that it
has pointed at 127.0.0.1, even read the answers. So the Host must be one of ours, and the Origin too.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

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
        for name, value in (("Host", f"//{request.host}"), ("Origin", request.headers.get("Origin"))):
            if value is not None and not self.is_ours(value):
                raise Forbidden(
                    f"The request's {name} is not this server's. If it is yours, name it with --allow-host."
                )
        if self.token is not None:
            self.check_token()
        elif not is_loopback(request.remote_addr):
            raise Forbidden("Only this machine may come here. Set --admin-token to let others in.")

    def is_ours(self, address: str) -> bool:
        """Whether an address names this machine or a host that was allowed."""
        try:
            host = urlsplit(address).hostname
        except ValueError:
            return False
        return host in LOCAL or host in self.hosts

    def check_token(self) -> None:
        """Ask for the token, as a bearer's or as the password of a browser's own dialogue."""
        given = request.authorization
        said = (given.token or given.password or "") if given else ""
        if not hmac.compare_digest(said.encode(), str(self.token).encode()):
            raise Unauthorized(
                "The admin token is missing or wrong: send it as Authorization: Bearer <token>."
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
