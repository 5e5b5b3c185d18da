"""Every page: only its own scripts, nothing from elsewhere, every value escaped, no plain text, no error."""

import re

import pytest

from tests.mockpin.web.site import ACCOUNT, NOW, TOKEN, Site, event, text_of

HOSTILE = "<script>alert(1)</script>\u202e\x00\"'&"
PATHS = (
    "/", "/?q=is:bad", "/?before=2", "/rows?after=0", "/events/1", "/requests", "/requests/1", "/overview",
    "/workbench",
)  # fmt: skip


@pytest.fixture(scope="module")
def site():
    site = Site()
    user_data = {"em": ["jane.doe@example.com"], "fn": ["Jane"], "ph": ["+1 415 555 0123"], HOSTILE: HOSTILE}
    site.send(event(HOSTILE, event_name=HOSTILE, action_source=HOSTILE, user_data=user_data))
    site.send(event("o-2"), event("o-2"), event("old", event_time=int(NOW) - 9 * 86400))
    site.send(event("o-3"), query="?test=true")
    site.send({"event_name": HOSTILE})
    yield site
    site.emulator.close()


@pytest.mark.parametrize("path", PATHS)
def test_hostile_values_are_only_text(site, path):
    page = site.get(path)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text
    assert "\x00" not in page.text


@pytest.mark.parametrize("path", PATHS)
def test_no_plain_text_and_no_token_is_shown(site, path):
    page = site.get(path).text
    for secret in ("jane.doe", "Jane", "555 0123", TOKEN):
        assert secret not in page


@pytest.mark.parametrize("path", [*PATHS, "/nowhere", "/static/pages.css"])
def test_a_page_may_load_nothing_from_elsewhere(site, path):
    page = site.get(path)
    if path != "/nowhere":
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
    assert not re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", page.text)
    assert not re.findall(r"<[^>]+ (?:style|on\w+)=", page.text)


@pytest.mark.parametrize("path", ["/events/0", "/events/999", "/requests/999", f"/events/{2**63 - 1}"])
def test_what_is_not_there_is_said(site, path):
    page = site.get(path)
    assert page.status_code == 404
    assert "There is no" in page.text


@pytest.mark.parametrize("query", [
    {"q": '"'}, {"q": "is:"}, {"q": "x" * 5000}, {"before": "x"}, {"before": "-5"}, {"before": str(10**30)},
    {"after": "-1"}, {"q": "\udcff"}, {"ad_account_id": "'; DROP TABLE events"},
])  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/rows", "/events/1", "/overview", "/requests"])
def test_no_query_is_an_error(site, path, query):
    assert (
        site.get(
            path, **{name: value.encode("utf-8", "replace") for name, value in query.items()}
        ).status_code
        == 200
    )


@pytest.mark.parametrize("path", [f"/events/{10**40}", f"/requests/{10**40}", "/events/x", "/workbench/hash"])
def test_no_address_breaks_the_server(site, path):
    assert site.get(path).status_code in (404, 405)


def test_a_browser_at_the_root_lands_on_the_history(site):
    answer = site.http.get("/", follow_redirects=True)
    assert answer.status_code == 200
    assert "Event history" in answer.text


def test_strangers_are_kept_out(site):
    assert site.http.get("/__mockpin/ui/", headers={"Host": "evil.example"}).status_code == 403
    elsewhere = {"Origin": "https://evil.example"}
    assert site.http.post("/__mockpin/ui/workbench/hash", data={}, headers=elsewhere).status_code == 403


def test_an_ad_account_can_be_looked_at_alone(site):
    assert f"ad account {ACCOUNT}" in re.sub(
        r"<[^>]+>", "", site.get("/overview", ad_account_id=ACCOUNT).text
    )


@pytest.mark.parametrize("path", ["/nope", "/events/x", "/workbench/nope/"])
def test_an_address_of_no_page_is_answered_with_one(site, path):
    page = site.get(path)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "There is no such page" in text_of(page)
    assert "Content-Security-Policy" in page.headers


@pytest.mark.parametrize("path", ["/", "/__mockpin", "/__mockpin/"])
def test_whoever_looks_for_the_pages_is_led_there(site, path):
    assert site.http.get(path).location == "/__mockpin/ui"
