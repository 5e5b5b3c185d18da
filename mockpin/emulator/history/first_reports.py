"""What makes two reports one event, and the first report of each as the store keeps it."""

from typing import NamedTuple

from mockpin_validator.contract.names import fold


class DeduplicationKey(NamedTuple):
    """What two reports of the same event have in common."""

    ad_account_id: str
    name: str
    event_id: str


class FirstReport(NamedTuple):
    """The first report of an event: its number in the history, and its arrival in Unix seconds."""

    seq: int
    seen: float


def make_key(ad_account_id: str, event_name: str, event_id: str) -> DeduplicationKey | None:
    """The deduplication key of an event; None when its name or id is blank, since it has no duplicates."""
    name = fold(event_name)
    blank = not name.strip() or not event_id.strip()
    return None if blank else DeduplicationKey(ad_account_id, name, event_id)
