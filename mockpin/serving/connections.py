"""The socket under a request, which granian keeps to itself: to see whether its reader keeps up, or end it.

granian takes whatever a stream sends, read or not, and always answers; neither a reader that went to
sleep nor a connection that fails unanswered can be had from it. The socket is found among this process's by
its two ends, and used beside granian through a descriptor of our own. One end is not enough: clients of two
servers in one process may have the same port.
"""

import asyncio
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: The open files of this process, where a system shows them.
OPEN = Path("/dev/fd")


class ClientConnection:
    """A connection of the server's, found by its ends; `sock` is our own descriptor of it."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    async def wait_until_read(self) -> None:
        """Wait until the peer has read enough for more to be sent."""
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        loop.add_writer(self._sock, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_writer(self._sock)

    def break_off(self) -> None:
        """End it, whatever is under way; what is written afterwards goes nowhere."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def find_connection(peer: str, server: str) -> Iterator[ClientConnection | None]:
    """The connection of a peer to a server, such as 127.0.0.1:54321 to 127.0.0.1:7466.

    None where a system does not show its open files.
    """
    host, _, port = peer.rpartition(":")
    own = server.rpartition(":")[2]
    sock = find_socket((host.strip("[]"), int(port)), int(own)) if port.isdigit() else None
    try:
        yield ClientConnection(sock) if sock else None
    finally:
        if sock:
            sock.close()


def find_socket(peer: tuple[str, int], own: int) -> socket.socket | None:
    """The socket of this process that connects a peer with our port, through a descriptor of our own."""
    numbers = sorted(int(entry.name) for entry in OPEN.iterdir()) if OPEN.is_dir() else ()
    for number in filter(is_socket, numbers):
        sock = duplicate(number)
        if sock and name_peer(sock) == peer and sock.getsockname()[1] == own:
            return sock
        if sock:
            sock.close()
    return None


def is_socket(number: int) -> bool:
    """Whether a descriptor is a socket's, told without a second one.

    Closing a second descriptor of a file would give up every lock this process holds on it, the store's too.
    """
    with suppress(OSError):
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    return False


def duplicate(number: int) -> socket.socket | None:
    """A second descriptor of a socket; None if it is closed."""
    own = None
    try:
        own = os.dup(number)
        return socket.socket(fileno=own)
    except OSError:
        if own is not None:
            os.close(own)
        return None


def name_peer(sock: socket.socket) -> tuple[str, int] | None:
    """Host and port at the other end; None when there is none."""
    with suppress(OSError):
        return tuple(sock.getpeername()[:2])
    return None
