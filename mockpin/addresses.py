"""Addresses as they may be shown: without a user's name and password."""

import re

_USERINFO = re.compile(r"(?<=//)[^/?#]*@")


def hide_userinfo(url: str) -> str:
    """The URL without the name and password that may stand before its host."""
    return _USERINFO.sub("", url)
