"""How the proxy of a run reaches the outside."""

import asyncio
from base64 import b64encode

import pytest

from mockpin.interception.upstream import Upstream, find_upstream

LOGIN = b64encode(b"me:p w").decode()


@pytest.mark.parametrize(
    ("environment", "upstream"),
    [
        ({}, Upstream()),
        ({"https_proxy": "http://p.test:3128"}, Upstream("p.test", 3128)),
        ({"HTTPS_PROXY": "p.test"}, Upstream("p.test", 80)),
        ({"all_proxy": "http://p.test"}, Upstream("p.test", 80)),
        ({"ALL_PROXY": "http://p.test"}, Upstream("p.test", 80)),
        ({"https_proxy": "http://a.test", "ALL_PROXY": "http://b.test"}, Upstream("a.test", 80)),
        ({"https_proxy": "", "HTTPS_PROXY": "http://b.test"}, Upstream("b.test", 80)),
        ({"https_proxy": "http://me:p%20w@p.test"}, Upstream("p.test", 80, LOGIN)),
        ({"https_proxy": "socks5://p.test"}, Upstream()),
        ({"https_proxy": "http://p.test", "no_proxy": "a"}, Upstream("p.test", 80, bypass="a")),
        ({"https_proxy": "http://p.test", "NO_PROXY": "b"}, Upstream("p.test", 80, bypass="b")),
    ],
)
def test_the_environment_names_a_proxy_that_speaks_plain_http(environment, upstream):
    assert find_upstream(environment) == upstream


def test_the_password_of_a_proxy_is_not_shown():
    assert LOGIN not in repr(Upstream("p.test", 80, LOGIN))


def connect(answer, target="x.test", port=443, **members):
    """What a proxy that gives this answer hears, and what the connection then carries."""

    async def run():
        heard = []

        async def serve(reader, writer):
            heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(answer)
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            here = server.sockets[0].getsockname()[1]
            upstream = Upstream("127.0.0.1", here, **members)
            reader, writer = await upstream.connect(target, port or here, tls=False)
            if port == 0:
                writer.write(b"direct\r\n\r\n")
            carried = await reader.read()
            writer.close()
            return heard[0], carried

    return asyncio.run(run())


def test_a_proxy_is_asked_for_a_tunnel():
    heard, carried = connect(b"HTTP/1.1 200 OK\r\n\r\nhello", credentials=LOGIN)
    assert heard == (
        b"CONNECT x.test:443 HTTP/1.1\r\nHost: x.test:443\r\n"
        b"Proxy-Authorization: Basic " + LOGIN.encode() + b"\r\n\r\n"
    )
    assert carried == b"hello"


def test_an_address_of_ip_6_stands_in_brackets():
    heard, _ = connect(b"HTTP/1.1 200 OK\r\n\r\n", target="::2")
    assert heard == b"CONNECT [::2]:443 HTTP/1.1\r\nHost: [::2]:443\r\n\r\n"


@pytest.mark.parametrize("answer", [b"HTTP/1.1 407 No\r\n\r\n", b"HTTP/1.1\r\n\r\n"])
def test_a_proxy_that_does_not_answer_200_refuses_the_connection(answer):
    with pytest.raises(ConnectionRefusedError, match="the proxy of the environment refuses it"):
        connect(answer)


def test_a_host_that_bypasses_the_proxy_is_connected_to_directly():
    heard, carried = connect(b"hello", target="127.0.0.1", port=0, bypass="127.0.0.1")
    assert (heard, carried) == (b"direct\r\n\r\n", b"hello")
