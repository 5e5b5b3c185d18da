"""Search for the Segment event that a conversion event in the history was made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mockpin.addresses import SEGMENT

if TYPE_CHECKING:
    from mockpin.emulator.history.records import ExchangeRow
    from mockpin.emulator.history.store import Store

#: Number of exchanges after the event's that are searched. A call is stored after its events, so exchanges of
#: other calls may come between.
MAX_SEARCHED_EXCHANGES = 2000


def find_segment_event(store: Store, record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return `{event, results}` of the Segment call that led to an event; None without a stored call."""
    if record["source"] != "segment":
        return None
    exchanges = store.exchanges(after=int(record["request_id"]), limit=MAX_SEARCHED_EXCHANGES)
    for message in _list_messages(exchanges):
        if any(record["seq"] in result["event_seqs"] for result in message["results"]):
            return message
    return None


def _list_messages(exchanges: Iterable[ExchangeRow]) -> Iterator[Mapping[str, Any]]:
    """Yield each message of each call, as `IngestedMessage.to_dict` wrote it."""
    for exchange in exchanges:
        if exchange.path.startswith(f"{SEGMENT}/"):
            body = exchange.to_dict()["body"]
            yield from body.get("segment", ()) if isinstance(body, dict) else ()
