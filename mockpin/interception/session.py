"""One run: an emulator with its servers, the proxy in front of them, and the folder of the hooks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Self

from mockpin.interception.certificates import Authority
from mockpin.interception.environment import OpenAccount, make_environment
from mockpin.interception.folder import RunFolder, make_folder
from mockpin.interception.proxy import EmulatorPorts, Proxy
from mockpin.interception.traffic import Traffic, TrafficGate
from mockpin.interception.upstream import find_upstream
from mockpin.serving.emulator_gateway import make_gateway
from mockpin.serving.server import Server, listen, run

if TYPE_CHECKING:
    import socket

    from flask import Flask

    from mockpin.interception.hosts import HostTable
    from mockpin.serving.tls import TlsFiles

HOST = "127.0.0.1"


class Interception:
    """A context manager: inside it, the hosts of the table lead to an application in this process.

    Attributes:
        traffic: What came for which host, and what was refused.
        folder: The hooks and certificates of the run.
        environment: The variables with which a command reaches all that.
    """

    folder: RunFolder
    environment: dict[str, str]

    def __init__(
        self,
        app: Flask,
        hosts: HostTable,
        account: OpenAccount,
        *,
        inherited: Mapping[str, str],
        port: int = 0,
    ) -> None:
        """Listen on this machine. Raises AddressTaken when `port` cannot be had."""
        self.traffic = Traffic(hosts)
        self._app, self._account, self._inherited = app, account, inherited
        self._listeners = [listen(HOST, port), listen(HOST, 0), listen(HOST, 0)]
        self._exits = ExitStack()

    def __enter__(self) -> Self:
        """Start to serve. Raises OSError when the folder cannot be written."""
        with ExitStack() as exits:
            for listener in self._listeners:
                exits.callback(listener.close)
            plain, encrypted, proxy = (listener.getsockname()[1] for listener in self._listeners)
            ports, authority = EmulatorPorts(plain, encrypted), Authority()
            made = make_folder(ports, authority.certificate, self.traffic.hosts, self._inherited)
            self.folder = exits.enter_context(made)
            self.environment = make_environment(
                f"http://{HOST}:{plain}",
                f"http://{HOST}:{proxy}",
                self._account,
                folder=self.folder,
                inherited=self._inherited,
            )
            with authority.issue((*self.traffic.hosts.certified, HOST), folder=self.folder.path) as files:
                exits.callback(self._serve(ports, files))
            self._exits = exits.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._exits.close()

    def _serve(self, ports: EmulatorPorts, files: TlsFiles) -> Callable[[], None]:
        """Serve on a thread of its own; what is returned ends it."""
        gate = TrafficGate(make_gateway(self._app), self.traffic)
        servers = [Server(gate, self._listeners[0]), Server(gate, self._listeners[1], tls=files)]
        proxy = Proxy(self.traffic, ports, find_upstream(self._inherited))
        ready: Future[None] = Future()
        serving = partial(run, serve_all(servers, proxy, self._listeners[2], ready))
        thread = Thread(target=serving, name="mockpin-run", daemon=True)
        thread.start()
        ready.result()
        return partial(stop_all, servers, thread)


async def serve_all(
    servers: list[Server], proxy: Proxy, listener: socket.socket, ready: Future[None]
) -> None:
    """Serve until the servers are stopped; `ready` is set once all answer, or to what went wrong."""
    try:
        listening = await proxy.start(listener)
        waiting = [asyncio.Event() for _ in servers]
        tasks = [
            asyncio.create_task(server.serve(event.set))
            for server, event in zip(servers, waiting, strict=True)
        ]
        for event, task in zip(waiting, tasks, strict=True):
            await asyncio.wait(
                (asyncio.ensure_future(event.wait()), task), return_when=asyncio.FIRST_COMPLETED
            )
        ready.set_result(None)
        await asyncio.gather(*tasks)
        listening.close()
        proxy.stop()
    except BaseException as error:
        if ready.done():
            raise
        ready.set_exception(error)


def stop_all(servers: list[Server], thread: Thread) -> None:
    """End what is served, and wait for it."""
    for server in servers:
        server.stop()
    thread.join()
