"""A real HTTP server around a WSGI application: granian, in this process, on a socket of our own."""

from __future__ import annotations

import asyncio
import atexit
import errno
import os
import socket
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from threading import enumerate as running_threads
from typing import TYPE_CHECKING, Any

from mockpin.serving.granian_parts import embed
from mockpin.serving.tls import shake_hands

if TYPE_CHECKING:
    from asyncio import Task

    from mockpin.serving.granian_parts import EmbeddedServer, Served
    from mockpin.serving.tls import TlsFiles

#: Seconds that open requests may take to end after a stop; then they are abandoned.
GRACE = 0.3
#: Seconds to wait for granian to close its listening socket. Usually under 0.01.
CLOSE_TIMEOUT = 10.0
#: Seconds between two looks whether it is closed.
POLL_INTERVAL = 0.001
#: Seconds to wait for granian's threads after the end of a server. Usually under 0.01.
THREADS_TIMEOUT = 2.0
#: Seconds to wait for them where the system does not list threads.
UNLISTED_THREADS_TIMEOUT = 0.1
#: The threads of this process, where a system shows them.
TASKS = Path("/proc/self/task")
BACKLOG = 1024
ADVICE = {
    "port": "Choose another --port, or 0 for a free one",
    "host": "Choose a --host of this machine, such as 127.0.0.1",
}


@dataclass(eq=False)
class AddressTaken(Exception):
    """The address cannot be listened on."""

    host: str
    port: int
    reason: str
    host_is_ours: bool = True

    def __str__(self) -> str:
        where = f"{self.host}:{self.port}"
        advice = ADVICE["port" if self.host_is_ours else "host"]
        return f"Cannot listen on {where}: {self.reason}. {advice}."


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 is a free one. Raises AddressTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise AddressTaken(host, port, explain(error), is_ours(error)) from None
    listener.setblocking(False)  # noqa: FBT003 - socket's own signature
    return listener


def is_ours(error: OSError) -> bool:
    """Whether the host is this machine's, and only the port cannot be had."""
    return is_system(error) and error.errno != errno.EADDRNOTAVAIL


def explain(error: OSError) -> str:
    """What the system says, without the address that Python adds."""
    return os.strerror(error.errno or 0) if is_system(error) else "no such host is known"


def is_system(error: OSError) -> bool:
    """Whether the system refused it; a look-up of the name fails with a negative number."""
    return (error.errno or 0) > 0


class Server:
    """Serves a gateway on a listening socket until `stop`, which may be called from any thread.

    `grace` is for how many seconds its end waits for what is left, such as half a request. With `tls` it
    speaks HTTPS alone.
    """

    def __init__(
        self,
        gateway: Served,
        listener: socket.socket,
        *,
        grace: float = GRACE,
        tls: TlsFiles | None = None,
    ) -> None:
        self.host, self.port = listener.getsockname()[:2]
        self._tls = tls
        self._grace = grace
        self._gateway = gateway
        self._listener = listener
        self._loop: asyncio.AbstractEventLoop | None = None
        self._embedded: EmbeddedServer
        self._known: frozenset[str] = frozenset()

    @property
    def url(self) -> str:
        """Where it is found, such as http://127.0.0.1:7466."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    async def serve(self, ready: Callable[[], object] = lambda: None) -> None:
        """Serve until the end; `ready` is called once connections are answered.

        What keeps granian from serving is raised, and so is what `ready` raises.
        """
        try:
            serving = await self._start()
            ready()
            await self._end(serving)
        finally:
            self._listener.close()
            atexit.unregister(outlast_threads)  # the last server's are the last to go
            atexit.register(outlast_threads, self._known, time.monotonic())

    async def _start(self) -> Task[None]:
        self._embedded = embed(self._gateway, self._listener, backlog=BACKLOG, tls=self._tls)
        self._known = other_threads()
        self._loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self._embedded.serve())
        await asyncio.sleep(0)
        if serving.done():
            serving.result()
        if self._tls:
            await shake_hands(self.host, self.port)
        return serving

    async def _end(self, serving: Task[None]) -> None:
        ended = asyncio.create_task(self._embedded.wait_until_ended())
        await asyncio.wait((serving, ended), return_when=asyncio.FIRST_COMPLETED)
        self._listener.close()
        await self._wait_until_closed(serving)
        with suppress(TimeoutError):
            await asyncio.wait_for(serving, self._grace)

    async def _wait_until_closed(self, serving: Task[None]) -> None:
        """Wait until granian has closed the socket, too: what it accepted now would get no answer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT):
                while not serving.done() and self._embedded.listens():
                    await asyncio.wait((serving,), timeout=POLL_INTERVAL)

    def stop(self) -> None:
        """Give up what is under way and end."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        self._gateway.stop()
        self._embedded.stop()


def run(serving: Coroutine[Any, Any, None]) -> None:
    """Serve until the end, on uvloop's event loop where it can be had: it takes less over a small request."""
    with asyncio.Runner(loop_factory=find_loop()) as runner:
        runner.run(serving)


def find_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """What makes uvloop's event loop; None on Windows, where it does not run."""
    try:
        from uvloop import new_event_loop  # noqa: PLC0415 - loaded when a server is wanted
    except ImportError:
        return None
    return new_event_loop


class Background:
    """A server on a thread of its own: a context manager that gives the server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._ready: Future[None] = Future()
        self._thread = Thread(target=self._run, name="mockpin-server", daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        self._ready.result()
        return self.server

    def __exit__(self, *_error: object) -> None:
        self.server.stop()
        self._thread.join()

    def _run(self) -> None:
        try:
            run(self.server.serve(ready=partial(self._ready.set_result, None)))
        except BaseException as error:
            if self._ready.done():
                raise
            self._ready.set_exception(error)


def outlast_threads(known: frozenset[str], end: float) -> None:
    """Let granian's threads end before the interpreter does: one that still wants it aborts the process.

    They end soon after the `end` of their server, by the monotonic clock. Where a system lists its threads,
    this returns as soon as only Python's own and those `known` before are left.
    """
    shown = TASKS.is_dir()
    last = end + (THREADS_TIMEOUT if shown else UNLISTED_THREADS_TIMEOUT)
    while time.monotonic() < last and not (shown and other_threads() <= known):
        time.sleep(0.001)


def other_threads() -> frozenset[str]:
    """The threads of this process that Python did not start; none where a system does not show them."""
    ours = {str(thread.native_id) for thread in running_threads()}
    return frozenset(os.listdir(TASKS) if TASKS.is_dir() else ()) - ours  # noqa: PTH208 - the names alone
