"""The real server over real sockets."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack

import orjson
import pytest

from mockpin.serving.gateway import Gateway
from mockpin.serving.server import (
    TASKS,
    AddressTaken,
    Background,
    Server,
    explain,
    listen,
    other_threads,
    outlast_threads,
)
from tests.mockpin.at_once import run_at_once
from tests.mockpin.sending import PATH, TOKEN, conversion_event
from tests.mockpin.sockets import BODY, HEAD, ask, chunk, connect, start, talk


@pytest.mark.parametrize("framing", [
    b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY),
    b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(map(chunk, (BODY[:50], BODY[50:], b""))),
], ids=["whole", "chunked"])  # fmt: skip
def test_a_body_arrives_whole_or_in_chunks(running, framing):
    heard = talk(running[1], HEAD + framing, until=b"}]}")
    assert heard.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b'"num_events_processed":1' in heard


def test_a_sender_that_waits_is_told_to_continue(running):
    with connect(running[1]) as connection:
        connection.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY))
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
        connection.sendall(BODY)
        assert b"200 OK" in connection.recv(1000)


def test_a_connection_serves_more_than_one_request(running):
    request = HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
    with connect(running[1]) as connection:
        for _ in range(3):
            connection.sendall(request)
            assert b"200 OK" in connection.recv(4000)
    assert running[0].store.last_seq == 3


@pytest.mark.parametrize("path", ["/livez", PATH])
def test_a_reason_phrase_is_in_title_case(running, path):
    assert ask(running[1], "POST", path).reason in ("Method Not Allowed", "Unauthorized")


@pytest.mark.parametrize(("sent", "status"), [
    (b"nonsense\r\n\r\n", b"400"), (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 500 + b"\r\n", b"431"),
    (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 900_000 + b"\r\n\r\n", b"431"),
])  # fmt: skip
def test_nonsense_and_a_flood_of_headers_are_refused(running, sent, status):
    heard = talk(running[1], sent, until=b"\r\n\r\n")
    assert heard.split(b" ")[1:2] == [status]
    assert ask(running[1]).status == 200


@pytest.mark.parametrize(
    "target",
    [
        b"/../../etc/passwd",
        b"/v5/%2e%2e/%00",
        b"//evil.test/",
        b"/\xff\xfe",
        b"http://evil.test/x",
        b"/%zz",
        b"*",
    ],
)
def test_a_tricky_path_leads_nowhere(running, target):
    heard = talk(running[1], b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert heard[9:12] in (b"404", b"400", b"302")


def test_a_stop_gives_up_what_is_under_way():
    emulator, background = start()
    with background as server:
        stream, half = connect(server), connect(server)
        stream.sendall(b"GET /__mockpin/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200 OK" in stream.recv(1000)
        half.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
    emulator.close()
    with pytest.raises(ConnectionError):
        connect(server)
    stream.close()
    half.close()


def test_nobody_is_let_in_after_a_stop_that_waited_for_nothing():
    for _ in range(20):
        server = Server(Gateway(lambda *_: [], limit=1000), listen("127.0.0.1", 0), grace=0)
        with Background(server):
            pass
        with pytest.raises(ConnectionRefusedError):
            connect(server)


def test_a_stop_before_the_start_or_after_the_end_does_nothing():
    server = Server(Gateway(lambda *_: [], limit=1000), listen("127.0.0.1", 0), grace=0)
    server.stop()
    with Background(server):
        pass
    server.stop()


def test_a_taken_port_is_refused():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            AddressTaken, match=f"Cannot listen on 127.0.0.1:{port}: Address already in use. Choose"
        ):
            listen("127.0.0.1", port)


def test_port_0_is_a_free_one_and_the_url_says_which(running):
    assert running[1].url == f"http://127.0.0.1:{running[1].port}"
    assert running[1].port > 0


def test_a_server_can_be_started_and_stopped_again_and_again():
    for _ in range(5):
        emulator, background = start()
        with background as server:
            assert ask(server).status == 200
        emulator.close()


def test_many_connections_at_once_lose_nothing(running):
    emulator, server = running
    statuses = []

    def send(index):
        body = orjson.dumps({"data": [conversion_event(event_id=f"o-{index}")]})
        statuses.append(ask(server, "POST", PATH, body, {"Authorization": f"Bearer {TOKEN}"}).status)

    run_at_once(send, 32)
    assert (statuses.count(200), len(emulator.store)) == (32, 32)


def test_hundreds_of_idle_connections_keep_nobody_out(running):
    with ExitStack() as idle:
        for _ in range(300):
            idle.enter_context(connect(running[1]))
        assert ask(running[1]).status == 200


def test_a_stop_with_many_streams_says_nothing(caplog):
    emulator, background = start()
    with ExitStack() as streams:
        with background as server:
            for _ in range(20):
                stream = streams.enter_context(connect(server))
                stream.sendall(b"GET /__mockpin/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                assert b"200 OK" in stream.recv(1000)
        emulator.close()
    assert caplog.messages == []


def test_what_keeps_a_server_from_serving_is_raised_to_whoever_waits_for_it():
    listener = listen("127.0.0.1", 0)
    background = Background(Server(Gateway(lambda *_: [], limit=1000), listener))
    listener.close()
    with pytest.raises(OSError, match="Bad file descriptor"), background:
        pass


def test_a_process_without_threads_but_its_own_waits_for_none_at_its_end():
    script = (
        "import time; from mockpin.serving.server import outlast_threads\n"
        "outlast_threads(frozenset(), time.monotonic() + 3600)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.skipif(not TASKS.is_dir(), reason="this system does not show its threads")
def test_a_server_s_own_threads_are_waited_for():
    known = other_threads()
    with Background(Server(Gateway(lambda *_: [], limit=1000), listen("127.0.0.1", 0))) as server:
        assert ask(server, path="/livez").status == 500
        assert other_threads() - known
    outlast_threads(known, time.monotonic() + 60)
    assert other_threads() <= known


@pytest.mark.parametrize("without", ["", "sys.modules['uvloop'] = None"], ids=["uvloop", "asyncio"])
def test_a_process_ends_well_right_after_its_server_on_either_loop(without):
    script = f"import sys; {without}\nimport httpx, mockpin\nwith mockpin.MockPin() as it: httpx.get(it.url)"
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (process.returncode, process.stderr) == (0, "")


@pytest.mark.parametrize(("error", "said"), [
    (OSError(98, "in use, ('127.0.0.1', 1)"), os.strerror(98)),
    (OSError(-2, "Name or service not known"), "no such host is known"),
    (OSError("without a number"), "no such host is known"),
])  # fmt: skip
def test_why_a_server_cannot_listen_is_told_without_its_address(error, said):
    assert explain(error) == said


@pytest.mark.parametrize(("is_ours", "advice"), [(True, "--port"), (False, "--host of this machine")])
def test_an_address_that_is_taken_needs_another_port_and_a_foreign_one_another_host(is_ours, advice):
    assert advice in str(AddressTaken("192.0.2.1", 7466, "no", is_ours))
    assert str(AddressTaken("192.0.2.1", 7466, "no")) == str(AddressTaken("192.0.2.1", 7466, "no", True))
