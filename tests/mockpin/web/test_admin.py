import pytest
from jsonschema import Draft202012Validator
from werkzeug import exceptions

from mockpin.core.emulator import Emulator
from mockpin.web.admin import explain
from mockpin.web.app import build_app

ACCOUNT, TOKEN = "549755885175", "pina_secret"
NOW = 1_790_000_000.0
EVENT = {
    "event_name": "checkout",
    "event_id": "e1",
    "action_source": "web",
    "event_time": int(NOW),
    "user_data": {"em": ["a" * 64]},
    "custom_data": {"order_id": "o1"},
}


@pytest.fixture
def emulator():
    emulator = Emulator(clock=lambda: NOW)
    emulator.accounts.add(ACCOUNT, TOKEN, "2612345678901")
    yield emulator
    emulator.close()


@pytest.fixture
def http(emulator):
    return build_app(emulator).test_client()


@pytest.fixture
def admin(http):
    def call(method, path, body=None):
        return http.open(f"/__mockpin/{path}", method=method, json=body)

    return call


@pytest.fixture
def document(admin):
    return admin("GET", "openapi.json").json


def send(http, *events, query=""):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return http.post(f"/v5/ad_accounts/{ACCOUNT}/events{query}", json={"data": list(events)}, headers=headers)


def check(document, path, answer):
    """Whether an answer is as the OpenAPI document says."""
    (schema,) = (
        content["schema"]
        for content in document["paths"][f"/__mockpin/{path}"]["get"]["responses"]["200"]["content"].values()
    )
    Draft202012Validator(schema).validate(answer.json)


def test_health_says_how_much_is_held(http, admin, document):
    send(http, EVENT)
    answer = admin("GET", "health")
    check(document, "health", answer)
    assert (answer.json["status"], answer.json["events"], answer.json["evicted"]) == ("ok", 1, 0)


def test_events_and_exchanges_are_as_documented(http, admin, document):
    send(http, EVENT, EVENT | {"event_name": "quoted"})
    for path in ("events", "requests"):
        answer = admin("GET", path)
        assert answer.json[path]
        check(document, path, answer)
    check(document, "events/{seq}", admin("GET", "events/2"))
    check(document, "requests/{id}", admin("GET", "requests/1"))


def test_one_event_comes_with_its_request(http, admin):
    send(http, EVENT)
    event = admin("GET", "events/1").json
    assert event["request"]["body"] == {"data": [EVENT]}
    assert event["segment"] is None


@pytest.mark.parametrize("path", ["events/9", "requests/9", "nothing", "faults/7"])
def test_what_is_not_there_is_a_problem(admin, path):
    answer = admin("DELETE" if path.startswith("faults") else "GET", path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json["detail"]


@pytest.mark.parametrize("path", [f"events/{2**63}", "requests/0", f"faults/{2**99}", "accounts/x"])
def test_a_number_out_of_its_range_is_a_problem(admin, path):
    answer = admin("GET" if path[0] in "er" else "DELETE", path)
    assert (answer.status_code, answer.json["errors"][0]["in"]) == (400, "path")


def test_events_are_paged_by_a_cursor(http, admin):
    send(http, *(EVENT | {"event_id": str(number)} for number in range(5)))
    first = admin("GET", "events?limit=2").json
    second = admin("GET", f"events?limit=2&after={first['next']}").json
    last = admin("GET", f"events?limit=2&after={second['next']}").json
    pages = [[each["seq"] for each in page["events"]] for page in (first, second, last)]
    assert pages == [[1, 2], [3, 4], [5]]
    assert admin("GET", f"events?after={last['next']}").json == {"events": [], "next": last["next"]}


def test_the_cursor_passes_over_what_the_filters_leave_out(http, admin):
    send(http, EVENT)
    assert admin("GET", "events?event_name=lead").json == {"events": [], "next": 1}


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("duplicate=true", 1),
        ("duplicate=false", 2),
        ("status=failed", 0),
        ("test=true", 1),
        ("source=tag", 0),
    ],
)
def test_events_are_chosen_by_filters(http, admin, query, number):
    send(http, EVENT)
    send(http, EVENT)
    send(http, EVENT, query="?test=true")
    assert len(admin("GET", f"events?{query}").json["events"]) == number


