"""A guard that lets no test talk to the real Pinterest, only while it stands.

It listens to Python's own audit events, so it catches every client that looks a host up or connects to its
name through Python's sockets. It does not see other processes, resolvers written in C, what a proxy resolves,
or an address in digits.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAIN = "pinterest.com"
#: The audit events that name a host, and where among their arguments it stands, or an address with it.
NAMING = {
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
}


@dataclass(eq=False)
class RealHostContacted(AssertionError):
    """A test was about to talk to the real Pinterest; nothing was sent."""

    host: str

    def __str__(self) -> str:
        return f"about to talk to {self.host}: read the API's address from PINTEREST_API_URI, which is set."


@dataclass
class Guard:
    """The hosts of Pinterest's that were named while it stood."""

    hosts: list[str] = field(default_factory=list)

    def see(self, host: str) -> None:
        """Refuse a host of Pinterest's, and remember it: the code under test may swallow the error."""
        if host == DOMAIN or host.endswith(f".{DOMAIN}"):
            self.hosts.append(host)
            raise RealHostContacted(host)


_standing: list[Guard] = []
_installed: list[bool] = []


def _listen(event: str, arguments: tuple[Any, ...]) -> None:  # pragma: no cover - Python does not trace it
    if not _standing or event not in NAMING:
        return
    named = arguments[NAMING[event]]
    host = named[0] if isinstance(named, tuple) else named
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    for guard in _standing:
        guard.see(name.rstrip(".").lower())


@contextmanager
def stand_guard() -> Iterator[Guard]:
    """While inside, naming a host of Pinterest's to a socket raises `RealHostContacted` and is remembered.

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
