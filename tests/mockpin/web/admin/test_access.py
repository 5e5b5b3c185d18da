import base64

import pytest

from mockpin.emulator.emulator import Emulator
from mockpin.version import __version__
from mockpin.web.admin.access import Access
from mockpin.web.app import build_app

HEALTH = "/__mockpin/health"


def ask(access=None, *, peer="127.0.0.1", path=HEALTH, **headers):
    client = build_app(Emulator(), access=access).test_client()
    return client.get(path, headers=headers, environ_base={"REMOTE_ADDR": peer})


@pytest.mark.parametrize("host", ["127.0.0.1:7466", "localhost", "[::1]:7466", "LOCALHOST:1"])
def test_this_machine_may_come(host):
    assert ask(Host=host).status_code == 200


@pytest.mark.parametrize("headers", [
    {"Host": "evil.test"}, {"Host": "127.0.0.1.evil.test"}, {"Origin": "https://evil.test"},
    {"Origin": "null"},
    {"Host": "localhost", "Origin": "http://localhost.evil.test"}, {"Origin": "http://[bad"},
    {"Host": "localhost@evil.test"}, {"Host": "localhost:7466", "Origin": "http://localhost:5173"},
    {"Host": "localhost:7466", "Origin": "http://localhost"}, {"Origin": ""},
    {"Host": "localhost:7466", "Origin": "https://localhost:7466"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
])  # fmt: skip
def test_a_foreign_host_or_origin_is_turned_away(headers):
    answer = ask(**headers)
    assert (answer.status_code, answer.content_type) in (
        (403, "application/problem+json"),
        (400, "application/json"),
    )


def test_our_own_origin_may_come():
    assert ask(Host="127.0.0.1:7466", Origin="http://127.0.0.1:7466").status_code == 200


def test_a_page_of_a_host_that_was_allowed_may_come():
    access = Access(hosts=("shop.test",))
    assert ask(access, Host="localhost:7466", Origin="http://shop.test:5173").status_code == 200


def test_a_host_that_was_allowed_may_come():
    access = Access(hosts=("mockpin",))
    assert [ask(access, Host=host).status_code for host in ("mockpin:7466", "other")] == [200, 403]


@pytest.mark.parametrize("peer", ["10.0.0.7", "2001:db8::1", "nonsense"])
def test_another_machine_is_turned_away_without_a_token(peer):
    answer = ask(peer=peer)
    assert answer.status_code == 403
    assert "--admin-token" in answer.json["detail"]


def test_another_machine_may_come_with_the_token():
    access = Access(token="s3cret")
    basic = base64.b64encode(b"anybody:s3cret").decode()
    said = ["Bearer s3cret", f"Basic {basic}", "Bearer wrong", "Bearer"]
    assert [ask(access, peer="10.0.0.7", Authorization=item).status_code for item in said] == [
        200,
        200,
        401,
        401,
    ]


def test_a_token_is_asked_of_this_machine_too_and_a_browser_is_told_how():
    answer = ask(Access(token="s3cret"))
    assert (answer.status_code, answer.headers["WWW-Authenticate"][:5]) == (401, "Basic")
    assert "s3cret" not in answer.text + repr(Access(token="s3cret"))


def test_only_the_admin_api_is_guarded():
    assert ask(path="/livez", Host="evil.test", peer="10.0.0.7").status_code == 200


def test_the_ui_is_guarded_too():
    assert ask(path="/__mockpin/ui", Host="evil.test").status_code == 403


def test_a_link_on_another_site_opens_a_page_but_reads_nothing_of_the_api():
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert [ask(path=path, **link).status_code for path in ("/__mockpin/ui", HEALTH)] == [200, 403]


def test_a_browser_s_own_requests_may_come():
    assert [ask(**{"Sec-Fetch-Site": text}).status_code for text in ("same-origin", "none")] == [200, 200]


@pytest.mark.parametrize("headers", [{}, {"Host": "evil.test"}])
def test_an_answer_is_taken_for_nothing_but_json_and_is_kept_by_no_cache(headers):
    answer = ask(**headers)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Mockpin-Version"] == __version__
    assert answer.headers["Cache-Control"] == "no-store"
