"""A stream of server-sent events that tells an open page to reload its rows: new requests, or a reset."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Response

from mockpin.emulator.history.store_errors import StoreClosed

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.web.pages.frame import Site

#: Seconds between two checks for requests that gave no event, because such requests wake no waiter.
POLL_INTERVAL = 0.25
#: Number of checks without news after which the stream sends a comment, to notice a closed connection.
POLLS_PER_HEARTBEAT = 40
HEARTBEAT = b": alive\n\n"
CHANGED = b"event: change\ndata: {}\n\n"


def show_changes(site: Site) -> Response:
    """Answer an open page with the stream, as server-sent events."""
    return Response(stream_changes(site.emulator), content_type="text/event-stream")


def stream_changes(emulator: Emulator, *, poll_interval: float = POLL_INTERVAL) -> Iterator[bytes]:
    """Yield a message for one or more changes at a time; end when the emulator is closed."""
    state, idle_polls = read_state(emulator), 0
    yield HEARTBEAT
    with suppress(StoreClosed):
        while not emulator.notifications.is_closed:
            _, last_seq, resets = state
            emulator.notifications.wait(after=last_seq, timeout=poll_interval, reset_after=resets)
            previous, state = state, read_state(emulator)
            idle_polls = 0 if state != previous else idle_polls + 1
            if state != previous:
                yield CHANGED
            elif idle_polls % POLLS_PER_HEARTBEAT == 0:
                yield HEARTBEAT


def read_state(emulator: Emulator) -> tuple[int, int, int]:
    """Return the numbers of the latest request, event and reset."""
    return emulator.store.last_exchange, emulator.store.last_seq, emulator.notifications.last_reset
