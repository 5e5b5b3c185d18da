"""What the admin API turns: the clock, the faults, the ad accounts; and the settings it tells."""

import pytest

from mockpin.web.admin.controls import LATEST
from tests.mockpin.sending import TAG_ID
from tests.mockpin.web.calls import ACCOUNT, EVENT, NOW, check, send


@pytest.mark.parametrize(
    ("order", "now"),
    [
        ({"freeze": "2026-01-31T12:00:00Z"}, 1_769_860_800.0),
        ({"freeze": "2026-01-31T12:00:00"}, 1_769_860_800.0),
        ({"freeze": 5}, 5.0),
        ({"advance": "25h"}, NOW + 90_000),
        ({"advance": 10}, NOW + 10),
        ({"real": True}, NOW),
    ],
)
def test_the_clock_obeys(admin, document, order, now):
    assert admin("PUT", "clock", order).json["now"] == now
    check(document, "clock", admin("GET", "clock"))


@pytest.mark.parametrize(
    "order",
    [
        {"freeze": "noon"},
        {"advance": "25x"},
        {"advance": -1},
        {"freeze": -1},
        {"freeze": 1e300},
        {"advance": "1e9d"},
    ],
)
def test_an_order_the_clock_does_not_understand_is_a_problem(admin, order):
    answer = admin("PUT", "clock", order)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["pointer"] == f"/{next(iter(order))}"


def test_faults_are_added_listed_and_taken_back(admin):
    rule = {"ad_account_id": ACCOUNT, "fault": {"status": 503}, "times": 1}
    added = admin("POST", "faults", rule).json
    assert admin("GET", "faults").json == {"faults": [added]}
    assert admin("GET", "faults?ad_account_id=1").json == {"faults": []}
    assert admin("DELETE", f"faults/{added['id']}").json == {"removed": 1}
    assert admin("DELETE", f"faults/{added['id']}").status_code == 404
    admin("POST", "faults", rule)
    assert admin("DELETE", "faults").json == {"removed": 1}


def test_a_delay_that_ends_before_it_begins_is_refused(admin):
    answer = admin("POST", "faults", {"fault": {"delay_ms": [5, 1]}})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, "/fault/delay_ms")
    assert admin("GET", "faults").json == {"faults": []}


def test_accounts_are_opened_and_closed_without_showing_a_token(http, admin):
    opened = admin("POST", "accounts", {"ad_account_id": "7", "conversion_token": "pina_other"})
    assert b"pina_other" not in opened.data + admin("GET", "accounts").data
    headers = {"Authorization": "Bearer pina_other"}
    assert http.post("/v5/ad_accounts/7/events", json={"data": [EVENT]}, headers=headers).status_code == 200
    assert admin("DELETE", "accounts/7").status_code == 200
    closed = admin("DELETE", "accounts/7")
    assert closed.status_code == 404
    assert closed.json["detail"] == "There is no such ad account; GET accounts lists those that are open."


@pytest.mark.parametrize(
    "account",
    [
        {"ad_account_id": "7", "conversion_token": "pina_x\r\n"},
        {"ad_account_id": "7", "conversion_token": ["pina_x"]},
        {"ad_account_id": "7\n", "conversion_token": "pina_x"},
        {"ad_account_id": "7", "conversion_token": "pina_x", "tag_id": TAG_ID},
        {"ad_account_id": "7", "conversion_token": "x", "tag_id": "pina_x"},
    ],
)
def test_an_account_that_could_not_be_used_is_refused_without_its_token(admin, account):
    answer = admin("POST", "accounts", account)
    assert answer.status_code == 400
    assert "pina_x" not in answer.text
    assert len(admin("GET", "accounts").json["accounts"]) == 1


def test_an_account_may_keep_its_tag_with_a_new_token(admin):
    account = {"ad_account_id": ACCOUNT, "conversion_token": "pina_new", "tag_id": TAG_ID}
    assert admin("POST", "accounts", account).status_code == 200


def test_settings_say_where_they_came_from(admin):
    settings = {setting["name"]: setting for setting in admin("GET", "settings").json["settings"]}
    assert settings["deduplication_window"]["origin"] == "default"
    assert {"value", "source", "grade", "date"} < settings["rate_limit"].keys()


def test_after_the_clock_was_set_back_what_lies_in_the_future_is_nobodys_first(http, admin):
    admin("PUT", "clock", {"advance": "1h"})
    send(http, EVENT)
    admin("PUT", "clock", {"real": True})
    send(http, EVENT)
    send(http, EVENT)
    assert [event["duplicate_of"] for event in admin("GET", "events").json["events"]] == [None, None, 2]


@pytest.mark.parametrize(
    ("order", "taken"),
    [
        ({"freeze": "9999-12-31T23:59:59Z"}, True),
        ({"freeze": 253_402_300_800}, False),
        ({"freeze": 0}, True),
        ({"advance": LATEST - NOW}, True),
        ({"advance": LATEST - NOW + 1}, False),
    ],
)
def test_the_clock_stays_between_1970_and_9999(admin, order, taken):
    before = admin("GET", "clock").json
    assert (admin("PUT", "clock", order).status_code == 200) is taken
    assert (admin("GET", "clock").json == before) is not taken


def test_a_clock_says_whether_it_stands_still(admin):
    assert admin("PUT", "clock", {"freeze": "2026-01-31T13:00:00+01:00"}).json == {
        "now": 1_769_860_800.0,
        "iso": "2026-01-31T12:00:00.000Z",
        "frozen": True,
    }
    assert admin("PUT", "clock", {"real": True}).json["frozen"] is False


def test_a_rule_is_put_behind_those_in_force_and_names_how_often_it_has_bitten(http, admin):
    for status in (503, 401):
        admin("POST", "faults", {"fault": {"status": status}, "times": 1})
    assert [send(http, EVENT).status_code for _ in range(3)] == [503, 401, 200]
    assert [fault["bitten"] for fault in admin("GET", "faults").json["faults"]] == [1, 1]


def test_faults_of_one_ad_account_are_taken_back_without_those_of_all(admin):
    for rule in ({"ad_account_id": ACCOUNT}, {"ad_account_id": "7"}, {}):
        admin("POST", "faults", {"fault": {"drop": True}, **rule})
    assert admin("DELETE", f"faults?ad_account_id={ACCOUNT}").json == {"removed": 1}
    assert [fault.get("ad_account_id") for fault in admin("GET", "faults").json["faults"]] == ["7", None]


def test_what_a_closed_ad_account_sent_stays_in_the_history(http, admin):
    send(http, EVENT)
    admin("DELETE", f"accounts/{ACCOUNT}")
    assert send(http, EVENT).status_code == 401
    assert len(admin("GET", f"events?ad_account_id={ACCOUNT}").json["events"]) == 1
