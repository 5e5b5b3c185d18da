"""Addresses of a server: the paths of its parts, and how its URL is read and shown."""

import re
from ipaddress import ip_address

#: Where Pinterest's API is on a server, where Segment's, and where the admin API and the pages are.
API, SEGMENT, ADMIN = "/v5", "/v1", "/__mockpin"
UI = f"{ADMIN}/ui"
#: The header with the version, by which a client tells mockpin's answers from those of another program.
VERSION_HEADER = "X-Mockpin-Version"
#: The header of a full page of a list: the number after which the next page begins.
NEXT_HEADER = "X-Mockpin-Next"
#: The names of this machine that lead nowhere else.
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_USERINFO = re.compile(r"(?<=//)[^/?#]*@")


def find_server(url: str) -> str:
    """The server's own URL, which may have been given as a sender takes it: with /v5 at its end."""
    return url.rstrip("/").removesuffix(API)


def hide_userinfo(url: str) -> str:
    """The URL without the name and password that may stand before its host."""
    return _USERINFO.sub("", url)


def is_within(host: str, domain: str) -> bool:
    """Whether a host name is a domain or lies below it. Both are in lower case."""
    return host == domain or host.endswith(f".{domain}")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost" or host.lower().endswith(".localhost")
