"""Finding the Segment event that a conversion event in the history was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockpin.addresses import SEGMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mockpin.emulator.history.records import ExchangeRow
    from mockpin.emulator.history.store import Store

# The call's exchange is written once all its events are sent: so many exchanges may come between.
LOOKED_THROUGH = 2000


def find_segment_event(store: Store, record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """`{event, results}` of the call that gave an event of the history; None if none did or is kept."""
    if record["source"] != "segment":
        return None
    exchanges = store.exchanges(after=int(record["request_id"]), limit=LOOKED_THROUGH)
    return next((each for each in _ingested(exchanges) if record["seq"] in _seqs(each)), None)


def _ingested(exchanges: Iterable[ExchangeRow]) -> Iterator[Mapping[str, Any]]:
    """Each Segment event of each call, as `ingest.Ingested.to_dict` wrote it."""
    for exchange in exchanges:
        if exchange.path.startswith(f"{SEGMENT}/"):
            body = exchange.to_dict()["body"]
            yield from body.get("segment", ()) if isinstance(body, dict) else ()


def _seqs(ingested: Mapping[str, Any]) -> set[int]:
    return {seq for result in ingested["results"] for seq in result["event_seqs"]}
