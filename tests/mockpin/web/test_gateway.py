"""Which thread a request is served by, and what of it reaches the application, over real sockets."""

import http.client
from contextlib import closing
from threading import current_thread
from types import SimpleNamespace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.core.replies import Answer
from mockpin.server import Background, Server, listen
from mockpin.web.gateway import Gateway, find_path

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


def ask(method="GET", path="/", body=None, *, application=tell, **how):
    """Status, connection header and body of one answer."""
    gateway = Gateway(application, limit=LIMIT, **how)
    with (
        Background(Server(gateway, listen("127.0.0.1", 0))) as server,
        closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as client,
    ):
        client.request(method, path, body)
        answer = client.getresponse()
        return answer.status, answer.headers.get("connection"), answer.read()


def told(*request, **how):
    return orjson.loads(ask(*request, **how)[2])


@pytest.mark.parametrize(
    ("path", "thread"),
    [
        ("/__mockpin/health", "mockpin-server"),
        ("/v3/", "mockpin-server"),
        ("/v1/track", "mockpin-server"),
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


def test_conversion_events_need_no_application():
    status, _, body = ask("POST", "/v5/ad_accounts/7/events", b"{}", direct=answer_directly)
    assert (status, orjson.loads(body)) == (202, {"ad_account_id": "7"})


@pytest.mark.parametrize(("method", "path"), [("GET", "/v5/ad_accounts/7/events"), ("POST", "/v1/track")])
def test_all_else_goes_to_the_application(method, path):
    assert told(method, path, direct=answer_directly)["path"] == path


@pytest.mark.parametrize(("keep_alive", "connection"), [(True, None), (False, "close")])
def test_a_connection_is_kept_unless_the_settings_say_no(keep_alive, connection):
    assert ask(keep_alive=keep_alive)[:2] == (200, connection)


@pytest.mark.parametrize("path", ["/v3/", "/__mockpin/events", "/__mockpin/expect"])
def test_what_breaks_on_any_thread_is_answered_and_told_once(path, caplog):
    def break_off(_environ, _start_response):
        raise ZeroDivisionError

    assert ask("GET", path, application=break_off)[0] == 500
    assert [each.partition(" at ")[0] for each in caplog.messages] == [
        "mockpin broke down: ZeroDivisionError"
    ]


@given(st.text("/ab."))
def test_slashes_around_a_path_make_no_difference(path):
    plain = find_path(SimpleNamespace(path=path))
    assert plain.startswith("/")
    assert plain == find_path(SimpleNamespace(path=f"//{path}/"))
    assert plain.strip("/") == path.strip("/")
