import pytest

from tests.mockpin.sending import AD_ACCOUNT_ID as ACCOUNT
from tests.mockpin.sending import TOKEN, conversion_event

ACCESS = {"Authorization": "Bearer pina_access"}
PATH = f"/v5/ad_accounts/{ACCOUNT}/advertiser_defined_events"
DONE = {"status": "success", "exceptions": []}


@pytest.fixture
def events(http):
    def call(method, *items, query=""):
        body = {"items": [{"name": name, "mapped_conversion_type": kind} for name, kind in items]}
        return http.open(PATH + query, method=method, json=body if items else None, headers=ACCESS)

    return call


def listed(events):
    return [(item["name"], item["mapped_conversion_type"]) for item in events("GET").json["items"]]


def test_events_are_defined_changed_and_deleted(events):
    assert events("POST", ("quote", "LEAD"), ("demo", "CHECKOUT")).json == {
        "items": [{"name": "quote", **DONE}, {"name": "demo", **DONE}]
    }
    assert listed(events) == [("quote", "LEAD"), ("demo", "CHECKOUT")]
    events("PATCH", ("quote", "SIGNUP"))
    assert listed(events) == [("quote", "SIGNUP"), ("demo", "CHECKOUT")]
    assert events("DELETE", query="?event_names=quote,demo").json["items"][1] == {"name": "demo", **DONE}
    assert listed(events) == []


def test_names_that_were_received_are_listed_after_those_defined(http, events):
    events("POST", ("quote", "LEAD"))
    for name in ("Demo", "quote", "PageVisit"):
        http.post(
            f"/v5/ad_accounts/{ACCOUNT}/events",
            json={"data": [conversion_event(event_name=name)]},
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
    assert listed(events) == [("quote", "LEAD"), ("Demo", None)]


@pytest.mark.parametrize(("method", "name", "reason"), [
    ("POST", "quote", "quote is already defined."), ("PATCH", "demo", "demo is not defined."),
    ("POST", "AddToCart", "AddToCart is a standard event name."), ("POST", "a b", "A name has 1 to 100"),
    ("POST", "a" * 101, "A name has 1 to 100"),
])  # fmt: skip
def test_a_name_that_cannot_be_defined_fails_by_itself(events, method, name, reason):
    events("POST", ("quote", "LEAD"))
    answer = events(method, (name, "LEAD"))
    (record,) = answer.json["items"]
    assert (answer.status_code, record["status"]) == (200, "failure")
    assert record["exceptions"][0].startswith(reason)


def test_a_name_that_is_not_defined_cannot_be_deleted(events):
    (record,) = events("DELETE", query="?event_names=demo").json["items"]
    assert record == {"name": "demo", "status": "failure", "exceptions": ["demo is not defined."]}


def test_of_sixteen_names_the_last_fails(events):
    answer = events("POST", *((f"event-{index}", "LEAD") for index in range(16)))
    assert [item["status"] for item in answer.json["items"]] == ["success"] * 15 + ["failure"]


@pytest.mark.parametrize(("method", "items", "query", "message"), [
    ("DELETE", (), "", "'event_names' is a required property"),
    ("POST", (("a", "PURCHASE"),), "", "'PURCHASE' is not one of ['SIGNUP'"),
    ("PATCH", ((5, "LEAD"),), "", "5 is not of type 'string'"),
])  # fmt: skip
def test_a_request_of_another_form_is_refused(events, method, items, query, message):
    answer = events(method, *items, query=query)
    assert answer.status_code == 400
    assert answer.json["message"].startswith(f"Invalid request: {message}")
