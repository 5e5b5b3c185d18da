"""What the proxy of a run reads of a request, and what it carries."""

import asyncio
import contextlib
import socket
import struct

import pytest

from mockpin.interception.hosts import HostTable
from mockpin.interception.proxy import (
    EmulatorPorts,
    Proxy,
    ProxyRefusal,
    ProxyTarget,
    read_address,
    read_head,
    read_url,
    rewrite_head,
)
from mockpin.interception.traffic import Traffic
from mockpin.interception.upstream import Upstream

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


def read(head):
    """Method, address and header lines of a head."""

    async def feed():
        reader = asyncio.StreamReader(limit=1000)
        reader.feed_data(head)
        reader.feed_eof()
        return await read_head(reader)

    return asyncio.run(feed())


def test_the_head_of_a_request_has_a_method_an_address_and_lines():
    head = b"GET http://x/ HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\nbody"
    assert read(head) == ("GET", "http://x/", [b"Host: x", b"A: b"])
    assert read(b"CONNECT x:1 HTTP/1.1\r\n\r\n") == ("CONNECT", "x:1", [])


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (b"nonsense\r\n\r\n", "This is not a request to a proxy.\n"),
        (b"GET a b HTTP/1.1\r\n\r\n", "This is not a request to a proxy.\n"),
        (b"GET / HTTP/1.1\r\n" + b"x" * 2000 + b"\r\n\r\n", "The head of the request does not end.\n"),
    ],
)
def test_a_head_that_is_not_one_is_refused(head, text):
    with pytest.raises(ProxyRefusal) as refusal:
        read(head)
    assert (refusal.value.status, refusal.value.text) == ("400 Bad Request", text)


def test_a_refusal_is_a_whole_answer_in_bytes():
    assert ProxyRefusal("403 Forbidden", "Nö.\n").answer == (
        b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Length: 5\r\nConnection: close\r\n\r\nN\xc3\xb6.\n"
    )


def test_connect_takes_a_host_and_a_port():
    assert read_address("x.test") == ("x.test", 443)
    assert read_address("[::1]:80") == ("::1", 80)
    with pytest.raises(ProxyRefusal) as refusal:
        read_address("x.test:0")
    assert (refusal.value.status, refusal.value.text) == ("400 Bad Request", "CONNECT takes host:port.\n")


@pytest.mark.parametrize(
    ("url", "target", "path"),
    [
        ("http://x.test", ProxyTarget("x.test", 80), "/"),
        ("https://x.test/a?b=c", ProxyTarget("x.test", 443, tls=True), "/a?b=c"),
        ("http://X.test:8080/a", ProxyTarget("x.test", 8080), "/a"),
        ("http://x.test?b", ProxyTarget("x.test", 80), "/?b"),
    ],
)
def test_an_absolute_url_has_a_target_and_a_path(url, target, path):
    assert read_url(url) == (target, path)


@pytest.mark.parametrize("url", ["/", "ftp://x/", "http://[/", "http:///a", "http://x:99999/"])
def test_any_other_url_is_refused(url):
    with pytest.raises(ProxyRefusal) as refusal:
        read_url(url)
    assert refusal.value.status == "400 Bad Request"
    assert "absolute http:// or https:// URL" in refusal.value.text


def test_headers_for_the_proxy_are_not_passed_on():
    lines = [
        b"Host: x", b"Proxy-Authorization: Basic eA==", b"Proxy-Connection: keep-alive", b"A: b",
        b"Connection: keep-alive", b"Keep-Alive : 5",
    ]  # fmt: skip
    head = b"POST /a HTTP/1.1\r\nHost: x\r\nA: b\r\nConnection: close\r\n\r\n"
    assert rewrite_head("POST", "/a", lines) == head


async def echo(reader, writer):
    """Answer with what was heard until the other side ended."""
    writer.write(b"heard " + await reader.read())
    writer.close()


@contextlib.asynccontextmanager
async def proxying(hosts, *, upstream=None, **members):
    """A proxy's port, and its traffic; the emulator's ports and the outside are one echoing server."""
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    ports = EmulatorPorts(**{"port": port, "tls_port": 1, **dict.fromkeys(members, port)})
    traffic = Traffic(hosts)
    proxy = Proxy(traffic, ports, upstream or Upstream())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listening = await proxy.start(listener)
        yield listener.getsockname()[1], port, traffic
        listening.close()
    server.close()


