"""A WSGI application behind granian's RSGI: bodies are gathered without holding a thread.

Conversion events go straight to the emulator, the rest through the application; both on the loop itself,
which is quickest. What reads a whole history has a few threads, what may wait (the admin API's `expect`, its
stream) many, so that neither holds up the loop or the other; an answer that is held back is held back by the
loop. At the end, whatever is still under way is given up, and told so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from mockpin.addresses import SEGMENT, VERSION_HEADER
from mockpin.emulator.breakdowns import report_breakdown
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.serving.connections import find_connection
from mockpin.serving.granian_parts import ProtocolClosed, ProtocolError, respond_in_part
from mockpin.serving.workers import LARGE, Worker
from mockpin.serving.wsgi import GatheredBody, Started, begin_answer, make_environ
from mockpin.version import __version__
from mockpin.web.api.events import find_context
from mockpin.web.exchange import GONE_KEY, SLEEP_KEY

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.serving.connections import ClientConnection

    Direct = Callable[[RequestContext], Awaitable[Answer]]

#: What may wait for as long as it likes, and how many requests may do so at once.
PATIENT = ("/__mockpin/expect", "/__mockpin/stream")
WAITERS = 256
#: What reads a whole history takes its time on threads of its own; all else is done on the loop.
SLOW = ("/__mockpin/", "/v5/")
READERS = 2
QUICK = "/__mockpin/health"
#: What does not wait for the emulator's lock, and is answered while a large request is under way.
FREE = frozenset({QUICK, "/livez", "/readyz"})


def _be_unavailable(detail: str) -> Answer:
    problem = {"title": "Service Unavailable", "status": 503, "detail": detail, "errors": []}
    headers = (
        ("Content-Type", "application/problem+json"),
        ("Retry-After", "1"),
        (VERSION_HEADER, __version__),
    )
    return Answer(503, answers.dump(problem), headers)


CROWDED = _be_unavailable("Too many requests wait here already: let some of them end, or wait for less long.")
STOPPED = _be_unavailable("The server is stopping.")
#: The header of an answer that ends its connection.
CLOSING = (("connection", "close"),)


class Gateway:
    """Serves one WSGI application.

    `limit` is the largest body in bytes; a larger one is not kept. `direct` answers conversion events, which
    then need no application. `patience` is for how many seconds the reader of a stream may let it stand
    still before it is given up, and the sender of a body that is too large may send on; `waiters` is how
    many requests may wait at once. `answered` gives the number of the latest request that was answered.
    """

    def __init__(  # noqa: PLR0913 - each keyword bounds one thing
        self,
        application: WSGIApplication,
        *,
        limit: int,
        keep_alive: bool = True,
        direct: Direct | None = None,
        patience: float = 30.0,
        waiters: int = WAITERS,
        answered: Callable[[], int | None] = lambda: None,
        worker: Worker | None = None,
    ) -> None:
        self._application = application
        self._direct, self._answered = direct, answered
        self._worker = worker or Worker()
        self._limit, self._patience, self._waiters = limit, patience, waiters
        self._closing = () if keep_alive else CLOSING
        self._patient = ThreadPoolExecutor(waiters, thread_name_prefix="mockpin-patient")
        self._slow = ThreadPoolExecutor(READERS, thread_name_prefix="mockpin-slow")
        self._waiting = 0
        self._stopped = False
        self._under_way: set[asyncio.Task[None]] = set()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Serve one request of granian's."""
        task: Any = asyncio.current_task()  # granian runs each request as one
        self._under_way.add(task)
        try:
            await self._serve(scope, protocol)
        except asyncio.CancelledError:
            await self._give(scope, protocol, STOPPED)  # does nothing where the answer has begun
        except ProtocolClosed:
            pass  # the client is gone, or a fault dropped its connection
        except Exception as error:  # noqa: BLE001 - whatever broke, the request is owed an answer
            report_breakdown(error)
            with suppress(RuntimeError):  # it has had one already
                await self._give(scope, protocol, answers.broken())
        finally:
            self._under_way.discard(task)

    def stop(self) -> None:
        """Cancel all requests and accept no more, on the loop's own thread."""
        self._stopped, self._closing = True, CLOSING
        for task in tuple(self._under_way):
            task.cancel()
        for pool in (self._patient, self._slow):
            pool.shutdown(wait=False, cancel_futures=True)
        self._worker.stop()

    async def _serve(self, scope: Any, protocol: Any) -> None:
        if self._stopped:
            await self._give(scope, protocol, STOPPED)
            return
        headers, answered = dict(scope.headers.items()), self._answered()
        body = await self._gather(headers, protocol)
        context = find_context(make_request(scope, headers, body, after=answered))
        if context and self._direct:
            await self._give(scope, protocol, await self._direct(context))
        elif find_path(scope) in PATIENT:
            await self._apply_patiently(scope, protocol, body)
        else:
            await self._apply(scope, protocol, body, pool=self._choose(find_path(scope)))
        if body.rest:
            await self._read_away(body.rest)

    async def _read_away(self, rest: AsyncIterator[bytes]) -> None:
        """Let a sender end what is thrown away: many read the answer only then, or see a broken pipe."""
        with suppress(StopAsyncIteration, TimeoutError, ProtocolError):
            async with asyncio.timeout(self._patience):
                while True:  # granian lets a body be taken only once, as `async for` would again
                    await anext(rest)

    async def _apply_patiently(self, scope: Any, protocol: Any, body: GatheredBody) -> None:
        if self._waiting >= self._waiters:
            await self._give(scope, protocol, CROWDED)
            return
        leaving = asyncio.ensure_future(protocol.client_disconnect())
        self._waiting += 1
        try:
            await self._apply(scope, protocol, body, pool=self._patient, gone=leaving.done)
        finally:
            leaving.cancel()
            self._waiting -= 1

    def _choose(self, path: str) -> ThreadPoolExecutor | None:
        return self._slow if path.startswith(SLOW) and path != QUICK else None

    async def _apply(
        self,
        scope: Any,
        protocol: Any,
        body: GatheredBody,
        *,
        pool: ThreadPoolExecutor | None,
        gone: Callable[[], bool] = lambda: False,
    ) -> None:
        started = Started()
        environ = {**make_environ(scope, body), SLEEP_KEY: started.hold, GONE_KEY: gone}
        if pool:
            loop = asyncio.get_running_loop()
            chunks = await loop.run_in_executor(pool, begin_answer, self._application, environ, started)
        else:
            begin = partial(begin_answer, self._application, environ, started)
            chunks = await self._begin(begin, find_path(scope), len(body.content))
        if started.promised is None:
            with find_connection(scope.client, scope.server) as connection:
                headers = [*started.headers, *self._closing]
                await self._stream(protocol.response_stream(started.status, headers), chunks, connection)
        else:
            await self._give(scope, protocol, started.complete(b"".join(chunks)))

    async def _begin(self, begin: Callable[[], Iterable[bytes]], path: str, size: int) -> Iterable[bytes]:
        if path in FREE:
            return begin()
        # The first call of Segment loads all mappings, which takes 0.3 s.
        return await self._worker.run(LARGE if path.startswith(f"{SEGMENT}/") else size, begin)

    async def _give(self, scope: Any, protocol: Any, answer: Answer) -> None:
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.dropped:
            with find_connection(scope.client, scope.server) as connection:
                if connection:
                    connection.break_off()
        headers = [*answer.headers, *self._closing]
        if answer.promised is None or len(answer.body) >= answer.promised:
            protocol.response_bytes(answer.status, headers, answer.body)
        else:
            await respond_in_part(protocol, answer.status, headers, answer.body, answer.promised)

    async def _gather(self, headers: Mapping[str, str], protocol: Any) -> GatheredBody:
        declared = headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self._limit:
            waits = "expect" in headers  # to read from such a client would tell it to go on
            return GatheredBody(b"", int(declared), None if waits else aiter(protocol))
        if declared.isdigit():
            whole = await protocol() if declared != "0" else b""
            return GatheredBody(whole, len(whole))
        if "transfer-encoding" not in headers:
            return GatheredBody(b"", 0)
        chunks, length = [], 0
        async for chunk in protocol:
            length += len(chunk)
            if length > self._limit:
                return GatheredBody(b"", length, protocol)
            chunks.append(chunk)
        return GatheredBody(b"".join(chunks), length)

    async def _stream(
        self, transport: Any, body: Iterable[bytes], connection: ClientConnection | None
    ) -> None:
        loop, chunks = asyncio.get_running_loop(), iter(body)
        try:
            while not self._stopped:  # a wait that ends just then loses its cancellation up to Python 3.11
                chunk = await loop.run_in_executor(self._patient, next, chunks, None)
                if chunk is None:
                    break
                await transport.send_bytes(chunk)
                if connection:
                    await asyncio.wait_for(connection.wait_until_read(), self._patience)
        except TimeoutError:
            if connection:
                connection.break_off()
        finally:
            close = getattr(body, "close", None)
            if close:
                with suppress(RuntimeError):  # at the end there are no threads left to do it
                    loop.run_in_executor(self._patient, close)


def make_request(
    scope: Any, headers: Mapping[str, str], body: GatheredBody, *, after: int | None
) -> HttpRequest:
    """The emulator's request of granian's scope, whose header names are in lower case."""
    return HttpRequest(
        scope.method, scope.path, scope.query_string, headers, body.content,
        oversized=not body.is_whole, connection=scope.client.rpartition(":")[2], after=after,
    )  # fmt: skip


def find_path(scope: Any) -> str:
    """The path as the application will see it: without a second slash before it or one behind."""
    return "/" + str(scope.path).strip("/")
