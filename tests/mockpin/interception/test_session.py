"""The emulator behind the proxy, reached by Python's own clients with the run's certificates."""

import os
import socket
import ssl
import stat
import threading
import urllib.error
import urllib.request
from contextlib import closing

import pytest

from mockpin.emulator.accounts import Accounts
from mockpin.emulator.emulator import Emulator
from mockpin.interception.hosts import HostTable
from mockpin.interception.session import Interception, OpenAccount
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


def ask_proxy(interception, *parts):
    """What the proxy answers to bytes, until it closes."""
    port = int(interception.environment["https_proxy"].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        heard = b""
        while more := connection.recv(65536):
            heard += more
    return heard


@pytest.fixture
def elsewhere():
    """A server on this machine that answers one connection, and its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def answer():
            connection, _ = listener.accept()
            with connection:
                asked = connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(asked), asked))

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        thread.join(20)


@pytest.mark.parametrize("host", ["api.pinterest.com", "capi.example.com", "cdn.segment.com"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_mockpin_answers_for_an_intercepted_host(interception, get, scheme, host):
    before = interception.traffic.answered[host]
    assert get(f"{scheme}://{host}/livez") == (200, b"ok\n")
    assert interception.traffic.answered[host] == before + 1


def test_another_host_of_pinterest_is_refused_before_anything_is_sent(interception, get):
    with pytest.raises(urllib.error.URLError, match="403"):
        get("https://www.pinterest.com/secret")
    status, body = get("http://www.pinterest.com/")
    assert (status, interception.traffic.refused["www.pinterest.com"]) == (403, 2)
    assert b"--intercept www.pinterest.com" in body


def test_a_hook_that_leads_another_host_of_pinterest_to_the_emulator_gets_a_refusal(interception):
    url = interception.environment["MOCKPIN_URL"]
    with (
        pytest.raises(urllib.error.HTTPError) as caught,
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            urllib.request.Request(url, headers={"Host": "i.pinimg.com"})
        ),
    ):
        pass
    with caught.value as refusal:
        assert refusal.code == 403
    assert interception.traffic.refused["i.pinimg.com"] == 1


def test_every_other_host_is_tunnelled_untouched(interception, elsewhere):
    heard = ask_proxy(
        interception, f"CONNECT {elsewhere} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), b"anything at all"
    )
    assert heard.startswith(b"HTTP/1.1 200 Connection established\r\n\r\n")
    assert heard.endswith(b"anything at all")


def test_a_request_for_another_hosts_url_reaches_it_without_what_was_for_the_proxy(interception, elsewhere):
    head = f"GET http://{elsewhere}/a?b=c HTTP/1.1\r\nHost: {elsewhere}\r\n"
    heard = ask_proxy(interception, head.encode(), b"Proxy-Authorization: Basic eA==\r\n\r\n")
    assert b"GET /a?b=c HTTP/1.1\r\n" in heard
    assert b"Connection: close" in heard
    assert b"Proxy-Authorization" not in heard


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"CONNECT nothing:0 HTTP/1.1\r\n\r\n", b"400"),
        (b"GET ftp://x/ HTTP/1.1\r\n\r\n", b"400"),
        (b"GET http://[/ HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n", b"502"),
        (b"GET http://x/ HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", b"400"),
    ],
)
def test_what_the_proxy_cannot_do_has_an_answer(interception, asked, status):
    assert ask_proxy(interception, asked).startswith(b"HTTP/1.1 " + status)


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
