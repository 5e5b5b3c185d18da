import httpx
import pytest

from mockpin.client.admin_client import AdminClient, AdminRefused, AdminTokenUnusable, AdminUnreachable


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


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(500), "(it ended first)"),
        (httpx.Response(200, text="hello"), "(200 from something else)"),
    ],
)
def test_an_answer_that_is_no_mockpin_s_is_told_for_what_it_is(answer, said):
    client = AdminClient("http://127.0.0.1:1", transport=httpx.MockTransport(lambda _: answer))
    with pytest.raises(AdminUnreachable) as raised:
        client.get("health")
    assert said in str(raised.value)


def test_a_refusal_says_each_place_and_only_without_one_the_general_word():
    places = [{"in": "body", "pointer": "/count", "detail": "Give a whole number."}] * 2
    assert str(AdminRefused(400, "Mend it.", places)).splitlines() == [
        "400: body /count: Give a whole number.",
        "  body /count: Give a whole number.",
    ]
    assert str(AdminRefused(409, "It is taken.")) == "409: It is taken."


def test_something_else_at_the_url_is_said(server):
    with AdminClient(f"{server.url}/v5") as admin, pytest.raises(AdminUnreachable, match="something else"):
        admin.get("health")
