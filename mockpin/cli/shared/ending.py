"""The end of a server: SIGTERM or SIGINT, once or ten times, at any moment, is one clean end."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

ENDING = (signal.SIGTERM, signal.SIGINT)
#: Bytes to read at once of the numbers of signals, one byte each.
SIGNALS = 256


@contextmanager
def ending_with_0() -> Iterator[None]:
    """Leave with 0 on SIGTERM and SIGINT also while all is still being made ready."""
    before = {sign: signal.getsignal(sign) for sign in ENDING}
    at_first_ending(leave)
    try:
        yield
    finally:
        for sign, handler in before.items():
            if signal.getsignal(sign) is not signal.SIG_IGN:  # a second signal stays ignored until the end
                signal.signal(sign, handler)


def at_first_ending(end: Callable[[], object]) -> None:
    """Call `end` at the first SIGTERM or SIGINT. Later ones are ignored: they would break off the ending."""

    def obey(_number: int, _frame: FrameType | None) -> None:
        sys.unraisablehook = partial(tell_unraisable, sys.unraisablehook)
        for sign in ENDING:
            signal.signal(sign, signal.SIG_IGN)
        end()

    for sign in ENDING:
        signal.signal(sign, obey)


def tell_unraisable(tell: Callable[[Any], object], unraisable: Any) -> None:
    """Report an unraisable error, except that of a signal that came while it was being set to be ignored."""
    if "ignored due to race condition" not in str(unraisable.exc_value):
        tell(unraisable)


def leave() -> None:
    """End what is still being made ready."""
    raise SystemExit(0)


@contextmanager
def waking_at_signals(loop: AbstractEventLoop) -> Iterator[None]:
    """Let a signal wake asyncio's own loop, which otherwise sleeps on when the signal comes just before.

    So it does when the system gives the signal to another thread. uvloop and Windows' loop need no help.
    Of some hundred signals at once, those that find the socket full go untold: one wakes the loop.
    """
    if (own := signal.set_wakeup_fd(-1)) != -1:
        signal.set_wakeup_fd(own, warn_on_full_buffer=False)
        yield
        return
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.settimeout(0)
        writer.settimeout(0)
        loop.add_reader(reader, reader.recv, SIGNALS)
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(-1)
            loop.remove_reader(reader)
