"""The routes beside the events: which there are, what they take, and that they are recorded."""

import pytest

from tests.mockpin.sending import AD_ACCOUNT_ID, TAG_ID

ACCESS = {"Authorization": "Bearer pina_access"}
ACCOUNT = f"/v5/ad_accounts/{AD_ACCOUNT_ID}"
ROUTES = [
    ("POST", "/v5/oauth/conversion_token"),
    ("GET", f"{ACCOUNT}/conversion_eqs?lookback_period=1d"),
    ("GET", f"{ACCOUNT}/conversion_tags"),
    ("GET", f"{ACCOUNT}/conversion_tags/{TAG_ID}"),
    ("GET", f"{ACCOUNT}/advertiser_defined_events"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_endpoint_answers_json_to_the_access_token_and_is_recorded(http, emulator, method, path):
    answer = http.open(path, method=method, headers=ACCESS)
    (exchange,) = emulator.store.exchanges()
    assert (answer.status, answer.content_type) == ("200 OK", "application/json")
    assert (exchange.method, exchange.path, exchange.status) == (method, path.partition("?")[0], 200)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_another_method_is_refused_in_pinterests_shape(http, method, path):
    answer = http.open(path, method="PUT", headers=ACCESS)
    assert (answer.status_code, answer.json["code"]) == (405, 5)
    assert method in answer.headers["Allow"].split(", ")


@pytest.mark.parametrize("path", ["conversion_tags/0", "conversion_tag", "conversion_tags/1/2"])
def test_what_is_not_there_is_not_found(http, path):
    answer = http.get(f"{ACCOUNT}/{path}", headers=ACCESS)
    assert (answer.status_code, set(answer.json)) == (404, {"code", "message"})


@pytest.mark.parametrize(("ad_account_id", "status"), [("1", 403), ("x", 400), (AD_ACCOUNT_ID, 200)])
def test_the_ad_account_is_the_one_in_the_path(http, ad_account_id, status):
    answer = http.get(f"/v5/ad_accounts/{ad_account_id}/conversion_tags", headers=ACCESS)
    assert answer.status_code == status


def test_a_token_that_was_made_opens_the_events(http):
    token = http.post("/v5/oauth/conversion_token", headers=ACCESS).json["access_token"]
    answer = http.post(f"{ACCOUNT}/events", json={}, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 400
