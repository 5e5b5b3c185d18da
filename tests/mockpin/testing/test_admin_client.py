import httpx
import pytest

from mockpin.testing.admin_client import AdminClient, AdminTokenUnusable, AdminUnreachable


def fail(error, text):
    def handle(request):
        raise error(text, request=request)

    return httpx.MockTransport(handle)


@pytest.mark.parametrize("token", ["secr€t", "secr\nt", "secr t"])
def test_an_admin_token_that_no_header_can_carry_is_refused_and_not_told(token):
    with pytest.raises(AdminTokenUnusable) as raised:
        AdminClient("http://127.0.0.1:1", admin_token=token)
    assert "secr" not in f"{raised.value!s}{raised.value!r}"


@pytest.mark.parametrize(
    ("error", "text", "said"),
    [
        (httpx.ReadTimeout, "timed out", "it took too long"),
        (httpx.ReadError, "", "the connection was cut"),
        (httpx.ConnectError, "[Errno 111] Connection refused", "Connection refused"),
    ],
)
def test_why_nobody_answers_is_said_in_words_and_without_a_password(error, text, said):
    client = AdminClient("http://user:secret@127.0.0.1:1", transport=fail(error, text))
    with pytest.raises(AdminUnreachable) as raised:
        client.get("health")
    assert (
        str(raised.value)
        == f"No mockpin answers at http://127.0.0.1:1 ({said}): is the server running there?"
    )
