import pytest

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
