"""A guard that lets no test talk to the real Pinterest, only while it stands.

It listens to Python's own audit events, so it catches every client that resolves a host name through Python's
sockets. It does not see other processes, resolvers written in C, or what a proxy resolves.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAIN = "pinterest.com"
#: The audit events that name a host, and where among their arguments it stands.
LOOKUPS = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}


@dataclass(eq=False)
class RealHostContacted(AssertionError):
    """A test was about to talk to the real Pinterest; nothing was sent."""

    host: str

    def __str__(self) -> str:
        return f"about to talk to {self.host}: read the API's address from PINTEREST_API_URI, which is set."


@dataclass
class Guard:
    """The hosts that were looked up while it stood."""

    hosts: list[str] = field(default_factory=list)

    def see(self, host: str) -> None:
        """Refuse a host of Pinterest's, and remember it: the code under test may swallow the error."""
        if host == DOMAIN or host.endswith(f".{DOMAIN}"):
            self.hosts.append(host)
            raise RealHostContacted(host)


_standing: list[Guard] = []
_installed: list[bool] = []


def _listen(event: str, arguments: tuple[Any, ...]) -> None:  # pragma: no cover - Python does not trace it
    if not _standing or event not in LOOKUPS:
        return
    host = arguments[LOOKUPS[event]]
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    for guard in _standing:
        guard.see(name.rstrip(".").lower())


@contextmanager
def stand_guard() -> Iterator[Guard]:
    """While inside, a look-up of a host of Pinterest's raises `RealHostContacted` and is remembered.

    Python cannot take an audit hook back: one is installed at the first use and sleeps while no guard stands.
    """
    if not _installed:
        sys.addaudithook(_listen)
        _installed.append(True)
    guard = Guard()
    _standing.append(guard)
    try:
        yield guard
    finally:
        _standing.remove(guard)