def ask(head, **members):
    """What the proxy answers to a head, which may name the echoing server's port as PORT."""

    async def run():
        async with proxying(HostTable(), **members) as (proxy_port, port, traffic):
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy_port)
            writer.write(head.replace(b"PORT", str(port).encode()))
            writer.write_eof()
            answer = await reader.read()
            writer.close()
            return answer, traffic

    return asyncio.run(run())


def test_a_tunnel_carries_bytes_both_ways():
    answer, _ = ask(b"CONNECT 127.0.0.1:PORT HTTP/1.1\r\n\r\nanything")
    assert answer == ESTABLISHED + b"heard anything"


def test_a_url_is_asked_for_with_its_path():
    answer, _ = ask(b"GET http://127.0.0.1:PORT/a HTTP/1.1\r\nA: b\r\n\r\nbody")
    assert answer == b"heard GET /a HTTP/1.1\r\nA: b\r\nConnection: close\r\n\r\nbody"


@pytest.mark.parametrize(
    ("head", "ports"),
    [
        (b"CONNECT api.pinterest.com:443 HTTP/1.1\r\n\r\n", {"tls_port": True}),
        (b"CONNECT api.pinterest.com:80 HTTP/1.1\r\n\r\n", {}),
        (b"GET http://api.pinterest.com/ HTTP/1.1\r\n\r\n", {}),
        (b"GET https://api.pinterest.com/ HTTP/1.1\r\n\r\n", {}),
    ],
)
def test_an_intercepted_host_is_the_emulators_port_for_its_protocol(head, ports):
    answer, _ = ask(head, **ports)
    assert b"heard " in answer


def test_another_host_of_pinterest_is_refused_and_counted():
    answer, traffic = ask(b"CONNECT www.pinterest.com:443 HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403 Forbidden\r\n")
    assert b"--intercept www.pinterest.com" in answer
    assert traffic.refused == {"www.pinterest.com": 1}


def test_a_host_that_cannot_be_reached_is_a_502():
    answer, _ = ask(b"CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 502 Bad Gateway\r\n")
    assert b"No connection to 127.0.0.1: Connect call failed" in answer


class Outside:
    """A way out that ends in an error, or in a connection to a port of this machine."""

    def __init__(self, error=None, port=0):
        self.error, self.port, self.asked = error, port, []

    async def connect(self, host, port, *, tls):
        self.asked.append((host, port, tls))
        if self.error:
            raise self.error
        return await asyncio.open_connection("127.0.0.1", self.port)


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (TimeoutError(), b"504 Gateway Timeout", b"x.test does not answer.\n"),
        (OSError(), b"502 Bad Gateway", b"No connection to x.test: it cannot be reached.\n"),
        (OSError(13, "Denied"), b"502 Bad Gateway", b"No connection to x.test: Denied.\n"),
    ],
)
def test_a_host_outside_that_is_not_reached_is_a_refusal(error, status, text):
    outside = Outside(error)
    answer, _ = ask(b"GET https://x.test/ HTTP/1.1\r\n\r\n", upstream=outside)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert answer.endswith(text)
    assert outside.asked == [("x.test", 443, True)]


def test_a_proxy_that_stops_breaks_off_what_is_under_way():
    async def say_nothing(reader, writer):
        await reader.read()
        writer.close()

    async def run():
        silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
        port = silent.sockets[0].getsockname()[1]
        proxy = Proxy(Traffic(HostTable()), EmulatorPorts(1, 1), Outside(port=port))
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listening = await proxy.start(listener)
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            writer.write(b"CONNECT x.test:443 HTTP/1.1\r\n\r\n")
            assert await reader.readexactly(len(ESTABLISHED)) == ESTABLISHED
            proxy.stop()
            assert await reader.read() == b""
            writer.close()
            listening.close()
        silent.close()

    asyncio.run(asyncio.wait_for(run(), 60))


def test_a_side_that_breaks_off_ends_the_other():
    async def break_off(_reader, writer):
        writer.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        writer.close()

    async def run():
        server = await asyncio.start_server(break_off, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with proxying(HostTable(), upstream=Outside(port=port)) as (proxy_port, _, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", proxy_port)
            writer.write(b"CONNECT x.test:443 HTTP/1.1\r\n\r\n")
            assert await reader.read() == ESTABLISHED
            writer.close()
        server.close()

    asyncio.run(asyncio.wait_for(run(), 60))
