"""The stream of server-sent events: each event as it arrives, after `Last-Event-ID`, and each reset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import orjson
from flask import request

from mockpin.emulator.history.store_errors import StoreClosed
from mockpin.emulator.json_schemas import WHOLE
from mockpin.emulator.notifications import COLLECTION_TIME

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.history.event_fields import EventRow
    from mockpin.emulator.notifications import Reset
    from mockpin.web.admin.operations import Call

#: Seconds of silence after which a stream sends a comment, so that a closed connection is noticed.
HEARTBEAT = 10.0
#: How many events are written at once. It bounds the memory that a slow reader costs.
PAGE_SIZE = 200
ALIVE = b": alive\n\n"
AFTER = WHOLE | {"description": "Only events with a greater seq; without it, only events that come later."}


def open_stream(emulator: Emulator, call: Call) -> Iterator[bytes]:
    """Stream each event as it arrives, as server-sent events."""
    filters = dict(call.query)
    after = filters.pop("after", emulator.store.last_seq)
    resumed = request.headers.get("Last-Event-ID", default=after, type=int)
    return stream_events(emulator, after=resumed, filters=filters)


def stream_events(
    emulator: Emulator, *, after: int, filters: Mapping[str, Any], heartbeat: float = HEARTBEAT
) -> Iterator[bytes]:
    """Give the events numbered above `after` as they arrive, and each reset from now on, until the end.

    Where events of this reader have moved to another ad account, those above `after` come again. The end is
    that of the emulator.
    """
    # The reader may learn that the stream is open, and reset, before it is read for the first time.
    return _follow(emulator, after, emulator.notifications.last_reset, filters, heartbeat)


def _follow(
    emulator: Emulator, after: int, reset: int, filters: Mapping[str, Any], heartbeat: float
) -> Iterator[bytes]:
    start = after
    yield ALIVE
    with suppress(StoreClosed):  # the store may be closed between a wait and a read
        while not emulator.notifications.is_closed:
            has_news = emulator.notifications.wait(
                after=after, timeout=heartbeat, collection_time=COLLECTION_TIME, reset_after=reset
            )
            if emulator.notifications.is_closed:
                return
            newest = emulator.store.last_seq if has_news else after
            resets = emulator.notifications.list_resets(after=reset)
            if any(reset.moved_to and affects_reader(reset, filters) for reset in resets):
                after, newest = start, emulator.store.last_seq
            rows = emulator.store.events(after=after, until=newest, limit=PAGE_SIZE, **filters)
            messages = [write_reset(reset) for reset in resets if affects_reader(reset, filters)]
            yield b"".join([*messages, *map(write_event, rows)]) or ALIVE
            after = rows[-1].seq if len(rows) == PAGE_SIZE else newest
            reset = resets[-1].number if resets else reset


def affects_reader(reset: Reset, filters: Mapping[str, Any]) -> bool:
    """Whether a reset may have removed events that this reader was sent."""
    ad_account_id = filters.get("ad_account_id")
    return None in (reset.ad_account_id, ad_account_id) or ad_account_id in reset[1:]


def write_reset(reset: Reset) -> bytes:
    """Write a reset: the ad account whose events are gone, or null for all.

    It has no id, because readers resume after the last event.
    """
    return b"event: reset\ndata: %s\n\n" % orjson.dumps({"ad_account_id": reset.ad_account_id})


def write_event(row: EventRow) -> bytes:
    """Write an event: its seq as id, its record as data."""
    return b"id: %d\nevent: event\ndata: %s\n\n" % (row.seq, orjson.dumps(row.to_dict()))
