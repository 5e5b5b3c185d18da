"""How the admin API takes a request, and what it says of one that it cannot take."""

import pytest
from werkzeug import exceptions

from mockpin.web.admin.api import explain_error
from tests.mockpin.web.calls import EVENT, TOKEN, send


@pytest.mark.parametrize("path", ["events/9", "requests/9", "nothing", "faults/7"])
def test_what_is_not_there_is_a_problem(admin, path):
    answer = admin("DELETE" if path.startswith("faults") else "GET", path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json["detail"]


@pytest.mark.parametrize("path", [f"events/{2**63}", "requests/0", f"faults/{2**99}", "accounts/x"])
def test_a_number_out_of_its_range_is_a_problem(admin, path):
    answer = admin("GET" if path[0] in "er" else "DELETE", path)
    assert (answer.status_code, answer.json["errors"][0]["in"]) == (400, "path")


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
    assert explain_error(error).status == status


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
    assert (
        admin("GET", "settings?x=1").json["errors"][0]["detail"] == "Unknown field; no field is known here."
    )
