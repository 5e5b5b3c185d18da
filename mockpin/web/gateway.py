"""A WSGI application behind granian's RSGI: bodies are gathered without holding a thread.

A request to Pinterest's routes is answered on the loop itself, which is quickest. What may wait (the admin
API's `expect`, its stream) runs on a thread of its own, and an answer that is held back is held back by the
loop. At the end, whatever is still under way is given up.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mockpin.web.exchange import SLEEP

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import WSGIApplication

#: Paths whose requests may take their time.
WAITING = ("/__mockpin/",)
#: How many of those may wait at once.
THREADS = 256


@dataclass(slots=True)
class Started:
    """What a WSGI application says before its body: status, headers; and how long to hold back."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    held_back: float = 0.0

    def __call__(self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
        """WSGI's start_response."""
        self.status = int(status[:3])
        self.headers = [(name.lower(), value) for name, value in headers]

    def hold(self, seconds: float) -> None:
        """Take a delay that the loop will wait for."""
        self.held_back += seconds


class Gateway:
    """Serves one WSGI application. `limit` is the largest body in bytes; a larger one is not read."""

    def __init__(self, application: WSGIApplication, *, limit: int, keep_alive: bool = True) -> None:
        self._application = application
        self._limit = limit
        self._closing = [] if keep_alive else [("connection", "close")]
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mockpin")
        self._under_way: set[asyncio.Task[None]] = set()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Serve one request of granian's."""
        task = asyncio.current_task()
        self._under_way.add(task)  # type: ignore[arg-type]  # granian runs each request as a task
        try:
            await self._serve(scope, protocol)
        finally:
            self._under_way.discard(task)  # type: ignore[arg-type]  # as above

    def stop(self) -> None:
        """Give up whatever is under way, on the loop's own thread."""
        for task in tuple(self._under_way):
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _serve(self, scope: Any, protocol: Any) -> None:
        started = Started()
        environ = make_environ(scope, await self._gather(scope, protocol))
        environ[SLEEP] = started.hold
        if scope.path.startswith(WAITING):
            loop = asyncio.get_running_loop()
            body = await loop.run_in_executor(self._threads, self._application, environ, started)
        else:
            body = self._application(environ, started)
        if started.held_back:
            await asyncio.sleep(started.held_back)
        await self._answer(protocol, started, body)

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

    async def _answer(self, protocol: Any, started: Started, body: Iterable[bytes]) -> None:
        headers = started.headers + self._closing
        length = dict(headers).get("content-length")
        if length is None:
            await self._stream(protocol.response_stream(started.status, headers), body)
            return
        whole = b"".join(body)
        if len(whole) >= int(length):
            protocol.response_bytes(started.status, headers, whole)
        else:  # less than was promised: the connection breaks off
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


@dataclass(frozen=True, slots=True)
class Body:
    """A gathered body, or, when it was too large to be read, only its length."""

    content: bytes
    length: int


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
