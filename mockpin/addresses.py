"""Addresses of a server: the paths of its parts, and how its URL is read and shown."""

import re

#: Where Pinterest's API is on a server, where Segment's, and where the admin API and the pages are.
API, SEGMENT, ADMIN = "/v5", "/v1", "/__mockpin"
UI = f"{ADMIN}/ui"
_USERINFO = re.compile(r"(?<=//)[^/?#]*@")


def find_server(url: str) -> str:
    """The server's own URL, which may have been given as a sender takes it: with /v5 at its end."""
    return url.rstrip("/").removesuffix(API)


def hide_userinfo(url: str) -> str:
    """The URL without the name and password that may stand before its host."""
    return _USERINFO.sub("", url)
