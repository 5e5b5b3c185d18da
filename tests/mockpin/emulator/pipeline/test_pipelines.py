import pytest

from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import Refused, RequestContext
from mockpin.emulator.pipeline.pipelines import run_steps
from mockpin.emulator.pipeline.requests import HttpRequest
from tests.mockpin.sending import AD_ACCOUNT_ID, Sending, conversion_event


def test_the_steps_are_in_the_order_of_the_checks():
    judging, recording = (
        [getattr(step, "func", step).__name__ for step in steps]
        for steps in Sending().emulator.events_pipeline
    )
    assert judging == [
        "read_body", "fault_on_request", "authorize", "limit_rate", "require_json",
        "match_schema", "decide_verdicts", "fault_on_events", "classify_events", "mask_events",
    ]  # fmt: skip
    assert recording == ["find_duplicates", "build_rows", "answer_events"]


def test_a_payload_takes_the_same_steps_but_those_that_read_a_body():
    pipelines = Sending().emulator.events_pipeline, Sending().emulator.payload_pipeline
    of_events, of_payload = (
        [getattr(step, "func", step).__name__ for steps in pipeline for step in steps]
        for pipeline in pipelines
    )
    assert of_payload == [name for name in of_events if name not in ("read_body", "require_json")]


@pytest.mark.parametrize(("how", "status"), [
    ({"token": "pina_nobodys", "ad_account_id": "x", "body": b"{"}, 401),
    ({"ad_account_id": "x", "body": b"{"}, 400),
    ({"ad_account_id": "1", "body": b"{"}, 403), ({"body": b"{"}, 429),
])  # fmt: skip
def test_the_first_failing_step_gives_the_answer(how, status):
    sending = Sending(rate_limit="1/min")
    sending.post(conversion_event())
    assert sending.send(**how).status == status


@pytest.mark.parametrize(
    "query", ["test=true", "test=True", "x=1&test=TRUE", "%74est=true", "test=false&test=true"]
)
def test_a_test_request_is_kept_apart(query):
    sending = Sending()
    sending.post(conversion_event(), query=query)
    assert [record["test"] for record in sending.records()] == [True]
    sending.post(conversion_event())
    assert sending.records(test=False)[0]["duplicate_of"] is None


@pytest.mark.parametrize(
    "query", ["", "test=false", "test=False", "test=1", "testing=true", "test", "test=true&test=false"]
)
def test_any_other_value_of_test_means_false(query):
    sending = Sending()
    sending.post(conversion_event(), query=query)
    assert sending.records()[0]["test"] is False


def test_the_ad_account_of_the_path_is_the_events():
    sending = Sending()
    sending.post(conversion_event())
    assert sending.records()[0]["ad_account_id"] == AD_ACCOUNT_ID


@pytest.mark.parametrize("field", ["event_id", "event_name"])
def test_a_long_name_or_id_is_deduplicated_by_its_digest(field):
    sending = Sending()
    for end in ("a", "a", "b"):
        sending.post(conversion_event(**{field: "x" * 10_000 + end}))
    assert [record["duplicate_of"] for record in sending.records()] == [None, 1, None]
    assert {len(digest) for first in sending.emulator.store.first_reports() for digest in first.seqs} == {16}


def test_the_first_step_that_answers_ends_them():
    answer, context = Answer(204, b""), RequestContext(HttpRequest("GET", "/"))
    asked = []
    steps = (asked.append, lambda _: answer, asked.append)
    assert run_steps(steps, context) is answer
    assert asked == [context]
    assert run_steps((asked.append,), context) is None


def test_a_step_that_breaks_down_is_answered_500_and_leaves_no_events(caplog):
    context = RequestContext(HttpRequest("GET", "/"), first_seqs={b"a": 1}, is_clean=True)
    assert run_steps((lambda _: 1 / 0,), context).status == 500
    assert (context.first_seqs, context.is_clean) == ({}, False)
    assert caplog.messages[0].startswith("mockpin broke down: ZeroDivisionError")


def test_a_refusal_is_the_answer_with_its_reason_and_leaves_no_events():
    context = RequestContext(HttpRequest("GET", "/"), is_clean=True)

    def refuse(_context):
        raise Refused(Answer(401, b""), "token")

    assert run_steps((refuse,), context).status == 401
    assert (context.reason, context.is_clean) == ("token", False)
