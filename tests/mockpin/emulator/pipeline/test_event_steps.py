import orjson
import pytest

from mockpin.emulator.pipeline.answers import Verdict
from mockpin.emulator.pipeline.event_steps import classify, reach_verdict
from mockpin.emulator.pipeline.faults import Faults, parse_rule
from mockpin_validator.judging.finding import Finding
from tests.mockpin.sending import NOW, Sending, conversion_event

UNHASHED = {"em": ["jane@x.test"]}


def faulty(*rules, **how):
    faults = Faults()
    for rule in rules:
        faults.add(parse_rule(rule))
    return Sending(faults=faults, **how)


def test_good_events_of_a_mixed_batch_are_kept():
    sending = Sending()
    answer = sending.post(conversion_event(), conversion_event(event_id="o-2", user_data=UNHASHED))
    details = orjson.loads(answer.body)["details"]
    assert (answer.status, details["num_events_processed"], details["num_events_received"]) == (422, 1, 2)
    assert [record["status"] for record in sending.records()] == ["processed", "failed"]


def test_only_the_first_events_of_a_test_batch_are_judged():
    sending = Sending(test_batch="1")
    bad = [conversion_event(event_id=str(i), user_data=UNHASHED) for i in range(3)]
    details = orjson.loads(sending.post(*bad, query="test=true").body)["details"]
    assert [event["status"] for event in details["events"]] == ["failed", "processed", "processed"]
    assert "jane" not in str(sending.records())


def test_a_duplicate_is_processed_and_names_the_first():
    sending = Sending()
    sending.post(
        conversion_event(), conversion_event(event_name="CheckOut"), conversion_event(event_id="o-2")
    )
    assert sending.post(conversion_event()).status == 200
    assert [record["duplicate_of"] for record in sending.records()] == [None, 1, None, 1]


@pytest.mark.parametrize("fields", [
    {"action_source": "offline"}, {"event_id": ""}, {"event_id": "  "}, {"user_data": UNHASHED},
])  # fmt: skip
def test_failed_and_offline_events_and_those_without_an_id_take_no_part(fields):
    sending = Sending()
    sending.post(conversion_event(**fields))
    sending.post(conversion_event(**fields))
    sending.post(conversion_event(**fields, **{} if "event_id" in fields else {"event_id": "o-1"}))
    assert [record["duplicate_of"] for record in sending.records()] == [None, None, None]


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


def test_a_request_dropped_for_its_events_has_been_processed():
    sending = faulty({"event_name": "checkout", "fault": {"drop": True}})
    assert sending.post(conversion_event()).body == b""
    assert len(sending.records()) == 1


def test_a_fault_can_fail_chosen_events():
    sending = faulty({"fault": {"fail_events": [1, 2, 7]}})
    sending.post(conversion_event(), conversion_event(event_id="o-2"))
    assert [record["status"] for record in sending.records()] == ["processed", "failed"]


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


NAMELESS = {name: value for name, value in conversion_event().items() if name != "event_id"}


def test_events_without_an_id_have_no_duplicates_and_are_kept_as_they_came():
    sending = Sending(event_id_missing="warn")
    sending.post(NAMELESS, NAMELESS)
    assert [(record["event_id"], record["duplicate_of"]) for record in sending.records()] == [("", None)] * 2
    assert "event_id" not in sending.records()[0]["payload"]


@pytest.mark.parametrize(("action_source", "age", "expected"), [
    ("web", 3600, "web"), ("web", 3601, "offline"), ("app_ios", 0, "app"), ("app_android", 3600.5, "offline"),
    ("offline", 0, "offline"), ("kiosk", 0, "web"), ("web", -60, "web"),
])  # fmt: skip
def test_an_hour_late_is_offline(action_source, age, expected):
    assert classify(action_source, age=age, late_after=3600) == expected
