import os
import subprocess
import sys

import httpx
import pytest

from mockpin.addresses import NEXT_HEADER, VERSION_HEADER
from mockpin.client.admin_client import AdminClient, AdminRefused, AdminTokenUnusable, AdminUnreachable

JSON = {"Content-Type": "application/json"}
VERSION = {VERSION_HEADER: "0"}
PROBLEM = {"Content-Type": "application/problem+json"}


def fail(error, text):
    def handle(request):
        raise error(text, request=request)

    return httpx.MockTransport(handle)


@pytest.mark.parametrize(("token", "sent"), [("secret", "Bearer secret"), (None, None), ("", None)])
def test_the_admin_token_is_sent_where_there_is_one(token, sent):
    def handle(request):
        return httpx.Response(200, json={"sent": request.headers.get("authorization")}, headers=VERSION)

    client = AdminClient("http://127.0.0.1:1", admin_token=token, transport=httpx.MockTransport(handle))
    assert client.get("health") == {"sent": sent}


def test_the_next_page_is_asked_for_while_one_is_used():
    asked = []

    def handle(request):
        asked.append(dict(request.url.params))
        after = int(request.url.params["after"])
        following = {NEXT_HEADER: str(after + 2)} if after < 4 else {}
        return httpx.Response(200, json={"first": after}, headers=VERSION | following)

    client = AdminClient("http://127.0.0.1:1", transport=httpx.MockTransport(handle))
    pages = client.get_pages("events", after=0, limit=2, event_name=None)
    assert next(pages) == {"first": 0}
    pages.close()
    assert len(asked) == 2
    asked.clear()
    pages = client.get_pages("events", after=0, limit=2, event_name=None)
    assert [page["first"] for page in pages] == [0, 2, 4]
    assert asked == [{"after": after, "limit": "2"} for after in "024"]


def test_a_page_that_is_refused_ends_the_pages_with_the_reason():
    def handle(request):
        is_first = request.url.params["after"] == "0"
        problem = {"detail": "no", "errors": []}
        next_page = {NEXT_HEADER: "2"} if is_first else {}
        return httpx.Response(200 if is_first else 401, json=problem, headers=VERSION | next_page)

    client = AdminClient("http://127.0.0.1:1", transport=httpx.MockTransport(handle))
    pages = client.get_pages("events", after=0)
    assert next(pages)
    with pytest.raises(AdminRefused, match="401: no"):
        next(pages)


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
        (
            httpx.ConnectError,
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:1006)",
            "its certificate is not trusted: set SSL_CERT_FILE to the ca.pem of its --tls-dir",
        ),
        (httpx.RemoteProtocolError, "illegal request line", "it does not speak HTTP: try https://"),
        (httpx.RemoteProtocolError, "Server disconnected", "Server disconnected"),
        (httpx.DecodingError, "incorrect header check", "incorrect header check"),
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
        (httpx.Response(200, text="hello"), "(200 from another program)"),
        (httpx.Response(200, json=[]), "(200 from another program)"),
        (httpx.Response(200, json={"events": [], "next": 0}), "(200 from another program)"),
        (httpx.Response(200, text="{", headers=JSON), "(200 from another program)"),
        (httpx.Response(404, text='{"detail": "d", "errors": []}', headers=PROBLEM), "(404 from another"),
        (httpx.Response(404, text="null", headers=PROBLEM), "(404 from another program)"),
    ],
)
def test_an_answer_that_is_not_mockpin_s_is_told_for_what_it_is(answer, said):
    client = AdminClient("http://127.0.0.1:1", transport=httpx.MockTransport(lambda _: answer))
    with pytest.raises(AdminUnreachable) as raised:
        client.get("health")
    assert said in str(raised.value)


@pytest.mark.parametrize("content", [None, "no certificate", "a pipe"])
def test_certificates_that_cannot_be_read_are_told(content, tmp_path):
    file = tmp_path / "ca.pem"
    if content == "a pipe":
        os.mkfifo(file)
    elif content:
        file.write_text(content)
    show = f"from mockpin.client.admin_client import AdminClient; AdminClient({'https://127.0.0.1:1'!r})"
    environment = {**os.environ, "SSL_CERT_FILE": str(file)}
    done = subprocess.run(
        [sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=False
    )
    assert "AdminUnreachable: No mockpin answers at https://127.0.0.1:1" in done.stderr
    assert "(the certificates of SSL_CERT_FILE cannot be read: " in done.stderr


def test_a_token_that_was_given_as_the_url_is_not_repeated():
    with AdminClient("pina_SECRET1234") as client, pytest.raises(AdminUnreachable) as raised:
        client.get("health")
    assert "SECRET1234" not in str(raised.value)


def test_a_refusal_says_each_place_and_only_without_one_the_general_word():
    places = [{"in": "body", "pointer": "/count", "detail": "Give a whole number."}] * 2
    assert str(AdminRefused(400, "Mend it.", places)).splitlines() == [
        "400: body /count: Give a whole number.",
        "  body /count: Give a whole number.",
    ]
    assert str(AdminRefused(409, "It is taken.")) == "409: It is taken."


def test_something_else_at_the_url_is_said(server):
    with (
        AdminClient(f"{server.url}/v5") as admin,
        pytest.raises(AdminUnreachable, match="404 from another program"),
    ):
        admin.get("health")


def test_each_method_sends_its_query_and_its_body():
    requests = []

    def handle(request):
        requests.append(request)
        return httpx.Response(200, json={"answer": request.method}, headers={"X-Mockpin-Version": "1"})

    with AdminClient("http://127.0.0.1:1", transport=httpx.MockTransport(handle)) as admin:
        assert admin.get("events", after=3, event_name=None) == {"answer": "GET"}
        assert admin.post("expect", {"count": 1}, wait=5, limit=2) == {"answer": "POST"}
        assert admin.put("clock", {"real": True}) == {"answer": "PUT"}
        assert admin.delete("faults", ad_account_id="1") == {"answer": "DELETE"}
    sent = [
        f"{request.method} {request.url.raw_path.decode()} {request.content.decode().replace(': ', ':')}"
        for request in requests  # older httpx puts a space behind the colon
    ]
    assert sent == [
        "GET /__mockpin/events?after=3 ",
        'POST /__mockpin/expect?limit=2 {"count":1}',
        'PUT /__mockpin/clock {"real":true}',
        "DELETE /__mockpin/faults?ad_account_id=1 ",
    ]
    timeouts = [request.extensions["timeout"]["read"] for request in requests]
    assert timeouts[1] == timeouts[0] + 5
