import httpx
import pytest

from transformer.sending.connection import Connection


def post(error):
    def fail(request):
        raise type(error)(str(error), request=request)

    with Connection("http://h.test/v5", httpx.Client(transport=httpx.MockTransport(fail))) as connection:
        return connection.post(b"{}", test=False)


@pytest.mark.parametrize("error", [httpx.ReadTimeout(""), httpx.RemoteProtocolError("cut off")])
def test_a_request_may_have_arrived_though_nobody_answered(error):
    reply = post(error)
    assert (reply.status, reply.reached) == (None, True)


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("")])
def test_a_request_that_found_no_one_has_not_arrived(error):
    assert not post(error).reached


def test_what_went_wrong_is_named_with_the_host():
    assert post(httpx.ReadTimeout("")).reason == "no answer from h.test (ReadTimeout)"
