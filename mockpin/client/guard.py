"""A guard that stops a test from contacting the real Pinterest.

It reads Python's audit events, so it catches every client that looks up a host or connects to its
name through Python's sockets. It does not see other processes, resolvers written in C, hosts that a proxy
resolves, or numeric addresses.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from mockpin.addresses import is_within

REAL_DOMAIN = "pinterest.com"
#: The audit events that name a host, with the index of the argument that is the host or its address.
HOST_ARGUMENTS = {
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
}


@dataclass(eq=False)
class RealHostContacted(AssertionError):
    """A test tried to contact the real Pinterest. Nothing was sent."""

    host: str

    def __str__(self) -> str:
        return (
            f"stopped a connection to {self.host}: read the API's URL from PINTEREST_API_URI, which is set."
        )


@dataclass
class Guard:
    """Refuses Pinterest's hosts and remembers which were asked for."""

    hosts: list[str] = field(default_factory=list)

    def check_host(self, host: str) -> None:
        """Raise RealHostContacted for a host of Pinterest and remember it, as code may swallow the error."""
        if is_within(host, REAL_DOMAIN):
            self.hosts.append(host)
            raise RealHostContacted(host)


_active_guards: list[Guard] = []
_installed_hooks: list[bool] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:  # pragma: no cover - Python does not trace it
    if not _active_guards or event not in HOST_ARGUMENTS:
        return
    argument = arguments[HOST_ARGUMENTS[event]]
    host = argument[0] if isinstance(argument, tuple) else argument
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    for guard in _active_guards:
        guard.check_host(name.rstrip(".").lower())


@contextmanager
def guard_real_host() -> Iterator[Guard]:
    """Raise `RealHostContacted` in this context whenever Python's sockets are given a host of Pinterest.

    Python cannot remove an audit hook. It is installed at the first use and does nothing without a guard.
    """
    if not _installed_hooks:
        sys.addaudithook(_audit)
        _installed_hooks.append(True)
    guard = Guard()
    _active_guards.append(guard)
    try:
        yield guard
    finally:
        _active_guards.remove(guard)
