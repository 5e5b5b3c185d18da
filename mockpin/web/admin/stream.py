"""Server-sent events: each event as it arrives, from where a reader stopped (`Last-Event-ID`), and resets."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import orjson
from flask import request

from mockpin.emulator.history.store_file import StoreClosed
from mockpin.emulator.notifications import COLLECTION_TIME
from mockpin.web.admin.schemas import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.history.records import EventRow
    from mockpin.emulator.notifications import Reset
    from mockpin.web.admin.operations import Call

#: Seconds after which a silent stream says that it is still there.
HEARTBEAT = 10.0
#: How many events are written at once: what a reader that went to sleep may cost.
PAGE = 200
ALIVE = b": alive\n\n"
AFTER = WHOLE | {"description": "Only events with a greater seq; without it, only what is yet to come."}


def open_stream(emulator: Emulator, call: Call) -> Iterator[bytes]:
    """Each event as it arrives, as server-sent events."""
    filters = dict(call.query)
    after = filters.pop("after", emulator.store.last_seq)
    resumed = request.headers.get("Last-Event-ID", default=after, type=int)
    return stream_events(emulator, after=resumed, filters=filters)


def stream_events(
    emulator: Emulator, *, after: int, filters: Mapping[str, Any], heartbeat: float = HEARTBEAT
) -> Iterator[bytes]:
    """The stream of events numbered above `after`; ends when the emulator is closed."""
    reset = emulator.notifications.last_reset
    yield ALIVE
    with suppress(StoreClosed):  # the end may come at any moment, between a wait and a look, too
        while not emulator.notifications.closed:
            came = emulator.notifications.wait(
                after=after, timeout=heartbeat, collection_time=COLLECTION_TIME, reset_after=reset
            )
            if emulator.notifications.closed:
                return
            newest = emulator.store.last_seq if came else after
            resets = emulator.notifications.list_resets(after=reset)
            rows = emulator.store.events(after=after, until=newest, limit=PAGE, **filters)
            told = [write_reset(each) for each in resets if concerns(each, filters)]
            yield b"".join([*told, *map(write_event, rows)]) or ALIVE
            after = rows[-1].seq if len(rows) == PAGE else newest
            reset = resets[-1].number if resets else reset


def concerns(reset: Reset, filters: Mapping[str, Any]) -> bool:
    """Whether a reset may have taken events that a reader was shown."""
    whose = filters.get("ad_account_id")
    return None in (reset.ad_account_id, whose) or reset.ad_account_id == whose


def write_reset(reset: Reset) -> bytes:
    """One reset: whose events are gone, null for everybody's. It has no id: readers go on from events."""
    return b"event: reset\ndata: %s\n\n" % orjson.dumps({"ad_account_id": reset.ad_account_id})


def write_event(row: EventRow) -> bytes:
    """One event of the stream: its seq as id, its record as data."""
    return b"id: %d\nevent: event\ndata: %s\n\n" % (row.seq, orjson.dumps(row.to_dict()))
