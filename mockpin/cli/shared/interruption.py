"""Ctrl-C, pressed once or ten times: one interruption."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


@contextmanager
def interrupted_once() -> Iterator[None]:
    """Within it the first Ctrl-C raises KeyboardInterrupt and the next are ignored.

    A second would break off the ending that the first began, and leave processes behind that the exit then
    waits for. Call it on the main thread.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:  # ignored, or somebody else's
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def interrupt(_sign: int, _frame: FrameType | None) -> NoReturn:
    """Raise KeyboardInterrupt, and no more of them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
