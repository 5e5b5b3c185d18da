"""How the proxy of a run reaches the outside: directly, or through the proxy that the environment named."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # left out of the stubs

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

    Connection = tuple[StreamReader, StreamWriter]

VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


@dataclass(frozen=True)
class Upstream:
    """The way to the outside: host and port of a proxy, if there is one, and what it is greeted with."""

    host: str | None = None
    port: int = 0
    credentials: str | None = field(default=None, repr=False)
    bypass: str = ""

    async def connect(self, host: str, port: int, *, tls: bool) -> Connection:
        """A connection to a host of the outside. Raises OSError."""
        if self.host is None or proxy_bypass_environment(host, {"no": self.bypass}):
            return await asyncio.open_connection(host, port, ssl=tls or None)
        reader, writer = await asyncio.open_connection(self.host, self.port)
        writer.write(self._ask_for(host, port))
        status = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1:2]
        if status != [b"200"]:
            writer.close()
            raise ConnectionRefusedError(0, "the proxy of the environment refuses it")
        if tls:
            await writer.start_tls(ssl.create_default_context(), server_hostname=host)
        return reader, writer

    def _ask_for(self, host: str, port: int) -> bytes:
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        login = f"Proxy-Authorization: Basic {self.credentials}\r\n" if self.credentials else ""
        return f"CONNECT {address} HTTP/1.1\r\nHost: {address}\r\n{login}\r\n".encode()


def find_upstream(environment: Mapping[str, str]) -> Upstream:
    """The proxy that an environment names; none where it names none that speaks plain HTTP."""
    url = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if not parts.hostname or parts.scheme != "http":
        return Upstream()
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    credentials = base64.b64encode(f"{name}:{password}".encode()).decode() if name else None
    bypass = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    return Upstream(parts.hostname, parts.port or 80, credentials, bypass)
