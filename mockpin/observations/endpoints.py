"""Requests that missed every endpoint, and whether they were meant for one that takes events."""

import re
from http import HTTPStatus
from typing import Any

from mockpin.addresses import SEGMENT

MISSED_STATUSES = (404, 405)
#: Methods that usually carry nothing: a look by hand is not a lost event.
READING = ("GET", "HEAD", "OPTIONS")
#: Endpoints of Pinterest's API that are near the events by name and are something else.
_OTHER = re.compile(r"conversion_(eqs|tags|token)|advertiser_defined_events", re.IGNORECASE)
_NEAR = re.compile(r"event|conversion|ad_?accounts?(/|$)|^(/v\d+){2,}|^/*+(v5/*+)?$", re.IGNORECASE)


def missed_events(method: str, path: str, status: int, body: Any = None) -> bool:
    """Whether a request was meant for the events and reached no endpoint."""
    looks = method in READING and not _carries_events(body)
    if status not in MISSED_STATUSES or looks or _OTHER.search(path):
        return False
    return bool(_NEAR.search(path)) or is_segment(path)


def is_empty_flush(status: int, body: Any) -> bool:
    """Whether what was refused holds no event to lose: a sender flushed an empty queue."""
    return status == HTTPStatus.BAD_REQUEST and isinstance(body, dict) and body.get("data") == []


def _carries_events(body: Any) -> bool:
    return isinstance(body, dict) and bool(body.get("data"))


def is_segment(path: str) -> bool:
    """Whether a path is one of Segment's API."""
    return path.startswith(f"{SEGMENT}/")
