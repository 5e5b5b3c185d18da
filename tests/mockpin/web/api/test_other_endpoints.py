import json

import pytest

from tests.mockpin.sending import AD_ACCOUNT_ID as ACCOUNT
from tests.mockpin.sending import NOW, TOKEN, conversion_event
from tests.mockpin.sending import TAG_ID as TAG

ACCESS = {"Authorization": "Bearer pina_access"}
EVENT = conversion_event()


@pytest.fixture
def emulator(emulator):
    emulator.accounts.add("7", "pina_other")
    return emulator


@pytest.fixture
def get(http):
    return lambda path, headers=ACCESS: http.get(f"/v5/ad_accounts/{path}", headers=headers)


def send(http, *events, token=TOKEN):
    headers = {"Authorization": f"Bearer {token}"}
    return http.post(f"/v5/ad_accounts/{ACCOUNT}/events", json={"data": list(events)}, headers=headers)


PATHS = (
    f"{ACCOUNT}/conversion_eqs?lookback_period=1d",
    f"{ACCOUNT}/conversion_tags",
    f"{ACCOUNT}/conversion_tags/{TAG}",
    f"{ACCOUNT}/advertiser_defined_events",
)


@pytest.mark.parametrize("path", PATHS)
def test_the_access_token_opens_them_and_a_conversion_token_does_not(get, path):
    assert get(path).status_code == 200
    refused = get(path, {"Authorization": f"Bearer {TOKEN}"})
    assert refused.status == "401 Unauthorized"
    assert refused.json == {"code": 2, "message": "Authentication failed.", "status": "failure"}


@pytest.mark.parametrize("path", PATHS)
def test_an_ad_account_that_is_not_there_is_forbidden(get, path):
    assert get(path.replace(ACCOUNT, "8")).json["code"] == 29
    assert get(path.replace(ACCOUNT, "x")).status_code == 400


def test_a_minted_token_opens_the_events_and_nothing_else(http, get):
    minted = http.post("/v5/oauth/conversion_token", headers=ACCESS).json
    assert minted["token_type"] == "conversion"
    assert minted["access_token"].startswith("pina_")
    assert send(http, EVENT, token=minted["access_token"]).status_code == 200
    assert get(PATHS[1], {"Authorization": f"Bearer {minted['access_token']}"}).status_code == 401


def test_a_minted_token_is_kept_nowhere(http, emulator):
    token = http.post("/v5/oauth/conversion_token", headers=ACCESS).json["access_token"]
    stored = str([row.to_dict() for row in emulator.store.exchanges()])
    assert token not in stored
    assert "sha256:" in stored


def test_minting_takes_the_access_token(http):
    assert http.post("/v5/oauth/conversion_token").status_code == 401


def test_the_quality_score_is_that_of_what_was_received(http, get):
    send(http, EVENT)
    (entry,) = get(f"{ACCOUNT}/conversion_eqs?lookback_period=14d").json
    assert (entry["source_platform"], entry["lookback_period"]) == ("WEB", "14d")
    assert entry["quality_components"]["hashed_email"]["checkout"]["coverage"] == 100


def test_the_quality_score_can_be_asked_for_by_platform_and_source(http, get):
    send(http, EVENT)
    path = f"{ACCOUNT}/conversion_eqs?lookback_period=1d"
    assert len(get(f"{path}&source_platform=WEB&ingestion_source=CONVERSIONS_API").json) == 1
    assert get(f"{path}&ingestion_source=TAG").json == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Invalid request: 'lookback_period' is a required property"),
        ("?lookback_period=2d", "Invalid request: '2d' is not one of ['1d', '14d']"),
    ],
)
def test_a_wrong_lookback_period_is_refused(get, query, message):
    answer = get(f"{ACCOUNT}/conversion_eqs{query}")
    assert (answer.status_code, answer.json["message"]) == (400, message)


def test_the_ad_accounts_tag_is_listed_with_when_it_last_fired(http, get):
    (tag,) = get(f"{ACCOUNT}/conversion_tags").json["items"]
    assert (tag["id"], tag["ad_account_id"], tag["last_fired_time_ms"]) == (TAG, ACCOUNT, None)
    http.get(f"/v3/?tid={TAG}&event=checkout&ed[event_id]=e9")
    assert get(f"{ACCOUNT}/conversion_tags/{TAG}").json["last_fired_time_ms"] == NOW * 1000


def test_another_tag_is_not_found(get):
    assert get(f"{ACCOUNT}/conversion_tags/1").status_code == 404
    assert get("7/conversion_tags").json == {"items": []}


def test_custom_names_that_were_received_are_advertiser_defined_events(http, get):
    send(http, EVENT | {"event_name": "Quote"}, EVENT | {"event_name": "PageVisit"}, EVENT)
    items = json.loads(get(f"{ACCOUNT}/advertiser_defined_events").data)["items"]
    assert items == [{"name": "Quote", "mapped_conversion_type": None}]


@pytest.mark.parametrize(("method", "path"), [
    ("post", "conversion_tags"), ("post", "advertiser_defined_events"),
    ("patch", "advertiser_defined_events"), ("delete", "advertiser_defined_events?event_names=a"),
])  # fmt: skip
def test_what_changes_something_takes_the_access_token_too(http, method, path):
    answer = getattr(http, method)(f"/v5/ad_accounts/{ACCOUNT}/{path}", json={}, headers={
        "Authorization": f"Bearer {TOKEN}"
    })  # fmt: skip
    assert answer.status_code == 401


@pytest.mark.parametrize(("body", "message"), [
    (b"{", "Invalid request: the body is not JSON"), (b"[]", "Invalid request: [] is not of type 'object'"),
])  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused(http, body, message):
    answer = http.post(f"/v5/ad_accounts/{ACCOUNT}/conversion_tags", data=body, headers=ACCESS)
    assert (answer.status_code, answer.json["message"][: len(message)]) == (400, message)
