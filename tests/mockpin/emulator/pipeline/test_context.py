"""What a request says before anything has been looked up, and what a context hides."""

import pytest

from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import JudgedEvent, RefusalCause, Refused, RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest

SECRET = "pina_secret"


def asked(query="", **headers):
    return HttpRequest("POST", "/v5", query, headers, b"jane@example.com")


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
        asked(), "1", events=[JudgedEvent({}, b"{}")], first_seqs={b"key": 1}, rows=["row"]
    )
    context.drop_events()
    assert (context.rows, context.first_seqs, context.events) == ([], {}, [])
