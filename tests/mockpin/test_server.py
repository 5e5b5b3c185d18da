"""The real server over real sockets."""

import http.client
import re
import select
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from threading import Event, Thread, current_thread

import orjson
import pytest

from mockpin.core.emulator import Emulator
from mockpin.core.faults import parse_rule
from mockpin.core.settings import read_settings
from mockpin.server import AddressTaken, Background, Server, listen
from mockpin.web.app import build_app
from mockpin.web.gateway import Gateway, make_gateway
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH, TOKEN, conversion_event

BODY = orjson.dumps({"data": [conversion_event()]})
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n".encode()


def chunk(part):
    return b"%x\r\n%s\r\n" % (len(part), part)


WAITERS = 4


def start(*, waiters=20, **texts):
    emulator = Emulator(read_settings(texts), clock=lambda: conversion_event()["event_time"])
    emulator.accounts.add(AD_ACCOUNT_ID, TOKEN)
    gateway = make_gateway(build_app(emulator), waiters=waiters)
    return emulator, Background(Server(gateway, listen("127.0.0.1", 0)))


@pytest.fixture
def running():
    emulator, background = start(waiters=WAITERS, body_limit="100KB")
    with background as server:
        yield emulator, server
    emulator.close()


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def talk(server, *parts, until=b""):
    """What comes back until the connection ends, or until it says so."""
    with connect(server) as connection:
        heard = b""
        for part in parts:
            connection.sendall(part)
        while not until or until not in heard:
            try:
                more = connection.recv(65536)
            except ConnectionResetError:
                break
            if not more:
                break
            heard += more
        return heard


def ask(server, method="GET", path="/livez", body=None, headers=None):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as client:
        client.request(method, path, body, headers or {})
        answer = client.getresponse()
        with closing(answer):
            answer.read()
        return answer


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


def test_an_answer_tells_connections_apart(running):
    request = HEAD + b"Content-Length: 2\r\n\r\n{}"
    heard = talk(running[1], request + request.replace(b"Host", b"Connection: close\r\nHost"))
    heard += talk(running[1], request, until=b"}")
    first, second, third = re.findall(rb"x-mockpin-connection: (\d+)", heard)
    assert first == second != third


def test_without_keep_alive_each_answer_ends_its_connection():
    emulator, background = start(keep_alive="off")
    with background as server:
        heard = talk(server, HEAD + b"Content-Length: 2\r\n\r\n{}")
    emulator.close()
    assert b"\r\nconnection: close" in heard.lower()
    assert b"x-mockpin-connection" not in heard.lower()


@pytest.mark.parametrize("path", ["/livez", PATH])
def test_a_reason_phrase_is_in_title_case(running, path):
    assert ask(running[1], "POST", path).reason in ("Method Not Allowed", "Unauthorized")


def test_a_body_that_says_it_is_too_large_is_not_waited_for(running):
    heard = talk(running[1], HEAD + b"Content-Length: 99999999999\r\n\r\n", until=b"}")
    assert b"413 Payload Too Large" in heard
    assert b"larger than 100000 bytes" in heard


def test_who_may_not_send_is_told_so_before_a_body_is_too_large(running):
    head = HEAD.replace(TOKEN.encode(), b"pina_wrong") + b"Content-Length: 99999999999\r\n\r\n"
    assert b"401 Unauthorized" in talk(running[1], head, until=b"}")


def test_a_body_that_grows_too_large_is_cut_off(running):
    part = chunk(b" " * 0x4000)
    heard = talk(running[1], HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + part * 8, until=b"}")
    assert b"413 Payload Too Large" in heard


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


