from types import SimpleNamespace

import pytest

from mockpin.emulator.pipeline.answers import Answer
from mockpin.serving.wsgi import GatheredBody, Started, begin_answer, make_environ, read_whole


def test_what_is_promised_stands_apart_from_the_headers():
    started = Started()
    started("422 Unprocessable Entity", [("Content-Length", "7"), ("X-A", "b")])
    started.hold(0.5)
    started.hold(0.25)
    assert started == Started(422, [("X-A", "b")], promised=7, held_back=0.75)


def test_an_answer_has_all_that_was_said_before_its_body():
    started = Started(422, [("X-A", "b")], promised=7, held_back=0.75)
    assert started.complete(b"{}") == Answer(422, b"{}", (("X-A", "b"),), delay=0.75, promised=7)


def test_an_answer_is_closed_once_it_is_read():
    closed = []

    class Chunks(list):
        def close(self):
            closed.append(True)

    assert read_whole(Chunks([b"a", b"b"])) == b"ab"
    assert read_whole([b"c"]) == b"c"
    assert closed == [True]


def test_an_answer_is_read_at_once_unless_it_is_a_stream():
    stream = iter([b"a"])

    def application(length, started):
        started("200 OK", [("Content-Length", "2")] if length else [])
        return [b"c", b"d"] if length else stream

    assert tuple(begin_answer(application, 2, Started())) == (b"cd",)
    assert begin_answer(application, None, Started()) is stream


def test_a_body_that_was_not_read_is_not_whole():
    assert GatheredBody(b"{}", 2).is_whole
    assert not GatheredBody(b"", 99).is_whole


def make_scope(headers=(), client="127.0.0.1:5"):
    return SimpleNamespace(
        method="POST", path="/é", query_string="a=b", server="127.0.0.1:80", client=client,
        http_version="1.1", scheme="http",
        headers=SimpleNamespace(items=lambda: headers, get=dict(headers).get),
    )  # fmt: skip


@pytest.mark.parametrize(("client", "address"), [("127.0.0.1:5", "127.0.0.1"), ("[::1]:5", "::1")])
def test_who_asks_is_known_by_an_address_of_either_kind(client, address):
    assert make_environ(make_scope(client=client), GatheredBody(b"", 0))["REMOTE_ADDR"] == address


def test_headers_that_come_twice_are_one_and_those_of_the_framing_are_ours():
    headers = [("x-a", "1"), ("x-a", "2"), ("content-type", "text/plain"), ("transfer-encoding", "chunked")]
    environ = make_environ(make_scope(headers), GatheredBody(b"{}", 2))
    assert (environ["HTTP_X_A"], environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == (
        "1,2",
        "text/plain",
        "2",
    )
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é"
    assert environ["wsgi.input"].read() == b"{}"
    assert "HTTP_TRANSFER_ENCODING" not in environ
