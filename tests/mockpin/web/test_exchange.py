"""A request as the emulator reads it from Flask, and its answers as Flask sends them."""

import pytest
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge

from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import Answer
from mockpin.web.app import create_app
from mockpin.web.exchange import (
    SLEEP_KEY,
    STATUS_LINES,
    LenientRequest,
    read_request,
    receive_request,
    respond,
)

APP = Flask("mockpin.web")
APP.config["MAX_CONTENT_LENGTH"] = 10


def asked(**how):
    return APP.test_request_context(**how)


def test_header_names_are_in_lower_case_and_their_values_as_they_came():
    with asked(headers={"AUTHORIZATION": "Bearer pina_AbC", "X-Custom": "Yes"}):
        request = read_request()
    assert request.token == "pina_AbC"
    assert request.headers["x-custom"] == "Yes"


def test_the_query_is_left_as_it_was_written():
    with asked(path="/v5/x", query_string="test=%74rue&a=1&a=2+3"):
        assert read_request().query == "test=%74rue&a=1&a=2+3"


def test_a_body_is_the_bytes_that_came_or_those_that_are_given():
    with asked(method="POST", data=b"\xff{}", content_type="application/json"):
        assert read_request().body == b"\xff{}"
        assert read_request(body=b"other").body == b"other"


def test_a_body_that_is_too_large_is_not_read():
    with asked(method="POST", data=b"x" * 11), pytest.raises(RequestEntityTooLarge):
        read_request()
    with asked(method="POST", path="/x", data=b"x" * 11):
        request = receive_request()
    assert (request.path, request.body, request.oversized) == ("/x", b"", True)


def test_every_status_that_the_emulator_answers_has_a_line():
    assert {*answers.BY_STATUS, 200, 413} <= STATUS_LINES.keys()


@pytest.mark.parametrize("line", STATUS_LINES.values())
def test_a_reason_phrase_begins_with_a_capital_and_is_not_all_capitals(line):
    words = line.split()[1:]
    assert words[0][0].isupper()
    assert "".join(words) != "".join(words).upper() or words in (["OK"], ["IM", "Used"])


def test_an_answer_is_sent_as_it_is():
    with asked():
        response = respond(Answer(422, b'{"code":953}', (("X-RateLimit-Limit", "9"),)))
    assert (response.status, response.get_data()) == ("422 Unprocessable Entity", b'{"code":953}')
    assert response.headers["X-RateLimit-Limit"] == "9"


def test_an_answer_may_promise_more_than_it_sends():
    with asked():
        response = respond(Answer(200, b"{}", promised=20))
    assert response.headers["Content-Length"] == "20"


@pytest.mark.parametrize(("delay", "held_back"), [(0.0, []), (0.25, [0.25])])
def test_only_an_answer_with_a_delay_is_held_back(delay, held_back):
    waited = []
    with asked(environ_overrides={SLEEP_KEY: waited.append}):
        respond(Answer(200, b"", delay=delay))
    assert waited == held_back


@pytest.mark.parametrize("path", ["/__mockpin/events", "/v3/", "/__mockpin/ui", "/v5/nothing", "/v1/track"])
@pytest.mark.parametrize("query", ["event_name=\xe9", "event_name=\xc3\xa9", "\xff=%ff"])
def test_a_query_may_hold_any_bytes(path, query):
    answer = create_app().test_client().get(path, environ_overrides={"QUERY_STRING": query})
    assert answer.status_code < 500


def test_the_repr_of_a_request_shows_no_path():
    request = LenientRequest({"REQUEST_METHOD": "GET", "PATH_INFO": "/v5/ada@example.com"})
    assert repr(request) == "<LenientRequest GET>"
