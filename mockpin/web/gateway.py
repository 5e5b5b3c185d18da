"""A WSGI application behind granian's RSGI: bodies are gathered without holding a thread.

Conversion events go straight to the emulator, the rest through the application; both on the loop itself,
which is quickest. What may wait (the admin API's `expect`, its stream) runs on a thread of its own, and an
answer that is held back is held back by the loop. At the end, whatever is still under way is given up.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mockpin.core.delivery import Request
from mockpin.web.exchange import SLEEP
from mockpin.web.pinterest import receive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import WSGIApplication

    from flask import Flask

    from mockpin.core.emulator import Emulator
    from mockpin.core.replies import Answer

    Direct = Callable[[Request], Answer | None]

#: Paths whose requests may take their time.
WAITING = ("/__mockpin/",)
#: How many of those may wait at once.
THREADS = 256


@dataclass(slots=True)
class Started:
    """What is said before a body: status and headers, the body's length, and how long to hold it back."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    promised: int | None = None
    held_back: float = 0.0

    def __call__(self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
        """WSGI's start_response."""
        self.status = int(status[:3])
        named = {name.lower(): value for name, value in headers if name.lower() == "content-length"}
        self.promised = int(named["content-length"]) if named else None
        self.headers = [(name, value) for name, value in headers if name.lower() != "content-length"]

    def hold(self, seconds: float) -> None:
        """Take a delay that the loop will wait for."""
        self.held_back += seconds


class Gateway:
    """Serves one WSGI application.

    `limit` is the largest body in bytes; a larger one is not read. `direct` answers what needs no
    application, and gives None for the rest.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        limit: int,
        keep_alive: bool = True,
        direct: Direct | None = None,
    ) -> None:
        self._application = application
        self._direct = direct or (lambda _request: None)
        self._limit = limit
        self._closing = [] if keep_alive else [("connection", "close")]
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mockpin")
        self._under_way: set[asyncio.Task[None]] = set()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Serve one request of granian's."""
        task: Any = asyncio.current_task()  # granian runs each request as one
        self._under_way.add(task)
        try:
            await self._serve(scope, protocol)
        finally:
            self._under_way.discard(task)

    def stop(self) -> None:
        """Give up whatever is under way, on the loop's own thread."""
        for task in tuple(self._under_way):
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _serve(self, scope: Any, protocol: Any) -> None:
        body = await self._gather(scope, protocol)
        answer = self._direct(make_request(scope, body.content)) if body.is_whole else None
        if answer is None:
            await self._apply(scope, protocol, body)
            return
        if answer.delay:
            await asyncio.sleep(answer.delay)
        headers = [*answer.headers, *self._closing]
        await self._send(protocol, Started(answer.status, headers, promised=answer.promised), answer.body)

    async def _apply(self, scope: Any, protocol: Any, body: Body) -> None:
        started = Started()
        environ = {**make_environ(scope, body), SLEEP: started.hold}
        if scope.path.startswith(WAITING):
            loop = asyncio.get_running_loop()
            chunks = await loop.run_in_executor(self._threads, self._application, environ, started)
        else:
            chunks = self._application(environ, started)
        if started.held_back:
            await asyncio.sleep(started.held_back)
        started.headers += self._closing
        if started.promised is None:
            await self._stream(protocol.response_stream(started.status, started.headers), chunks)
        else:
            await self._send(protocol, started, read_whole(chunks))

    async def _gather(self, scope: Any, protocol: Any) -> Body:
        declared = scope.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self._limit:
            return Body(b"", int(declared))
        if declared in ("", "0") and "transfer-encoding" not in scope.headers:
            return Body(b"", 0)
        chunks, length = [], 0
        async for chunk in protocol:
            length += len(chunk)
            if length > self._limit:
                return Body(b"", length)
            chunks.append(chunk)
        return Body(b"".join(chunks), length)

    async def _send(self, protocol: Any, started: Started, whole: bytes) -> None:
        if started.promised is None or len(whole) >= started.promised:
            protocol.response_bytes(started.status, started.headers, whole)
        else:  # less than was promised: the connection breaks off
            headers = [*started.headers, ("content-length", str(started.promised))]
            await protocol.response_stream(started.status, headers).send_bytes(whole)

    async def _stream(self, transport: Any, body: Iterable[bytes]) -> None:
        loop, chunks = asyncio.get_running_loop(), iter(body)
        try:
            while (chunk := await loop.run_in_executor(self._threads, next, chunks, None)) is not None:
                await transport.send_bytes(chunk)
        finally:
            close = getattr(body, "close", None)
            if close:
                loop.run_in_executor(self._threads, close)


def read_whole(chunks: Iterable[bytes]) -> bytes:
    """All of a WSGI answer, which is closed as WSGI asks: it may hold a file."""
    try:
        return b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()


@dataclass(frozen=True, slots=True)
class Body:
    """A gathered body, or, when it was too large to be read, only its length."""

    content: bytes
    length: int

    @property
    def is_whole(self) -> bool:
        """Whether it was read."""
        return len(self.content) == self.length


def make_gateway(application: Flask) -> Gateway:
    """The gateway of an application that `mockpin.web.app` made."""
    emulator: Emulator = application.extensions["mockpin"]
    return Gateway(
        application.wsgi_app,
        limit=emulator.settings.body_limit,
        keep_alive=emulator.settings.keep_alive,
        direct=partial(receive, emulator),
    )


def make_request(scope: Any, body: bytes) -> Request:
    """The emulator's request of granian's scope, whose header names are in lower case."""
    return Request(scope.method, scope.path, scope.query_string, dict(scope.headers.items()), body)


def make_environ(scope: Any, body: Body) -> dict[str, Any]:
    """The WSGI environment of a request."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "RAW_URI": quote(scope.path),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body.content),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = "HTTP_" + name.upper().replace("-", "_")
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(body.length)
    return environ
