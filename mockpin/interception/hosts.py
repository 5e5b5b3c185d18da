"""Which hosts are answered by mockpin, which are refused, and which are left alone."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from mockpin.addresses import is_within

#: What senders, pages and Segment's SDKs connect to.
INTERCEPTED = ("api.pinterest.com", "ct.pinterest.com", "s.pinimg.com", "api.segment.io", "cdn.segment.com")
#: Domains of Pinterest. What mockpin does not answer there must not reach the real service.
PINTEREST = ("pinterest.com", "pinimg.com")


class Treatment(Enum):
    """What happens to a connection to a host."""

    INTERCEPT = "answered by mockpin"
    REFUSE = "refused"
    TUNNEL = "passed on"


@dataclass(frozen=True)
class HostTable:
    """The treatment of every host; `further` hosts are intercepted beside the usual ones."""

    further: Collection[str] = ()

    @property
    def intercepted(self) -> tuple[str, ...]:
        """The hosts that mockpin answers for."""
        return (*INTERCEPTED, *(host for host in self.further if host not in INTERCEPTED))

    @property
    def certified(self) -> tuple[str, ...]:
        """The names for a certificate: also Pinterest's other hosts, so that they can be refused over TLS."""
        return (*self.intercepted, *PINTEREST, *(f"*.{domain}" for domain in PINTEREST))

    def treat(self, host: str) -> Treatment:
        """The treatment of a host name in any case, with or without a final dot."""
        name = host.lower().rstrip(".")
        if name in self.intercepted:
            return Treatment.INTERCEPT
        is_pinterest = any(is_within(name, domain) for domain in PINTEREST)
        return Treatment.REFUSE if is_pinterest else Treatment.TUNNEL


def split_address(text: str, *, default_port: int) -> tuple[str, int]:
    """Host and port of `host`, `host:port` or `[v6]:port`. Raises ValueError."""
    host, colon, port = text.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = text, str(default_port)
    number = int(port) if port.isascii() and port.isdigit() else 0
    if not host or not 0 < number < 65536:  # noqa: PLR2004 - the ports of TCP
        raise ValueError(text)
    return host.strip("[]"), number
