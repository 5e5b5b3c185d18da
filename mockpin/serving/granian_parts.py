"""Everything that mockpin uses of granian beyond its documentation, in one place.

Documented are RSGI and the embedded server's options. Not documented are how granian binds its socket, the
event that ends it, and that it writes a body in one piece whole, whatever length the headers state;
`tests/mockpin/serving/test_granian_parts.py` fails when a new granian changes them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from granian import net
from granian.constants import HTTPModes, SSLProtocols
from granian.http import HTTP1Settings
from granian.rsgi import ProtocolClosed, ProtocolError  # type: ignore[attr-defined]  # not in granian's __all__
from granian.server.embed import Server as GranianServer

if TYPE_CHECKING:
    import socket

    from mockpin.serving.tls import TlsFiles

__all__ = ["EmbeddedServer", "ProtocolClosed", "ProtocolError", "Served", "embed", "respond_in_part"]

#: Connections that may be open at once; later ones wait to be accepted.
CONNECTIONS = 10_000
#: Milliseconds that a connection may take for the head of its next request.
HEADER_TIMEOUT = 60_000


class Served(Protocol):
    """An RSGI application that can be stopped on the loop's own thread."""

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Serve one request."""

    def stop(self) -> None:
        """Stop all that is under way."""


class EmbeddedServer(GranianServer):
    """An embedded server of granian's on a socket that listens already.

    granian itself would bind, and would share the port with anyone else who binds it so. Our own socket
    makes a taken port an error, and tells which port 0 became before the first request.
    """

    def __init__(self, listener: socket.socket, gateway: Served, **options: Any) -> None:
        super().__init__(gateway, **options)
        self._listener = listener

    def _init_shared_socket(self) -> None:
        """Give granian a descriptor of its own, which it closes when it stops listening."""
        own = os.dup(self._listener.fileno())
        self._own, self._listened_to = own, os.fstat(own).st_ino
        holder: Any = vars(net)["SocketHolder"]  # its constructor is not in granian's type stubs
        vars(self).update(_ssp=None, _sfd=own, _shd=holder(own, False, self.backlog))  # noqa: FBT003 - granian's order

    def listens(self) -> bool:
        """Whether granian has not closed its descriptor yet."""
        with suppress(OSError):  # closed; its number may already be another file's
            return os.fstat(self._own).st_ino == self._listened_to
        return False

    async def wait_until_ended(self) -> None:
        """Wait until someone stops the server or its worker ends."""
        interrupt: Any = self.main_loop_interrupt  # asyncio's, though typed otherwise
        await interrupt.wait()

    def stop(self) -> None:
        """End the server, on the loop's own thread."""
        super().stop()  # type: ignore[no-untyped-call]  # granian's own


def embed(
    gateway: Served, listener: socket.socket, *, backlog: int, tls: TlsFiles | None = None
) -> EmbeddedServer:
    """Return a server for a gateway; it speaks HTTP/1.1, and with `tls` only over TLS."""
    return EmbeddedServer(
        listener,
        gateway,
        log_enabled=False,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT),
        websockets=False,
        backlog=backlog,
        backpressure=CONNECTIONS,
        ssl_cert=tls.certificate if tls else None,
        ssl_key=tls.key if tls else None,
        ssl_protocol_min=SSLProtocols.tls12,
    )


async def respond_in_part(
    protocol: Any, status: int, headers: list[tuple[str, str]], part: bytes, promised: int
) -> None:
    """Answer with a part of a body, promise `promised` bytes, and end the connection.

    A stream that ends too early ends the connection too, but what it sent may never be written, so that one
    serves only where there is nothing to send.
    """
    headers = [*headers, ("content-length", str(promised))]
    if part:
        protocol.response_bytes(status, [*headers, ("connection", "close")], part)
    else:  # in one piece, nothing would be given its true length
        await protocol.response_stream(status, headers).send_bytes(part)
