"""A request of granian's as WSGI wants it, and what a WSGI application answers."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from mockpin.emulator.pipeline.answers import Answer

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


#: What never has a body, and so says nothing of its length.
BODILESS = (204, 304)


@dataclass(slots=True)
class Started:
    """What is said before a body: status and headers, the body's length, and how long to hold it back.

    A body whose length is not promised is a stream.
    """

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    promised: int | None = None
    held_back: float = 0.0

    def __call__(self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
        """WSGI's start_response."""
        self.status = int(status[:3])
        lengths = [int(value) for name, value in headers if name.lower() == "content-length"]
        self.promised = 0 if self.status in BODILESS else next(iter(lengths), None)
        self.headers = [(name, value) for name, value in headers if name.lower() != "content-length"]

    def hold(self, seconds: float) -> None:
        """Take a delay that the loop will wait for."""
        self.held_back += seconds

    def complete(self, body: bytes) -> Answer:
        """The answer with this body, which is no stream."""
        return Answer(self.status, body, tuple(self.headers), self.held_back, self.promised)


def begin_answer(application: WSGIApplication, environ: dict[str, Any], started: Started) -> Iterable[bytes]:
    """What an application answers: a stream as it comes, all else read and closed.

    It is read and closed on the thread that made it: later the client may have closed its connection, or the
    server may have ended, and no other thread would close it.
    """
    chunks = application(environ, started)
    return chunks if started.promised is None else (read_whole(chunks),)


def read_whole(chunks: Iterable[bytes]) -> bytes:
    """All of a WSGI answer, which is closed as WSGI asks: it may hold a file."""
    try:
        return b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()


class GatheredBody(NamedTuple):
    """A gathered body, or, when it was too large, only its length and what may still come of it."""

    content: bytes
    length: int
    rest: AsyncIterator[bytes] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it was read."""
        return len(self.content) == self.length


#: What is the same of every request.
CONSTANT: Mapping[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
#: Headers that have a name of their own, or say nothing of a body that has been gathered.
APART = frozenset({"content-type", "content-length", "transfer-encoding"})


def make_environ(scope: Any, body: GatheredBody) -> dict[str, Any]:
    """The WSGI environment of a request."""
    host, _, port = scope.server.rpartition(":")
    return {
        **CONSTANT,
        **name_headers(scope.headers.items()),
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "RAW_URI": quote(scope.path),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "CONTENT_TYPE": scope.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(body.length),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body.content),
        "wsgi.errors": sys.stderr,
    }


def name_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers as WSGI names them; what came several times is joined by commas."""
    named: dict[str, str] = {}
    for header, value in headers:
        name = "HTTP_" + header.upper().replace("-", "_")
        if header not in APART:
            named[name] = f"{named[name]},{value}" if name in named else value
    return named
