"""Which thread a request is served by, and what of it reaches the application, over real sockets."""

import http.client
import re
import select
import socket
from contextlib import ExitStack, closing
from threading import Event, current_thread
from types import SimpleNamespace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.faults import parse_rule
from mockpin.serving.gateway import Gateway, find_path
from mockpin.serving.server import Background, Server, listen
from tests.mockpin.sending import PATH, TOKEN
from tests.mockpin.sockets import BODY, HEAD, WAITERS, ask, chunk, connect, start, talk

LIMIT = 1_000


def tell(environ, start_response):
    """An application that answers what it was asked, and on which thread."""
    body = environ["wsgi.input"].read()
    told = orjson.dumps({
        "thread": current_thread().name.partition("_")[0],
        "path": environ["PATH_INFO"],
        "length": environ["CONTENT_LENGTH"],
        "read": len(body),
    })  # fmt: skip
    start_response("200 OK", [("Content-Length", str(len(told)))])
    return [told]


async def answer_directly(delivery):
    return Answer(202, orjson.dumps({"ad_account_id": delivery.ad_account_id}))


def serve_one(method="GET", path="/", body=None, *, application=tell, **how):
    """Status, connection header and body of one answer."""
    gateway = Gateway(application, limit=LIMIT, **how)
    with (
        Background(Server(gateway, listen("127.0.0.1", 0))) as server,
        closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as client,
    ):
        client.request(method, path, body)
        answer = client.getresponse()
        return answer.status, answer.headers.get("connection"), answer.read()


def told(*request, **how):
    return orjson.loads(serve_one(*request, **how)[2])


@pytest.mark.parametrize(
    ("path", "thread"),
    [
        ("/__mockpin/health", "mockpin-server"),
        ("/v3/", "mockpin-server"),
        ("/v1/track", "mockpin-worker"),
        ("/__mockpin/events", "mockpin-slow"),
        ("/v5/ad_accounts/1/conversion_eqs", "mockpin-slow"),
        ("/__mockpin/expect", "mockpin-patient"),
        ("/__mockpin/stream", "mockpin-patient"),
        ("//__mockpin/stream/", "mockpin-patient"),
        ("/__mockpin/stream/more", "mockpin-slow"),
    ],
)
def test_what_takes_its_time_has_threads_and_all_else_is_done_on_the_loop(path, thread):
    assert told("GET", path)["thread"] == thread


@pytest.mark.parametrize(
    ("body", "length", "read"),
    [
        (None, "0", 0),
        (b"x" * LIMIT, "1000", LIMIT),
        (b"x" * (LIMIT + 1), "1001", 0),
        (iter([b"x" * 600, b"x" * 400]), "1000", LIMIT),
    ],
    ids=["none", "as large as may be", "too large", "in chunks"],
)
def test_a_body_is_read_up_to_the_limit_and_not_at_all_beyond(body, length, read):
    answer = told("POST", "/v3/", body)
    assert (answer["length"], answer["read"]) == (length, read)


