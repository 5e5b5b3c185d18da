import pytest

from mockpin.calibration.observed import EventVerdict, ObservedAnswer, keep_headers, read_verdict

DATE = "Wed, 30 Sep 2026 12:00:00 GMT"


def answer(body=None, status=200, **headers):
    return ObservedAnswer(status, headers=headers, body=body)


@pytest.mark.parametrize(
    ("event", "verdict"),
    [
        ({}, EventVerdict(processed=True)),
        ({"status": "processed", "warning_message": "w"}, EventVerdict(processed=True, warning="w")),
        ({"status": "FAILED", "error_message": "e"}, EventVerdict(processed=False, error="e")),
        ({"status": "error"}, EventVerdict(processed=False)),
        ({"status": "rejected"}, EventVerdict(processed=False)),
        ({"error_message": "e"}, EventVerdict(processed=False, error="e")),
        ({"status": "processed", "error_message": None}, EventVerdict(processed=True)),
    ],
)
def test_an_event_is_processed_unless_its_status_or_a_message_says_otherwise(event, verdict):
    assert read_verdict(event) == verdict
    assert verdict.outcome == ("processed" if verdict.processed else "failed")


def test_the_summary_is_the_body_or_the_details_of_an_error():
    assert answer({"events": []}).summary == {"events": []}
    assert answer({"message": "m", "details": {"events": [1]}}).summary == {"events": [1]}
    assert answer({"details": "none"}).summary == {"details": "none"}
    assert answer(["a list"]).summary == {}


@pytest.mark.parametrize("events", [None, "all", {}, 3])
def test_an_answer_without_a_list_of_events_has_no_verdicts(events):
    assert answer({"events": events}).verdicts == []


@pytest.mark.parametrize(
    ("body", "status", "outcomes"),
    [
        ({"events": [{"status": "failed"}, "no object", {}]}, 200, ["failed", "processed"]),
        ({}, 422, ["failed"]),
        ({}, 400, ["refused"]),
        ({}, 403, ["refused"]),
        ({}, 200, ["processed"]),
        ({"num_events_processed": 1, "num_events_received": 2}, 200, ["failed"]),
        ({"num_events_processed": 2, "num_events_received": 2}, 200, ["processed"]),
        ({"num_events_processed": "1", "num_events_received": 2}, 200, ["processed"]),
        ({"num_events_processed": 1}, 200, ["processed"]),
    ],
)
def test_without_listed_events_the_status_and_the_counts_tell_the_outcome(body, status, outcomes):
    assert answer(body, status).outcomes == outcomes


def test_the_services_clock_is_read_from_its_words_before_its_date_header():
    stated = {"events": [{}, {"error_message": "Current timestamp: 1790000000, Given: 1"}]}
    assert answer(stated, date=DATE).service_time == 1_790_000_000.5
    assert answer({}, date=DATE).service_time == 1_790_769_600.5


@pytest.mark.parametrize(
    ("headers", "message"),
    [({}, ""), ({"date": "soon"}, ""), ({}, "Current timestamp: 17900000001234"), ({"date": ""}, "")],
)
def test_an_answer_may_not_tell_the_services_clock(headers, message):
    assert answer({"events": [{"error_message": message}]}, **headers).service_time is None


def test_only_headers_about_the_type_the_time_and_the_rate_limit_are_kept():
    kept = keep_headers(
        {"Date": DATE, "Set-Cookie": "a=b", "X-RateLimit-Limit": "5", "Retry-After": "1", "X-Date": "x"}
    )
    assert kept == {"date": DATE, "x-ratelimit-limit": "5", "retry-after": "1"}


def test_a_calibration_keeps_all_of_an_answer():
    kept = answer({"a": 1}, 422, date=DATE).to_dict()
    assert kept == {"status": 422, "reason": "", "headers": {"date": DATE}, "body": {"a": 1}}
    assert ObservedAnswer(**kept) == answer({"a": 1}, 422, date=DATE)
