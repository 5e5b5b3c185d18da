import gzip

import orjson
import pytest

from mockpin.emulator.pipeline.answers import Verdict
from mockpin.emulator.pipeline.event_steps import reach_verdict
from mockpin.emulator.pipeline.faults import Faults, parse_rule
from mockpin_validator.judging.finding import Finding
from tests.mockpin.sending import AD_ACCOUNT_ID, HASH, NOW, TOKEN, Sending, conversion_event

UNHASHED = {"em": ["jane@x.test"]}


def faulty(*rules, **how):
    faults = Faults()
    for rule in rules:
        faults.add(parse_rule(rule))
    return Sending(faults=faults, **how)


def message(answer):
    return orjson.loads(answer.body)["message"]


def test_the_steps_are_in_the_order_of_the_checks():
    judging, recording = (
        [getattr(step, "func", step).__name__ for step in steps]
        for steps in Sending().emulator.events_pipeline
    )
    assert judging == [
        "read_body", "fault_on_request", "authenticate", "authorize", "limit_rate", "require_json",
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


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic eA==", TOKEN, f"Token {TOKEN}"])
def test_a_request_without_a_bearer_token_is_answered_401(authorization):
    sending = Sending()
    answer = sending.send(b"{}", authorization=authorization)
    assert (answer.status, "X-RateLimit-Limit" in dict(answer.headers)) == (401, False)


def test_the_scheme_of_the_token_has_any_case():
    assert (
        Sending().send(orjson.dumps({"data": [conversion_event()]}), authorization=f"bearer  {TOKEN}").status
        == 200
    )


def test_a_malformed_ad_account_is_named():
    answer = Sending().send(b"{}", ad_account_id="12a")
    assert message(answer) == r"'ad_account_id' value '12a' must match the pattern: ^\d+$"


def test_a_refused_request_past_the_token_says_what_is_left():
    answer = Sending().send(b"{")
    assert (answer.status, dict(answer.headers)["X-RateLimit-Remaining"]) == (400, "119999")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"data": NaN}', b"[" * 100_000, b'{"data":"\xc3'])
def test_a_body_that_is_not_json_is_answered_400(body):
    answer = Sending().send(body)
    assert answer.status == 400
    assert message(answer).startswith("Invalid request: the body is not JSON")


@pytest.mark.parametrize(
    "payload", [None, 1, "x", [], {}, {"data": []}, {"data": {}}, {"data": [1]}, {"data": [{}]}]
)
def test_a_schema_violation_is_answered_400_for_the_whole_request(payload):
    sending = Sending()
    assert sending.send(orjson.dumps(payload)).status == 400
    assert sending.records() == []


def test_a_packed_body_is_read():
    assert (
        Sending()
        .send(gzip.compress(orjson.dumps({"data": [conversion_event()]})), content_encoding="gzip")
        .status
        == 200
    )


def test_a_body_over_the_limit_is_a_413():
    answer = Sending(body_limit="1KB").send(b" " * 1001)
    assert (answer.status, message(answer)) == (413, "Invalid request: the body is larger than 1000 bytes")


def test_good_events_of_a_mixed_batch_are_kept():
    sending = Sending()
    answer = sending.post(conversion_event(), conversion_event(event_id="o-2", user_data=UNHASHED))
    details = orjson.loads(answer.body)["details"]
    assert (answer.status, details["num_events_processed"], details["num_events_received"]) == (422, 1, 2)
    assert [each["status"] for each in sending.records()] == ["processed", "failed"]


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


def test_only_the_first_events_of_a_test_batch_are_judged():
    sending = Sending(test_batch="1")
    bad = [conversion_event(event_id=str(i), user_data=UNHASHED) for i in range(3)]
    details = orjson.loads(sending.post(*bad, query="test=true").body)["details"]
    assert [each["status"] for each in details["events"]] == ["failed", "processed", "processed"]
    assert "jane" not in str(sending.records())


def test_a_duplicate_is_processed_and_names_the_first():
    sending = Sending()
    sending.post(
        conversion_event(), conversion_event(event_name="CheckOut"), conversion_event(event_id="o-2")
    )
    assert sending.post(conversion_event()).status == 200
    assert [each["duplicate_of"] for each in sending.records()] == [None, 1, None, 1]


@pytest.mark.parametrize("fields", [
    {"action_source": "offline"}, {"event_id": ""}, {"event_id": "  "}, {"user_data": UNHASHED},
])  # fmt: skip
def test_failed_and_offline_events_and_those_without_an_id_take_no_part(fields):
    sending = Sending()
    sending.post(conversion_event(**fields))
    sending.post(conversion_event(**fields))
    sending.post(conversion_event(**fields, **{} if "event_id" in fields else {"event_id": "o-1"}))
    assert [each["duplicate_of"] for each in sending.records()] == [None, None, None]


def test_an_event_equal_to_a_failed_one_is_not_its_duplicate():
    sending = Sending()
    sending.post(conversion_event(user_data=UNHASHED))
    sending.post(conversion_event())
    assert sending.records()[1]["duplicate_of"] is None


def test_an_event_id_that_is_an_address_is_deduplicated_without_being_kept():
    sending = Sending()
    for _ in range(2):
        sending.post(conversion_event(event_id="jane@x.test"))
    assert sending.records()[1]["duplicate_of"] == 1
    assert "jane@x" not in str(list(sending.emulator.store.first_reports())) + str(sending.records())


def test_limited_data_processing_and_reporting_class_are_recorded():
    sending = Sending()
    sending.post(conversion_event(event_time=NOW - 3601, custom_data={"opt_out_type": "LDP"}))
    (record,) = sending.records()
    assert record["reported_as"] == "offline"
    assert record["limited_data_processing"]["reason"].startswith("LDP is ignored: user_data.st is missing")


def test_a_status_fault_strikes_before_the_token():
    sending = faulty({"fault": {"status": 503}, "times": 1})
    assert [sending.post(conversion_event(), token="x").status for _ in range(2)] == [503, 401]


def test_a_dropped_request_is_not_processed():
    sending = faulty({"fault": {"drop": True}})
    answer = sending.post(conversion_event())
    assert (answer.body, answer.promised > 0, sending.records()) == (b"", True, [])
    assert sending.exchanges()[0]["fault"] == "drop"


def test_a_request_dropped_for_its_events_has_been_processed():
    sending = faulty({"event_name": "checkout", "fault": {"drop": True}})
    assert sending.post(conversion_event()).body == b""
    assert len(sending.records()) == 1


def test_a_fault_can_fail_chosen_events():
    sending = faulty({"fault": {"fail_events": [1, 2, 7]}})
    sending.post(conversion_event(), conversion_event(event_id="o-2"))
    assert [each["status"] for each in sending.records()] == ["processed", "failed"]


@pytest.mark.parametrize("asked", ["add_to_cart", "AddToCart"])
@pytest.mark.parametrize("sent", ["add_to_cart", "AddToCart"])
def test_a_fault_of_an_event_knows_the_tags_name_and_the_apis(asked, sent):
    sending = faulty({"event_name": asked, "fault": {"status": 429}})
    assert sending.post(conversion_event(event_name="checkout")).status == 200
    assert sending.post(conversion_event(event_name=sent)).status == 429


def test_what_pinterest_says_of_several_warnings_is_joined_and_the_first_error_fails_the_event():
    said = {"path": "", "message": "", "fix": "", "source": "", "documented": "inferred"}
    warn, more, error, other = (
        Finding(rule=reply, severity=severity, reply=reply, **said)
        for reply, severity in (("a", "warning"), ("b", "warning"), ("c", "error"), ("d", "error"))
    )
    assert reach_verdict((warn, more)) == Verdict("processed", "", "a; b")
    assert reach_verdict((warn, error, other)) == Verdict("failed", "c", "a")


def test_an_error_without_words_of_pinterest_s_fails_the_event_in_ours():
    error = Finding("rule", "error", "", "It is wrong.", "Mend it.", "", "inferred")
    assert reach_verdict((error,)) == Verdict("failed", "It is wrong.", "")


def test_a_number_beyond_64_bits_is_no_error_of_ours():
    sending = Sending()
    assert sending.post(conversion_event(event_time=2**64 - 1)).status == 422
    assert sending.post(conversion_event(event_time=1e300)).status == 422


def test_the_ad_account_of_the_path_is_the_events():
    sending = Sending()
    sending.post(conversion_event())
    assert sending.records()[0]["ad_account_id"] == AD_ACCOUNT_ID


def test_a_telephone_number_as_a_name_is_kept_neither_of_the_request_nor_of_its_answer():
    sending = Sending()
    answer = sending.post(conversion_event(custom_data={"contents": [{"+1 415 555 0123": "1"}]}))
    (exchange,) = sending.exchanges()
    assert b"415 555" in answer.body
    assert "415 555" not in str(exchange)
    assert "('<masked 15>' was unexpected)" in exchange["answer"]


NOBODY = {"external_id": [HASH]}
NAMELESS = {name: value for name, value in conversion_event().items() if name != "event_id"}


@pytest.mark.parametrize(("setting", "event"), [
    ("user_data_minimum", conversion_event(user_data=NOBODY)), ("event_id_missing", NAMELESS),
])  # fmt: skip
@pytest.mark.parametrize(("consequence", "status"), [("refuse", 400), ("fail", 422), ("warn", 200)])
def test_what_later_descriptions_leave_open_gets_what_its_setting_says(setting, event, consequence, status):
    sending = Sending(**{setting: consequence})
    assert sending.post(event).status == status
    assert sending.post(conversion_event()).status == 200


def test_events_without_an_id_have_no_duplicates_and_are_kept_as_they_came():
    sending = Sending(event_id_missing="warn")
    sending.post(NAMELESS, NAMELESS)
    assert [(each["event_id"], each["duplicate_of"]) for each in sending.records()] == [("", None)] * 2
    assert "event_id" not in sending.records()[0]["payload"]


def test_an_unknown_ad_account_is_answered_404_if_set_so():
    sending = Sending(unknown_ad_account="404")
    assert message(sending.send(b"{}", ad_account_id="1")) == "AdAccount not found."
    sending.emulator.accounts.add("2", "pina_another")
    assert sending.send(b"{}", ad_account_id="2").status == 403


@pytest.mark.parametrize("field", ["event_id", "event_name"])
def test_a_long_name_or_id_is_deduplicated_by_its_digest(field):
    sending = Sending()
    for end in ("a", "a", "b"):
        sending.post(conversion_event(**{field: "x" * 10_000 + end}))
    assert [record["duplicate_of"] for record in sending.records()] == [None, 1, None]
    assert {len(key.digest) for key, _ in sending.emulator.store.first_reports()} == {16}
