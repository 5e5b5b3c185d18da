"""A stream that tells an open page when to look again: something was received, or the history was reset."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Response

from mockpin.emulator.history.store_file import StoreClosed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockpin.emulator.emulator import Emulator
    from mockpin.web.pages.frame import Site

#: Seconds between two looks for requests that gave no event, which wake no waiter.
POLL_INTERVAL = 0.25
#: A silent stream writes a comment after so many looks, so that a closed connection is noticed.
LOOKS_PER_HEARTBEAT = 40
HEARTBEAT = b": alive\n\n"
CHANGED = b"event: change\ndata: {}\n\n"


def show_changes(site: Site) -> Response:
    """The stream of an open page, as server-sent events."""
    return Response(stream_changes(site.emulator), content_type="text/event-stream")


def stream_changes(emulator: Emulator, *, poll_interval: float = POLL_INTERVAL) -> Iterator[bytes]:
    """One message for each change, or for several that come together; ends when the emulator is closed."""
    state, looks = read_state(emulator), 0
    yield HEARTBEAT
    with suppress(StoreClosed):
        while not emulator.notifications.closed:
            _, last_seq, resets = state
            emulator.notifications.wait(after=last_seq, timeout=poll_interval, reset_after=resets)
            previous, state = state, read_state(emulator)
            looks = 0 if state != previous else looks + 1
            if state != previous:
                yield CHANGED
            elif looks % LOOKS_PER_HEARTBEAT == 0:
                yield HEARTBEAT


def read_state(emulator: Emulator) -> tuple[int, int, int]:
    """The number of the latest request, event and reset."""
    return emulator.store.last_exchange, emulator.store.last_seq, emulator.notifications.last_reset
