import pytest

from tests.mockpin.sending import AD_ACCOUNT_ID as ACCOUNT
from tests.mockpin.sending import TAG_ID as TAG

ACCESS = {"Authorization": "Bearer pina_access"}
PATH = f"/v5/ad_accounts/{ACCOUNT}/conversion_tags"


@pytest.fixture
def create(http):
    return lambda **fields: http.post(PATH, json=fields, headers=ACCESS)


def test_a_created_tag_is_shown_and_listed_after_the_first(http, create):
    created = create(name="Second tag", aem_enabled=True, aem_ph_enabled=None, md_frequency=0.6).json
    assert (created["name"], created["ad_account_id"], created["status"]) == ("Second tag", ACCOUNT, "ACTIVE")
    assert created["id"].startswith("261")
    assert created["id"] in created["code_snippet"]
    assert http.get(f"{PATH}/{created['id']}", headers=ACCESS).json == created
    listed = http.get(PATH, headers=ACCESS).json["items"]
    assert [tag["id"] for tag in listed] == [TAG, created["id"]]


def test_a_created_tag_has_the_settings_it_was_given_and_the_documented_defaults(create):
    configs = create(name="t", aem_enabled=True, aem_ph_enabled=None, md_frequency=0.6).json["configs"]
    assert [name for name, value in configs.items() if value is True] == ["aem_enabled"]
    assert configs["aem_ph_enabled"] is False
    assert configs["md_frequency"] == 0.6


def test_hits_of_a_created_tag_reach_its_ad_account(http, create, emulator):
    emulator.accounts.add("7", "pina_other")
    tag = http.post("/v5/ad_accounts/7/conversion_tags", json={"name": "t"}, headers=ACCESS).json["id"]
    http.get(f"/v3/?tid={tag}&event=checkout&ed[event_id]=e9")
    assert [row.ad_account_id for row in emulator.store.each_event()] == ["7"]


@pytest.mark.parametrize(("fields", "message"), [
    ({}, "'name' is a required property"), ({"name": 5}, "5 is not of type 'string'"),
    ({"name": "t", "aem_enabled": "yes"}, "'yes' is not of type 'boolean', 'null'"),
    ({"name": "t", "md_frequency": "1"}, "'1' is not of type 'number', 'null'"),
])  # fmt: skip
def test_a_tag_of_another_form_is_refused(create, fields, message):
    answer = create(**fields)
    assert (answer.status_code, answer.json["message"]) == (400, f"Invalid request: {message}")


def test_an_unknown_setting_is_accepted_and_a_hint_says_what_was_meant(create):
    answer = create(name="t", aem_external_id_enabled=True, ae_loc_enabled=True)
    assert answer.status_code == 200
    assert answer.json["configs"]["aem_loc_enabled"] is False
    assert answer.headers["X-Mockpin-Hint"] == (
        "ae_loc_enabled is not a setting of a tag: did you mean aem_loc_enabled?"
    )


def test_a_setting_that_may_be_somebodys_data_is_not_named(create):
    answer = create(name="t", aem_external_id_enabled=True, **{"jane@x.org": True})
    assert "X-Mockpin-Hint" not in answer.headers


def test_a_tag_without_external_ids_is_hinted_at(create):
    assert create(name="t").headers["X-Mockpin-Hint"].startswith("aem_external_id_enabled is off")


def test_a_name_with_an_address_is_kept_masked(create, emulator):
    create(name="tag of jane@x.org")
    assert "jane" not in str([emulator.store.describe(row) for row in emulator.store.exchanges()])


def test_a_tag_knows_in_milliseconds_when_a_hit_came_last(http, emulator):
    assert http.get(f"{PATH}/{TAG}", headers=ACCESS).json["last_fired_time_ms"] is None
    http.get(f"/v3/?tid={TAG}&event=checkout")
    (row,) = emulator.store.each_event()
    fired = http.get(f"{PATH}/{TAG}", headers=ACCESS).json["last_fired_time_ms"]
    assert fired == int(row.received_at * 1000)
