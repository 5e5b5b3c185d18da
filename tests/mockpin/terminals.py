"""A terminal whose text a test reads."""

import os
import pty
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, suppress
from io import StringIO


def read_to_the_end(terminal):
    """What is shown while somebody writes; whoever is slow shows more than a terminal holds unread."""
    shown = b""
    with suppress(OSError):  # how Linux says that the last writer is gone
        while more := os.read(terminal, 65_536):
            shown += more
    return shown


@contextmanager
def terminal():
    """Make standard error a terminal, and yield a stream that holds its text at the end."""
    ours, theirs = pty.openpty()
    shown = StringIO()
    with ThreadPoolExecutor() as reader:
        reading = reader.submit(read_to_the_end, ours)
        with os.fdopen(theirs, "w") as writer, redirect_stderr(writer):
            yield shown
    shown.write(reading.result().decode())
    os.close(ours)