def test_an_expectation_is_met_or_explained(http, admin):
    send(http, EVENT)
    assert admin("POST", "expect", {"match": {"event_name": "checkout"}}).json["met"]
    missed = admin("POST", "expect", {"match": {"payload": {"custom_data.order_id": "o2"}}}).json
    assert (missed["met"], missed["count"]) == (False, 0)
    crossed = [each["field"] for each in missed["nearest"][0]["fields"] if not each["matched"]]
    assert crossed == ["payload.custom_data.order_id"]


def test_only_what_came_after_a_number_is_expected(http, admin):
    send(http, EVENT)
    assert not admin("POST", "expect", {"match": {}, "after": 1}).json["met"]


def test_an_expectation_cannot_be_anything(admin):
    answer = admin("POST", "expect", {"matches": {}})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.json["errors"][0]["pointer"] == "/matches"


def test_reset_forgets_and_never_uses_a_number_again(http, admin):
    send(http, EVENT)
    assert admin("POST", "reset").json == {"reset": "everything"}
    assert admin("GET", "events").json["events"] == []
    send(http, EVENT)
    assert admin("GET", "events").json["events"][0]["seq"] == 2


def test_reset_of_one_ad_account_keeps_the_others(http, admin):
    send(http, EVENT)
    admin("POST", "reset?ad_account_id=1")
    assert len(admin("GET", "events").json["events"]) == 1


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
    admin("POST", "faults", rule)
    assert admin("DELETE", "faults").json == {"removed": 1}


def test_accounts_are_opened_and_closed_without_showing_a_token(http, admin):
    opened = admin("POST", "accounts", {"ad_account_id": "7", "conversion_token": "pina_other"})
    assert b"pina_other" not in opened.data + admin("GET", "accounts").data
    headers = {"Authorization": "Bearer pina_other"}
    assert http.post("/v5/ad_accounts/7/events", json={"data": [EVENT]}, headers=headers).status_code == 200
    assert admin("DELETE", "accounts/7").status_code == 200
    closed = admin("DELETE", "accounts/7")
    assert closed.status_code == 404
    assert closed.json["detail"] == "There is no such ad account; GET accounts lists those that are open."


def test_settings_say_where_they_came_from(admin):
    settings = {each["name"]: each for each in admin("GET", "settings").json["settings"]}
    assert settings["deduplication_window"]["origin"] == "default"
    assert {"value", "source", "grade", "date"} < settings["rate_limit"].keys()


def test_the_reports_speak_of_what_was_received(http, admin):
    send(http, EVENT)
    send(http, EVENT)
    send(http, EVENT | {"user_data": {"em": ["jane@example.com"]}})
    summary = admin("GET", "summary").json
    assert (summary["events"], summary["duplicates"]) == (3, 1)
    assert summary["by_status"] == {"processed": 2, "failed": 1}
    assert admin("GET", "quality").json["events"] == 3
    assert admin("GET", f"deduplication?ad_account_id={ACCOUNT}").json["classes"]["duplicate"]["events"] == 1
    assert [each["rule"] for each in admin("GET", "conduct").json["conduct"]] == ["plain-text"]


def test_no_answer_holds_a_token_or_plain_text(http, admin):
    send(http, EVENT | {"user_data": {"em": ["jane@example.com"]}})
    for path in ("events", "events/1", "requests", "requests/1", "accounts", "summary", "conduct"):
        text = admin("GET", path).text
        assert "jane" not in text
        assert TOKEN not in text


def test_another_method_is_refused_and_the_right_ones_named(admin):
    answer = admin("PATCH", "clock")
    assert answer.status_code == 405
    assert answer.json["detail"] == "This path takes GET, PUT."
    assert answer.headers["Allow"] == "GET, PUT"


def test_head_is_answered_like_get_without_its_body(admin):
    answer = admin("HEAD", "health")
    assert (answer.status_code, answer.data) == (200, b"")


def test_get_changes_nothing(http, admin, document):
    send(http, EVENT)
    before = admin("GET", "events").json
    for path, methods in document["paths"].items():
        if "get" in methods and not path.endswith("/stream"):
            admin("GET", path.removeprefix("/__mockpin/").replace("{seq}", "1").replace("{id}", "1"))
    assert admin("GET", "events").json == before


