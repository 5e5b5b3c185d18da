import httpx
import pytest

from mockpin_transformer.sending.connection import PinterestConnection


def post(answer):
    def give(request):
        if isinstance(answer, Exception):
            raise type(answer)(str(answer), request=request)
        return answer

    with PinterestConnection(
        "http://h.test/v5", httpx.Client(transport=httpx.MockTransport(give))
    ) as connection:
        return connection.post(b"{}", test=False)


@pytest.mark.parametrize("error", [httpx.ReadTimeout(""), httpx.RemoteProtocolError("cut off")])
def test_a_request_may_have_arrived_though_nobody_answered(error):
    reply = post(error)
    assert (reply.status, reply.reached) == (None, True)


@pytest.mark.parametrize("error", [httpx.InvalidURL("no"), httpx.UnsupportedProtocol("no")])
def test_an_address_that_is_none_is_not_asked_again(error):
    def give(_request):
        raise error

    with PinterestConnection(
        "http://h.test/v5", httpx.Client(transport=httpx.MockTransport(give))
    ) as connection:
        reply = connection.post(b"{}", test=True)
    assert (reply.status, reply.reached, reply.final) == (None, False, True)
    assert reply.reason == "the address of the API is invalid (no)"


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("")])
def test_a_request_that_found_no_one_has_not_arrived(error):
    assert not post(error).reached


def test_an_answer_that_cannot_be_unpacked_is_one_without_a_body():
    stream = httpx.ByteStream(b"not gzip")
    reply = post(httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=stream))
    assert (reply.status, reply.reason, reply.body) == (200, "OK", None)


class Torn(httpx.SyncByteStream):
    """A body that ends before its time."""

    def __iter__(self):
        yield b'{"events"'
        raise httpx.ReadError("")


def test_an_answer_that_is_torn_off_is_as_good_as_none():
    reply = post(httpx.Response(200, stream=Torn()))
    assert (reply.status, reply.reached, reply.reason) == (None, True, "no answer from h.test (ReadError)")


def test_what_went_wrong_is_named_with_the_host():
    assert post(httpx.ReadTimeout("")).reason == "no answer from h.test (ReadTimeout)"
    refused = httpx.ConnectError("[Errno 111] Connection refused")
    assert post(refused).reason == "no answer from h.test (Connection refused)"


def test_a_connection_is_closed_at_its_end():
    client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200)))
    with PinterestConnection("http://h.test/v5", client) as connection:
        assert connection.post(b"{}", test=True).status == 200
    assert client.is_closed
