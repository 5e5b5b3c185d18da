"""Requests that missed every endpoint, and whether they were meant for one that takes events."""

import re

from mockpin.addresses import SEGMENT

MISSED_STATUSES = (404, 405)
#: Methods that usually carry nothing: a look by hand is not a lost event.
READING = ("GET", "HEAD", "OPTIONS")
#: Endpoints of Pinterest's API that are near the events by name and are something else.
_OTHER = re.compile(r"conversion_(eqs|tags|token)|advertiser_defined_events", re.IGNORECASE)
_NEAR = re.compile(r"event|conversion|ad_?accounts?(/|$)|^(/v\d+){2,}|^/*+(v5/*+)?$", re.IGNORECASE)


def missed_events(method: str, path: str, status: int) -> bool:
    """Whether a request was meant for the events and reached no endpoint."""
    if status not in MISSED_STATUSES or method in READING or _OTHER.search(path):
        return False
    return bool(_NEAR.search(path)) or path.startswith(f"{SEGMENT}/")


def is_segment(path: str) -> bool:
    """Whether a path is one of Segment's API."""
    return path.startswith(f"{SEGMENT}/")