def test_another_host_is_kept_out(http):
    assert http.get("/__mockpin/health", headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize("path", ["//x", "/nothing"])
def test_a_path_of_ours_that_leads_nowhere_is_a_problem_and_no_exchange(http, emulator, path):
    answer = http.get(f"/__mockpin{path}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert emulator.store.exchanges() == []


@pytest.mark.parametrize(("error", "status"), [
    (exceptions.RequestEntityTooLarge(), 400), (exceptions.InternalServerError(), 500),
])  # fmt: skip
def test_an_error_before_any_operation_is_a_problem_of_its_kind(error, status):
    assert explain(error).status == status


@pytest.mark.parametrize("method", ["TRACE", "FOO"])
def test_a_method_that_nobody_knows_is_a_problem_and_no_exchange(admin, emulator, method):
    answer = admin(method, "clock")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert emulator.store.exchanges() == []


def test_a_method_that_a_page_does_not_take_is_a_problem(http):
    answer = http.open("/__mockpin/ui", method="DELETE")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_parameter_that_is_given_twice_is_refused(admin):
    answer = admin("GET", "events?limit=1&limit=2")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, "/limit")


def test_where_no_parameter_is_known_the_problem_says_so(admin):
    assert admin("GET", "settings?x=1").json["errors"][0]["detail"] == "Unknown field; none is known here."


def test_a_delay_that_ends_before_it_begins_is_refused(admin):
    answer = admin("POST", "faults", {"fault": {"delay_ms": [5, 1]}})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, "/fault/delay_ms")
    assert admin("GET", "faults").json == {"faults": []}


@pytest.mark.parametrize(
    "account",
    [
        {"ad_account_id": "7", "conversion_token": "pina_x\r\n"},
        {"ad_account_id": "7", "conversion_token": ["pina_x"]},
        {"ad_account_id": "7\n", "conversion_token": "pina_x"},
        {"ad_account_id": "7", "conversion_token": "pina_x", "tag_id": "2612345678901"},
    ],
)
def test_an_account_that_could_not_be_used_is_refused_without_its_token(admin, account):
    answer = admin("POST", "accounts", account)
    assert answer.status_code == 400
    assert "pina_x" not in answer.text
    assert len(admin("GET", "accounts").json["accounts"]) == 1


def test_an_account_may_keep_its_tag_with_a_new_token(admin):
    account = {"ad_account_id": ACCOUNT, "conversion_token": "pina_new", "tag_id": "2612345678901"}
    assert admin("POST", "accounts", account).status_code == 200


@pytest.mark.parametrize("name", ["PageVisit", "page_visit", "Page_Visit"])
def test_an_event_is_found_by_any_spelling_of_its_name(http, admin, name):
    send(http, EVENT | {"event_name": "page_visit"})
    assert len(admin("GET", f"events?event_name={name}").json["events"]) == 1
    assert admin("POST", "expect", {"match": {"event_name": name}}).json["met"]


def test_an_event_whose_id_is_an_address_is_found_by_it(http, admin):
    send(http, EVENT | {"event_id": "jane@x.test"})
    assert len(admin("GET", "events?event_id=jane@x.test").json["events"]) == 1


def test_plain_text_cannot_be_expected_for_another_as_long_would_do(http, admin):
    send(http, EVENT | {"event_id": "jane@x.test"})
    refused = admin("POST", "expect", {"match": {"event_id": "mary@x.test"}})
    assert refused.status_code == 400
    assert "event_id is plain text, of which the history keeps only the length" in refused.json["detail"]
    assert admin("POST", "expect", {"match": {"event_id": "<masked 11>"}}).json["met"]


def test_after_the_clock_was_set_back_what_lies_in_the_future_is_nobodys_first(http, admin):
    admin("PUT", "clock", {"advance": "1h"})
    send(http, EVENT)
    admin("PUT", "clock", {"real": True})
    send(http, EVENT)
    send(http, EVENT)
    assert [each["duplicate_of"] for each in admin("GET", "events").json["events"]] == [None, None, 2]