#: More than the buffers between the two ends take of a body that nobody reads.
HUGE = 30_000_000


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", ["/v3/", "/__mockpin/events", "/v5/ad_accounts/7/events"])
def test_a_sender_that_first_sends_all_of_a_body_too_large_reads_its_answer(path, chunked):
    part = b"x" * 100_000
    body = (part for _ in range(HUGE // len(part))) if chunked else part * (HUGE // len(part))
    assert serve_one("POST", path, body, direct=answer_directly)[0] in (200, 202)


def begin(server, *headers):
    """A connection on which a body that is too large is promised, and the answer to that, if there is one."""
    client = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    head = ["POST /v3/ HTTP/1.1", "Host: x", f"Content-Length: {HUGE}", *headers, "", ""]
    client.sendall("\r\n".join(head).encode())
    return client, client.recv(1000)


def test_a_sender_that_sends_on_and_on_is_answered_at_once_and_given_up_in_the_end():
    gateway = Gateway(tell, limit=LIMIT, patience=0.05)
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        client, answer = begin(server)
        with client:
            assert answer.startswith(b"HTTP/1.1 200")
            assert client.recv(1) == b""


def test_a_sender_that_waits_to_be_told_to_go_on_is_not_told():
    gateway = Gateway(tell, limit=LIMIT)
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        client, answer = begin(server, "Expect: 100-continue")
        with client:
            assert answer.startswith(b"HTTP/1.1 200")
            assert client.recv(1) == b""


def test_a_sender_that_leaves_in_the_middle_is_not_a_breakdown(caplog):
    gateway = Gateway(tell, limit=LIMIT)
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        begin(server)[0].close()
        assert ask(server).status == 200
    assert caplog.messages == []


def test_conversion_events_need_no_application():
    status, _, body = serve_one("POST", "/v5/ad_accounts/7/events", b"{}", direct=answer_directly)
    assert (status, orjson.loads(body)) == (202, {"ad_account_id": "7"})


@pytest.mark.parametrize(("method", "path"), [("GET", "/v5/ad_accounts/7/events"), ("POST", "/v1/track")])
def test_all_else_goes_to_the_application(method, path):
    assert told(method, path, direct=answer_directly)["path"] == path


@pytest.mark.parametrize(("keep_alive", "connection"), [(True, None), (False, "close")])
def test_a_connection_is_kept_unless_the_settings_say_no(keep_alive, connection):
    assert serve_one(keep_alive=keep_alive)[:2] == (200, connection)


@pytest.mark.parametrize("path", ["/v3/", "/__mockpin/events", "/__mockpin/expect"])
def test_what_breaks_on_any_thread_is_answered_and_told_once(path, caplog):
    def break_off(_environ, _start_response):
        raise ZeroDivisionError

    assert serve_one("GET", path, application=break_off)[0] == 500
    assert [message.partition(" at ")[0] for message in caplog.messages] == [
        "mockpin broke down: ZeroDivisionError"
    ]


@given(st.text("/ab."))
def test_slashes_around_a_path_make_no_difference(path):
    plain = find_path(SimpleNamespace(path=path))
    assert plain.startswith("/")
    assert plain == find_path(SimpleNamespace(path=f"//{path}/"))
    assert plain.strip("/") == path.strip("/")


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


def test_a_request_that_was_under_way_when_another_was_answered_says_so(running):
    _, server = running
    length = b"Content-Length: %d\r\n\r\n" % len(BODY)
    with connect(server) as early:
        early.sendall(HEAD + length + BODY[:9])
        assert ask(server, "GET", "/livez").status == 200
        talk(server, HEAD + length + BODY, until=b"}]}")
        early.sendall(BODY[9:])
        assert b"x-mockpin-began-after: 0\r\n" in early.recv(10_000).lower()
    assert b"began-after" not in talk(server, HEAD + length + BODY, until=b"}]}").lower()


def test_half_sent_bodies_and_open_streams_hold_up_nobody(running):
    emulator, server = running
    halves = [connect(server) for _ in range(50)]
    for half in halves:
        half.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
    streams = [connect(server) for _ in range(3)]
    for sock in streams:
        sock.sendall(b"GET /__mockpin/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200 OK" in sock.recv(1000)
    assert ask(server).status == 200
    answer = ask(server, "POST", PATH, BODY, {"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status, emulator.store.last_seq) == (200, 1)
    for sock in (*halves, *streams):
        sock.close()


@pytest.mark.parametrize("fault", [{"drop": True}, {"truncate": 0}])
def test_a_dropped_answer_is_a_connection_that_ends(running, fault):
    emulator, server = running
    emulator.faults.add(parse_rule({"fault": fault, "times": 1}))
    assert talk(server, HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)) == b""
    assert ask(server, "POST", PATH, BODY, {"Authorization": f"Bearer {TOKEN}"}).status == 200


def test_answers_that_are_cut_off_have_promised_their_whole_length_and_arrive_in_part(running):
    emulator, server = running
    emulator.faults.add(parse_rule({"fault": {"truncate": 5}}))
    for _ in range(20):
        heard = talk(server, HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY))
        head, _, body = heard.partition(b"\r\n\r\n")
        assert len(body) == 5 < int(re.search(rb"content-length: (\d+)", head.lower())[1])


def test_a_held_back_answer_holds_up_nobody_else(running):
    emulator, server = running
    emulator.faults.add(parse_rule({"fault": {"delay_ms": 60_000}, "times": 1}))
    slow = connect(server)
    slow.sendall(HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY))
    while not emulator.notifications.wait(after=0, timeout=5):
        pass
    assert ask(server, "POST", PATH, BODY, {"Authorization": f"Bearer {TOKEN}"}).status == 200
    slow.close()


@pytest.mark.parametrize("path", ["/__mockpin/expect", "//__mockpin/expect", "/__mockpin/expect/"])
def test_whoever_waits_holds_up_nobody_and_one_too_many_is_told_so(running, path):
    body = b'{"match":{"event_id":"never"},"timeout_ms":60000}'
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with ExitStack() as waiting:
        sent = [waiting.enter_context(connect(running[1])) for _ in range(WAITERS + 1)]
        for sock in sent:
            sock.sendall(head + body)
        (answered, *_), _, _ = select.select(sent, [], [], 60)
        heard = answered.recv(4000)
        assert heard.startswith(b"HTTP/1.1 503 Service Unavailable")
        assert b"Too many requests wait here already" in heard
        assert b"x-mockpin-version: " in heard.lower()
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

    def break_off(*_):
        message = "pina_secret"
        raise ZeroDivisionError(message)

    emulator.accounts.permits = break_off
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


def test_a_stream_is_closed_at_its_end():
    closed = Event()

    class Stream(list):
        def close(self):
            closed.set()

    def application(_environ, start_response):
        start_response("200 OK", [])
        return Stream([b"x"])

    with Background(Server(Gateway(application, limit=1000), listen("127.0.0.1", 0))) as server:
        assert ask(server).status == 200
        assert closed.wait(60)


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
        stopped.wait(60)
        start_response("200 OK", [("Content-Length", "1")])
        return File([b"x"])

    background = Background(Server(Gateway(application, limit=1000), listen("127.0.0.1", 0)))
    with background as server, connect(server) as asking:
        asking.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert began.wait(60)
    stopped.set()
    assert closed.wait(60)


def hold_back(emulator, asking):
    emulator.faults.add(parse_rule({"fault": {"delay_ms": 60_000}}))
    asking.sendall(HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY))
    while not emulator.notifications.wait(after=0, timeout=5):
        pass


def wait_for_an_event(emulator, asking):
    body = b'{"match":{"event_id":"never"},"timeout_ms":600000}'
    head = b"POST /__mockpin/expect HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    asking.sendall(head + body)
    while not emulator.notifications.is_watched:
        pass


@pytest.mark.parametrize("begin", [hold_back, wait_for_an_event])
def test_whoever_still_waits_when_a_server_stops_is_told_so(begin):
    emulator, background = start()
    with background as server:
        asking = connect(server)
        begin(emulator, asking)
    with asking, asking.makefile("rb") as heard:
        head, _, body = heard.read().partition(b"\r\n\r\n")
    emulator.close()
    assert head.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert b"connection: close" in head.lower()
    assert orjson.loads(body)["detail"] == "The server is stopping."


@pytest.mark.parametrize("path", ["/__mockpin/ui", "/__mockpin/stream", "/livez"])
def test_whoever_comes_while_a_server_stops_is_told_so(caplog, path):
    gateway = Gateway(lambda *_: [], limit=1000)
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        gateway.stop()
        assert ask(server, path=path).status == 503
    assert caplog.messages == []
