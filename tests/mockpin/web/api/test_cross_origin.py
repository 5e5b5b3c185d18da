"""CORS for the routes that browsers call from other sites."""

import pytest


@pytest.mark.parametrize("path", ["/v1/t", "/v1/batch"])
def test_a_page_of_another_site_may_call(http, path):
    preflight = http.options(
        path,
        headers={
            "Origin": "https://shop.example.com",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization,content-type"
    assert preflight.headers["Access-Control-Max-Age"] == "600"
    answer = http.post(path, json={"event": "x"}, headers={"Origin": "https://shop.example.com"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Methods" not in answer.headers


@pytest.mark.parametrize("path", ["/v5/ad_accounts/549755885175/events", "/__mockpin/health"])
def test_no_page_of_another_site_may_call_anything_else(http, path):
    answer = http.options(path, headers={"Access-Control-Request-Method": "POST"})
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118


def test_a_preflight_request_asks_for_a_method(http):
    answer = http.options("/v1/t", headers={"Access-Control-Request-Headers": "authorization"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Max-Age" not in answer.headers
    answer = http.options("/v1/t", headers={"Access-Control-Request-Method": "POST"})
    assert "Access-Control-Allow-Headers" not in answer.headers


@pytest.mark.parametrize("path", ["/v3/?tid=1&event=checkout", "/ct/core.js"])
def test_a_page_of_every_site_may_load_the_tag(http, path):
    assert http.get(path).headers["Access-Control-Allow-Origin"] == "*"
