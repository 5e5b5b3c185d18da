"""The HTTP proxy of a run: it leads intercepted hosts to the emulator and passes everything else on.

`CONNECT` is a tunnel whose bytes are not looked at: to the emulator's TLS port for an intercepted host. A
request for an absolute URL, as plain HTTP and axios send it, gets a connection of its own. Where the
environment named a proxy before, what is passed on goes through it. Nothing but host names is counted.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mockpin.addresses import is_loopback
from mockpin.interception.hosts import Treatment, split_address

if TYPE_CHECKING:
    import socket
    from asyncio import StreamReader, StreamWriter

    from mockpin.interception.traffic import Traffic
    from mockpin.interception.upstream import Upstream

#: Bytes of a request's head at most, and seconds to wait for it and for a connection.
HEAD_LIMIT = 65_536
HEAD_TIMEOUT, CONNECT_TIMEOUT = 60.0, 30.0
CHUNK = 65_536
PORTS = {"http": 80, "https": 443}
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
#: Headers between a client and its proxy, which are not for the server.
HOP_BY_HOP = ("proxy-connection", "proxy-authorization", "connection", "keep-alive")


@dataclass(eq=False)
class ProxyRefusal(Exception):
    """A request that the proxy answers itself."""

    status: str
    text: str = field(repr=False)

    @property
    def answer(self) -> bytes:
        """The whole answer."""
        body = self.text.encode()
        head = f"HTTP/1.1 {self.status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


@dataclass(frozen=True)
class EmulatorPorts:
    """Where the emulator listens on this machine: the port for HTTP and the one for HTTPS."""

    port: int
    tls_port: int


@dataclass(frozen=True)
class ProxyTarget:
    """Where a request goes: a host, a port, and whether the proxy itself speaks TLS to it."""

    host: str
    port: int
    tls: bool = False


class Proxy:
    """Serves one listening socket until it is closed."""

    def __init__(self, traffic: Traffic, emulator: EmulatorPorts, upstream: Upstream) -> None:
        self._traffic = traffic
        self._emulator = emulator
        self._upstream = upstream
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, listener: socket.socket) -> asyncio.Server:
        """Start to serve."""
        return await asyncio.start_server(self._accept, sock=listener, limit=HEAD_LIMIT)

    def stop(self) -> None:
        """Break off every connection."""
        for task in tuple(self._connections):
            task.cancel()

    async def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - asyncio runs each connection as a task
        self._connections.add(task)
        try:
            await self._serve(reader, writer)
        except ProxyRefusal as refused:
            writer.write(refused.answer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # one of the two sides has gone, or the run is over
        finally:
            self._connections.discard(task)
            await close(writer)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        method, address, head = await read_head(reader)
        if method == "CONNECT":
            host, port = read_address(address)
            other = await self._connect(
                self._choose(ProxyTarget(host, port), encrypted=port != PORTS["http"])
            )
            writer.write(ESTABLISHED)
        else:
            target, path = read_url(address)
            other = await self._connect(self._choose(target, encrypted=False))
            other[1].write(rewrite_head(method, path, head))
        await join((reader, writer), other)

    def _choose(self, target: ProxyTarget, *, encrypted: bool) -> ProxyTarget:
        """The emulator's port for HTTP or, for a client that speaks TLS itself, HTTPS; or the target.

        Raises ProxyRefusal.
        """
        treatment = self._traffic.hosts.treat(target.host)
        if treatment is Treatment.REFUSE:
            raise ProxyRefusal("403 Forbidden", self._traffic.refuse(target.host))
        if treatment is Treatment.INTERCEPT:
            return ProxyTarget("127.0.0.1", self._emulator.tls_port if encrypted else self._emulator.port)
        return target

    async def _connect(self, target: ProxyTarget) -> tuple[StreamReader, StreamWriter]:
        """A connection to a target. Raises ProxyRefusal when there is none."""
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                if is_loopback(target.host):
                    return await asyncio.open_connection(target.host, target.port)
                return await self._upstream.connect(target.host, target.port, tls=target.tls)
        except TimeoutError:
            raise ProxyRefusal("504 Gateway Timeout", f"{target.host} does not answer.\n") from None
        except (OSError, ssl.SSLError) as error:
            reason = error.strerror or "it cannot be reached"
            raise ProxyRefusal("502 Bad Gateway", f"No connection to {target.host}: {reason}.\n") from None


async def read_head(reader: StreamReader) -> tuple[str, str, list[bytes]]:
    """Method, address and header lines of a request. Raises ProxyRefusal."""
    try:
        async with asyncio.timeout(HEAD_TIMEOUT):
            head = await reader.readuntil(b"\r\n\r\n")
    except (TimeoutError, asyncio.LimitOverrunError):
        raise ProxyRefusal("400 Bad Request", "The head of the request does not end.\n") from None
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    parts = first.decode("latin-1").split(" ")
    if len(parts) != 3:  # noqa: PLR2004 - method, address, version
        raise ProxyRefusal("400 Bad Request", "This is not a request to a proxy.\n")
    return parts[0], parts[1], lines


def read_address(address: str) -> tuple[str, int]:
    """Host and port of a CONNECT. Raises ProxyRefusal."""
    try:
        return split_address(address, default_port=443)
    except ValueError:
        raise ProxyRefusal("400 Bad Request", "CONNECT takes host:port.\n") from None


def read_url(url: str) -> tuple[ProxyTarget, str]:
    """The target of an absolute URL, and what is asked of it. Raises ProxyRefusal."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        host = None
    if not host:
        raise ProxyRefusal(
            "400 Bad Request", "This is a proxy: ask it for an absolute http:// or https:// URL.\n"
        )
    path = parts.path or "/"
    return ProxyTarget(
        host, port, tls=parts.scheme == "https"
    ), f"{path}?{parts.query}" if parts.query else path


def rewrite_head(method: str, path: str, lines: list[bytes]) -> bytes:
    """The head as the server itself takes it; the connection ends with the answer."""
    kept = [line for line in lines if name_header(line) not in HOP_BY_HOP]
    first = f"{method} {path} HTTP/1.1".encode("latin-1")
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


def name_header(line: bytes) -> str:
    """The name of a header line in lower case."""
    return line.partition(b":")[0].strip().decode("latin-1").lower()


async def join(one: tuple[StreamReader, StreamWriter], other: tuple[StreamReader, StreamWriter]) -> None:
    """Carry bytes both ways until both sides have ended."""
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(carry(one[0], other[1]))
            tasks.create_task(carry(other[0], one[1]))
    except* OSError:
        pass  # one side broke off
    finally:
        await close(other[1])


async def carry(reader: StreamReader, writer: StreamWriter) -> None:
    """Carry bytes one way to their end, which is passed on, too."""
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
    else:
        writer.close()


async def close(writer: StreamWriter) -> None:
    """Close a connection, whatever state it is in."""
    with suppress(OSError, asyncio.CancelledError):
        writer.close()
        await writer.wait_closed()
