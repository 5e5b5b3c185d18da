"""The emulator behind the proxy, reached by Python's own clients with the run's certificates."""

import asyncio
import json
import os
import socket
import ssl
import stat
import urllib.error
import urllib.request
from concurrent.futures import Future

import pytest

from mockpin.emulator.accounts import Accounts
from mockpin.emulator.emulator import Emulator
from mockpin.interception.environment import OpenAccount
from mockpin.interception.hosts import HostTable
from mockpin.interception.session import Interception, serve_all
from mockpin.web.app import build_app

ACCOUNT = OpenAccount("549755885175", "pina_any")


@pytest.fixture(scope="module")
def interception():
    emulator = Emulator(accounts=Accounts(accept_any=True))
    app = build_app(emulator)
    with Interception(app, HostTable(["capi.example.com"]), ACCOUNT, inherited=os.environ) as interception:
        yield interception
    emulator.close()


@pytest.fixture
def get(interception):
    """Get a URL through the proxy; the status and the body."""
    proxies = dict.fromkeys(("http", "https"), interception.environment["https_proxy"])
    context = ssl.create_default_context(cafile=interception.folder.authority)
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler(proxies), urllib.request.HTTPSHandler(context=context)
    )

    def get(url):
        try:
            with opener.open(url, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    return get


@pytest.mark.parametrize("host", ["api.pinterest.com", "capi.example.com", "cdn.segment.com"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_mockpin_answers_for_an_intercepted_host(interception, get, scheme, host):
    before = interception.traffic.answered[host]
    assert get(f"{scheme}://{host}/livez") == (200, b"ok\n")
    assert interception.traffic.answered[host] == before + 1


def test_another_host_of_pinterest_is_refused_before_anything_is_sent(interception, get):
    before = interception.traffic.refused["www.pinterest.com"]
    with pytest.raises(urllib.error.URLError, match="403"):
        get("https://www.pinterest.com/secret")
    status, body = get("http://www.pinterest.com/")
    assert (status, interception.traffic.refused["www.pinterest.com"]) == (403, before + 2)
    assert b"--intercept www.pinterest.com" in body


@pytest.mark.parametrize("host", ["www.pinterest.com", "i.pinimg.com", "pinterest.com"])
def test_a_hook_that_leads_another_host_of_pinterest_to_the_emulator_gets_a_refusal(interception, host):
    table = json.loads((interception.folder.path / "intercept.json").read_text())
    context = ssl.create_default_context(cafile=interception.folder.authority)
    before = interception.traffic.refused[host]
    with (
        socket.create_connection(("127.0.0.1", table["tls_port"]), timeout=20) as connection,
        context.wrap_socket(connection, server_hostname=host) as encrypted,
    ):
        encrypted.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert encrypted.recv(65536).startswith(b"HTTP/1.1 403 Forbidden")
    assert interception.traffic.refused[host] == before + 1


def test_the_folder_is_for_its_owner_alone_and_holds_no_private_key(interception):
    folder = interception.folder.path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"PRIVATE KEY" in path.read_bytes()]
    assert not [path for path in files if b"pina_any" in path.read_bytes()]


def test_nothing_is_left_of_a_run():
    emulator = Emulator()
    with Interception(build_app(emulator), HostTable(), ACCOUNT, inherited={}) as interception:
        port = int(interception.environment["https_proxy"].rpartition(":")[2])
    emulator.close()
    assert not interception.folder.path.exists()
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        pass


class BrokenServer:
    """A server that fails once it has said that it answers."""

    async def serve(self, ready):
        ready()
        await asyncio.sleep(0)
        raise ZeroDivisionError


class QuietProxy:
    async def start(self, _listener):
        return self

    def close(self):
        pass

    stop = close


def test_what_breaks_a_server_later_is_raised():
    ready = Future()
    with pytest.raises(ZeroDivisionError):
        asyncio.run(serve_all([BrokenServer()], QuietProxy(), None, ready))
    assert ready.result() is None


def test_what_breaks_the_proxy_is_what_ready_raises():
    class BrokenProxy(QuietProxy):
        async def start(self, _listener):
            raise OSError

    ready = Future()
    asyncio.run(serve_all([], BrokenProxy(), None, ready))
    assert isinstance(ready.exception(), OSError)