def test_half_sent_bodies_and_open_streams_hold_up_nobody(running):
    emulator, server = running
    halves = [connect(server) for _ in range(50)]
    for each in halves:
        each.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
    streams = [connect(server) for _ in range(3)]
    for each in streams:
        each.sendall(b"GET /__mockpin/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200 OK" in each.recv(1000)
    assert ask(server).status == 200
    answer = ask(server, "POST", PATH, BODY, {"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status, emulator.store.last_seq) == (200, 1)
    for each in (*halves, *streams):
        each.close()


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


def test_a_dropped_answer_is_a_connection_that_ends(running):
    emulator, server = running
    emulator.faults.add(parse_rule({"fault": {"drop": True}, "times": 1}))
    assert talk(server, HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)) == b""
    assert ask(server, "POST", PATH, BODY, {"Authorization": f"Bearer {TOKEN}"}).status == 200


def test_a_held_back_answer_holds_up_nobody_else(running):
    emulator, server = running
    emulator.faults.add(parse_rule({"fault": {"delay_ms": 60_000}, "times": 1}))
    slow = connect(server)
    slow.sendall(HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY))
    while not emulator.wait(after=0, timeout=5):
        pass
    assert ask(server, "POST", PATH, BODY, {"Authorization": f"Bearer {TOKEN}"}).status == 200
    slow.close()


def test_a_taken_port_is_refused():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            AddressTaken, match=f"cannot listen on 127.0.0.1:{port}: Address already in use. Choose"
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
    begin, statuses = Event(), []

    def send(index):
        body = orjson.dumps({"data": [conversion_event(event_id=f"o-{index}")]})
        begin.wait()
        statuses.append(ask(server, "POST", PATH, body, {"Authorization": f"Bearer {TOKEN}"}).status)

    threads = [Thread(target=send, args=(index,)) for index in range(32)]
    for thread in threads:
        thread.start()
    begin.set()
    for thread in threads:
        thread.join()
    assert (statuses.count(200), len(emulator.store)) == (32, 32)


def test_hundreds_of_idle_connections_keep_nobody_out(running):
    with ExitStack() as idle:
        for _ in range(300):
            idle.enter_context(connect(running[1]))
        assert ask(running[1]).status == 200


@pytest.mark.parametrize("path", ["/__mockpin/expect", "//__mockpin/expect", "/__mockpin/expect/"])
def test_whoever_waits_holds_up_nobody_and_one_too_many_is_told_so(running, path):
    body = b'{"match":{"event_id":"never"},"timeout_ms":60000}'
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with ExitStack() as waiting:
        sent = [waiting.enter_context(connect(running[1])) for _ in range(WAITERS + 1)]
        for each in sent:
            each.sendall(head + body)
        (answered, *_), _, _ = select.select(sent, [], [], 20)
        heard = answered.recv(4000)
        assert heard.startswith(b"HTTP/1.1 503 Service Unavailable")
        assert b"Too many requests wait here already" in heard
        assert ask(running[1], path="/__mockpin/health").status == 200
        assert ask(running[1], path="/__mockpin/events").status == 200


def test_whoever_has_gone_keeps_nobody_from_waiting(running):
    def expect():
        return ask(running[1], "POST", "/__mockpin/expect", b"{}").status

    body = b'{"match":{"event_id":"never"},"timeout_ms":600000}'
    head = b"POST /__mockpin/expect HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    with ExitStack() as waiting:
        for _ in range(WAITERS):
            waiting.enter_context(connect(running[1])).sendall(head + body)
        while expect() == 200:
            pass
    while (status := expect()) == 503:
        pass
    assert status == 200


def test_what_breaks_is_answered_in_the_apis_shape_and_logged_without_values(running, caplog):
    emulator, server = running

    def break_off(_ad_account_id):
        message = "pina_secret"
        raise ZeroDivisionError(message)

    emulator.faults.on_request = break_off
    heard = talk(server, HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY), until=b"}")
    assert heard.startswith(b"HTTP/1.1 500 Internal Server Error")
    assert b'"message":"Something went wrong on our end.' in heard
    (line,) = caplog.messages
    assert line.startswith("mockpin broke down: ZeroDivisionError at ")
    assert "pina_secret" not in caplog.text


def test_a_reader_that_does_not_keep_up_is_given_up():
    def stream(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        while True:
            yield b": alive\n\n" * 1000

    gateway = Gateway(stream, limit=1000, patience=0)
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        talk(server, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")


def test_an_answer_without_a_body_has_closed_its_file_before_it_is_sent():
    closed_by = []

    class Unchanged(list):
        def close(self):
            closed_by.append(current_thread().name)

    def application(_environ, start_response):
        start_response("304 NOT MODIFIED", [("ETag", "x")])
        return Unchanged()

    with Background(Server(Gateway(application, limit=1000), listen("127.0.0.1", 0))) as server:
        answer = ask(server)
    assert (answer.status, closed_by) == (304, ["mockpin-server"])


@pytest.mark.parametrize("path", ["/__mockpin/ui/static/pages.css", "/__mockpin/expect"])
def test_an_answer_that_nobody_waits_for_any_more_has_its_file_closed(path):
    began, stopped, closed = Event(), Event(), Event()

    class File(list):
        def close(self):
            closed.set()

    def application(_environ, start_response):
        began.set()
        stopped.wait(20)
        start_response("200 OK", [("Content-Length", "1")])
        return File([b"x"])

    background = Background(Server(Gateway(application, limit=1000), listen("127.0.0.1", 0)))
    with background as server, connect(server) as asking:
        asking.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert began.wait(20)
    stopped.set()
    assert closed.wait(20)


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


@pytest.mark.parametrize("path", ["/__mockpin/ui", "/__mockpin/stream", "/livez"])
def test_whoever_comes_while_a_server_stops_is_told_so(caplog, path):
    gateway = Gateway(lambda *_: [], limit=1000)
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        gateway.stop()
        assert ask(server, path=path).status == 503
    assert caplog.messages == []


def test_what_keeps_a_server_from_serving_is_raised_to_whoever_waits_for_it():
    listener = listen("127.0.0.1", 0)
    background = Background(Server(Gateway(lambda *_: [], limit=1000), listener))
    listener.close()
    with pytest.raises(OSError, match="Bad file descriptor"), background:
        pass


def test_a_process_without_threads_but_its_own_waits_for_none_at_its_end():
    script = (
        "import time; from mockpin.server import outlast_threads; outlast_threads(time.monotonic() + 3600)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_a_process_ends_well_right_after_its_server():
    script = "import httpx, mockpin\nwith mockpin.MockPin() as mock: httpx.get(mock.url)"
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (process.returncode, process.stderr) == (0, "")
