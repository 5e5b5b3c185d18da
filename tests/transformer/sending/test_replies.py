import httpx
import pytest

from mockpin_transformer.sending.replies import PinterestAnswer, read_reply

NOW = 1_790_000_000.0

REQUEST = httpx.Request("POST", "http://pinterest.test")


def reply(status=200, headers=None, **content):
    return read_reply(httpx.Response(status, headers=headers, request=REQUEST, **content), now=NOW)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 599])
def test_these_answers_may_be_better_later(status):
    assert reply(status).is_transient


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 422])
def test_these_answers_are_final(status):
    assert not reply(status).is_transient


@pytest.mark.parametrize(
    ("status", "accepted"), [(199, False), (200, True), (299, True), (300, False), (None, False)]
)
def test_a_request_is_accepted_by_any_status_of_200(status, accepted):
    assert PinterestAnswer(status, "x").accepted is accepted


def test_a_request_without_an_address_gets_no_better():
    assert PinterestAnswer(None, "no answer").is_transient
    assert not PinterestAnswer(None, "no address", final=True).is_transient


def test_only_a_request_that_may_have_arrived_is_ambiguous():
    assert reply(503).is_ambiguous
    assert PinterestAnswer(None, "no answer").is_ambiguous
    assert not reply(429).is_ambiguous
    assert not PinterestAnswer(None, "refused", reached=False).is_ambiguous


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "Mon, 21 Sep 2026 14:13:50 GMT"}, 30),
        ({"Retry-After": "Mon, 21 Sep 2020 14:13:50 GMT"}, 0),
        ({"Retry-After": "soon"}, None),
        ({"X-RateLimit-Reset": "53"}, 53),
        ({"X-RateLimit-Reset": "53", "X-RateLimit-Remaining": "0"}, 53),
        ({"X-RateLimit-Reset": "53", "X-RateLimit-Remaining": "9"}, None),
        ({"X-RateLimit-Reset": "53", "Retry-After": "7"}, 7),
    ],
)
def test_the_server_may_ask_to_be_left_alone(headers, wait):
    assert reply(429, headers).wait == wait


def test_a_body_is_read_if_it_is_json():
    assert reply(json={"a": 1}).body == {"a": 1}
    assert reply(text="<html>").body is None
    assert reply(text="[" * 200_000).body is None


def test_a_missing_reason_phrase_is_that_of_the_status():
    assert reply(403).reason == "Forbidden"
    assert (
        read_reply(httpx.Response(400, request=REQUEST, extensions={"reason_phrase": b""}), now=NOW).reason
        == "Bad Request"
    )
    assert reply(401).refuses_settings
