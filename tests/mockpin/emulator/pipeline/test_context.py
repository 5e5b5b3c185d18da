"""What a request says before anything has been looked up, and what a context hides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import JudgedEvent, RefusalCause, Refused, RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest

SECRET = "pina_secret"


def asked(query="", **headers):
    return HttpRequest("POST", "/v5", query, headers, b"jane@example.com")


@pytest.mark.parametrize(
    ("authorization", "token"),
    [
        (f"Bearer {SECRET}", SECRET),
        (f"bearer  {SECRET} ", SECRET),
        ("Bearer", None),
        ("Bearer  ", None),
        (f"Basic {SECRET}", None),
        (SECRET, None),
        ("", None),
    ],
)
def test_a_token_stands_behind_the_scheme_bearer_in_any_case(authorization, token):
    assert asked(authorization=authorization).token == token


def test_a_request_without_the_header_has_no_token():
    assert asked().token is None


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ("test=true", True),
        ("a=1&test=TRUE", True),
        ("test=%74rue", True),
        ("test=false", False),
        ("test=1", False),
        ("test", False),
        ("test=", False),
        ("latest=true", False),
        ("is_test=TRUE", False),
        ("", False),
    ],
)
def test_only_test_true_makes_a_test_request(query, test):
    assert asked(query).test is test


@pytest.mark.parametrize(("source", "test"), [("api", True), ("segment", True), ("tag", False)])
def test_the_tag_has_no_test_requests(source, test):
    assert RequestContext(asked("test=true"), "1", source=source).test is test


def test_nothing_that_was_sent_is_shown():
    request = asked(f"em=jane@example.com&token={SECRET}", authorization=f"Bearer {SECRET}")
    context = RequestContext(
        request,
        "1",
        payload={"em": "jane@example.com"},
        events=[JudgedEvent({"em": "jane@example.com"}, b"jane@example.com")],
    )
    refused = Refused(
        answers.invalid("'jane@example.com' is not valid"), "schema", RefusalCause("", "jane@example.com")
    )
    for shown in (repr(request), repr(context), str(refused)):
        assert "jane" not in shown
        assert SECRET not in shown


def test_events_that_are_dropped_leave_nothing_behind():
    context = RequestContext(
        asked(), "1", events=[JudgedEvent({}, b"{}")], first_reports={"key": "first"}, rows=["row"]
    )
    context.drop_events()
    assert (context.rows, context.first_reports, context.events) == ([], {}, [])


@given(st.text(max_size=30))
def test_whatever_the_query_says_it_is_a_test_request_or_not(query):
    assert asked(query).test in (True, False)
