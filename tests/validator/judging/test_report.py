import pytest
from hypothesis import given, settings

from mockpin_validator import Judge, Policy, Report, validate
from tests.validator.events import NOW, any_payloads, changed

PLAIN = changed(user_data__em=["ada@example.com"])


def test_a_clean_event_gives_an_empty_report():
    report = validate(changed(), now=NOW)
    assert report.ok
    assert list(report) == []
    assert report.to_dict() == {"ok": True, "findings": []}


@pytest.mark.parametrize("given_", [PLAIN, [PLAIN], {"data": [PLAIN]}])
def test_an_event_a_list_and_a_payload_are_judged_alike(given_):
    (finding,) = validate(given_, now=NOW)
    assert finding.path == "/data/0/user_data/em/0"


def test_findings_are_had_by_event():
    report = validate([*(changed(event_id=f"e{index}") for index in range(10)), PLAIN], now=NOW)
    assert [finding.rule for finding in report.for_event(10)] == ["match-key-not-hashed"]
    assert report.for_event(1) == ()


def test_time_may_be_ignored():
    old = changed(event_time=1)
    assert not validate(old, now=NOW).ok
    assert validate(old, ignore_time=True).findings == ()


def test_without_now_the_present_counts():
    assert [finding.rule for finding in validate(changed(event_time=1))] == ["event-time-too-old"]


def test_a_refused_event_does_not_hide_what_is_wrong_with_the_others():
    report = validate([changed(foo=1, event_id="another"), PLAIN], now=NOW)
    assert [finding.rule for finding in report] == ["schema", "match-key-not-hashed"]


@pytest.mark.parametrize("odd", [None, 7, "text", [], {"data": 3}, {"data": []}, {"data": [7]}, [None]])
def test_a_non_payload_is_refused_with_a_sentence(odd):
    report = validate(odd, now=NOW)
    assert not report.ok
    assert {finding.rule for finding in report} == {"schema"}


@settings(max_examples=120, deadline=None)
@given(any_payloads())
def test_the_report_has_an_error_exactly_when_pinterest_would_refuse_or_fail(payload):
    judge = Judge(Policy())
    refused = judge.refusal(payload) is not None
    failed = not refused and any(
        finding.severity == "error" for findings in judge.judge(payload, now=NOW) for finding in findings
    )
    assert Report(judge.review(payload, now=NOW)).ok == (not refused and not failed)


@settings(max_examples=120, deadline=None)
@given(any_payloads())
def test_judging_what_is_sound_says_the_same_as_refusing_first_and_judging_then(payload):
    judge = Judge()
    in_two_steps = None if judge.refusal(payload) else judge.judge(payload, now=NOW)
    assert judge.judge_sound(payload, now=NOW) == in_two_steps


def test_what_is_not_json_where_anything_goes_is_judged_all_the_same():
    (finding,) = validate(changed(user_data__odd=object()), now=NOW)
    assert finding.rule == "user-data-field-unknown"


@pytest.mark.parametrize("value", ["\ud800", "Mozilla/5.0 \udfff (iPhone)"])
@pytest.mark.parametrize("field", ["event_id", "user_data__client_user_agent", "custom_data__currency"])
def test_half_a_character_is_refused_as_a_receiver_would(field, value):
    (finding,) = validate(changed(**{field: value}), now=NOW)
    assert (finding.rule, finding.severity) == ("schema", "error")
    assert "not JSON" in finding.message


@pytest.mark.parametrize("field", ["event_time", "custom_data__num_items"])
def test_a_number_of_too_many_digits_to_write_is_refused(field):
    report = validate(changed(**{field: 10**5_000}), now=NOW)
    assert {finding.rule for finding in report} == {"schema"}


def test_what_is_not_a_number_is_refused_even_where_anything_goes():
    assert not validate(changed(user_data__odd=float("nan")), now=NOW).ok
