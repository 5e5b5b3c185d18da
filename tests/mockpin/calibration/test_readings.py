import pytest

from mockpin.calibration.failures import ProbeUnreadable, ServiceFailed
from mockpin.calibration.observed import EventVerdict, ObservedAnswer
from mockpin.calibration.probes import EventVariant, Probe
from mockpin.calibration.readings import READINGS, ProbeReading, ask_verdicts, write_by_key
from tests.mockpin.calibration.scripted import NOW, judge, make_session

GOOD, OLD, NEW = EventVariant(), EventVariant(age=100), EventVariant(age=-100)


def read(reading, session, variants=(GOOD,), settings=("s",), **options):
    return READINGS[reading](session, Probe("n", "q", "a", settings, reading, variants, options))


def warn(*warnings):
    """An answer that processes an event for each warning."""
    events = [{"status": "processed", "warning_message": warning} for warning in warnings]
    return ObservedAnswer(200, body={"events": events})


def test_a_correct_event_may_be_processed_at_the_second_try():
    session = make_session(judge("failed"), judge("processed"))
    assert read("plain", session) == ProbeReading("processed")
    assert len(session.service.requests) == 2
    assert read("plain", make_session(judge("processed"))) == ProbeReading("processed")


@pytest.mark.parametrize(
    ("body", "message"),
    [({"events": [{"error_message": "x" * 300}]}, "x" * 200), ({"message": "No."}, "No."), (None, "")],
)
def test_a_service_that_processes_no_correct_event_cannot_be_asked(body, message):
    answer = ObservedAnswer(422, body=body)
    with pytest.raises(ServiceFailed) as failed:
        read("plain", make_session(answer, answer))
    assert f"(status 422: {message!r})" in str(failed.value)


@pytest.mark.parametrize(
    ("answer", "reading"),
    [
        (judge("failed", "processed", status=422), ProbeReading("422", {"mixed_batch_status": "422"})),
        (judge("failed", "processed"), ProbeReading("200", {"mixed_batch_status": "200"})),
        (judge("failed", "processed", status=207), ProbeReading("207")),
        (judge(status=400), ProbeReading("400 for the whole request")),
        (
            ObservedAnswer(200, body={"num_events_processed": 1, "num_events_received": 2}),
            ProbeReading("200", {"mixed_batch_status": "200"}),
        ),
        (judge(status=422), ProbeReading("422", {"mixed_batch_status": "422"})),
    ],
)
def test_a_mixed_batch_shows_its_status(answer, reading):
    assert read("mixed_batch", make_session(answer), (OLD, GOOD)) == reading


@pytest.mark.parametrize("outcomes", [("failed", "failed"), ("processed", "processed")])
def test_a_batch_that_is_not_mixed_is_not_readable(outcomes):
    with pytest.raises(ProbeUnreadable, match="did not fail just some"):
        read("mixed_batch", make_session(judge(*outcomes)), (OLD, GOOD))


def test_the_first_event_that_a_mixed_batch_fails_is_used_again():
    session = make_session(judge("processed", "failed", "failed"), judge("failed", "failed", status=422))
    read("mixed_batch", session, (GOOD, OLD, NEW))
    assert session.failing is OLD
    assert read("failed_batch", session) == ProbeReading("422")
    assert [event["event_time"] for event in session.service.requests[1][0]] == [NOW - 100] * 2


def test_a_failed_batch_has_no_more_events_than_the_service_judges():
    session = make_session(judge("failed"), failing=OLD, batch=1)
    assert read("failed_batch", session) == ProbeReading("200")
    assert len(session.service.requests[0][0]) == 1


@pytest.mark.parametrize("reading", ["failed_batch", "test_batch"])
def test_a_reading_of_failures_needs_an_event_that_fails(reading):
    with pytest.raises(ProbeUnreadable, match="no event is known that the service fails"):
        read(reading, make_session(), sizes=[2])


@pytest.mark.parametrize(
    ("answer", "reading"),
    [
        (judge("failed"), ProbeReading("failed", {"s": "fail"})),
        (judge(status=400), ProbeReading("the whole request is refused", {"s": "refuse"})),
        (judge("processed"), ProbeReading("processed")),
    ],
)
def test_a_consequence_is_the_value_of_the_probes_settings(answer, reading):
    values = {"failed": "fail", "refused": "refuse"}
    assert read("consequence", make_session(answer), values=values) == reading


def test_a_probe_without_values_decides_no_setting():
    assert read("consequence", make_session(judge("failed"))) == ProbeReading("failed")


def test_verdicts_are_listed_behind_the_status_of_one_batch():
    session = make_session(judge("failed", "processed", status=422), batch=2)
    assert read("verdicts", session, (OLD, GOOD, NEW)) == ProbeReading("422: failed, processed")
    assert len(session.service.requests[0][0]) == 2


def test_plain_text_is_read_by_match_key_and_the_first_tolerated_is_used_again():
    keys = ("em", "external_id", "ph", "ge")
    variants = [EventVariant({"user_data": {key: ["x"]}}) for key in keys]
    session = make_session(judge("failed", "processed", "failed", "processed"))
    text = "em:fail,external_id:warn,ge:warn,*:fail"
    assert read("unhashed", session, variants) == ProbeReading(text, {"unhashed": text})
    assert session.tolerated is variants[1]


def test_the_star_stands_for_what_most_other_keys_get():
    verdicts = {"ph": "warn", "em": "fail", "ge": "fail", "external_id": "warn", "ct": "warn"}
    assert write_by_key(verdicts) == "em:fail,external_id:warn,ge:fail,*:warn"


@pytest.mark.parametrize(
    ("warnings", "tolerated", "reading"),
    [
        (("", "w"), None, ProbeReading("missing recommended fields are warned of", {"warnings": "2026"})),
        (("w", "w", ""), GOOD, ProbeReading("there are no warnings", {"warnings": "off"})),
        (("", "", "not hashed"), GOOD, ProbeReading("only wrong values are warned of", {"warnings": "2024"})),
        (("", ""), None, ProbeReading("only wrong values are warned of", {"warnings": "2024"})),
        (("w", ""), None, ProbeReading("only wrong values are warned of", {"warnings": "2024"})),
    ],
)  # fmt: skip
def test_warnings_are_of_missing_fields_of_wrong_values_or_off(warnings, tolerated, reading):
    assert read("warnings", make_session(warn(*warnings), tolerated=tolerated), (GOOD, GOOD)) == reading


def test_verdicts_are_asked_in_batches():
    session = make_session(warn("a", "b"), warn("c"), batch=2)
    assert ask_verdicts(session, [GOOD] * 3) == [EventVerdict(processed=True, warning=text) for text in "abc"]


def test_an_answer_that_does_not_list_each_event_gives_no_verdicts():
    with pytest.raises(ProbeUnreadable, match="does not list the events"):
        ask_verdicts(make_session(warn("a")), [GOOD] * 2)


def test_the_test_batch_is_as_long_as_its_failures():
    session = make_session(judge("failed", "failed"), judge("failed", "failed", "processed"), failing=OLD)
    assert read("test_batch", session, sizes=[2, 3, 9]) == ProbeReading("2", {"test_batch": "2"})
    assert ([len(events) for events, _ in session.service.requests], session.batch) == ([2, 3], 2)


def test_a_service_that_judges_every_size_has_the_largest_as_its_test_batch():
    session = make_session(judge(*["failed"] * 30), failing=OLD)
    assert read("test_batch", session, sizes=[30]) == ProbeReading("30", {"test_batch": "30"})
    assert session.batch == 20


@pytest.mark.parametrize("answer", [judge(status=400), judge("processed", "processed")])
def test_a_batch_of_failures_without_any_is_not_readable(answer):
    with pytest.raises(ProbeUnreadable, match="a batch of 2 events that fail"):
        read("test_batch", make_session(answer, failing=OLD), sizes=[2])


class HourService:
    """Processes an event up to an hour from its clock on one side, and fails every other."""

    def __init__(self, sign):
        self._sign = sign

    def answer(self, events, *, ad_account_id=None):  # noqa: ARG002 - as ProbedService
        distances = [(event["event_time"] - NOW) * self._sign for event in events]
        return judge(*["processed" if 0 <= distance <= 3600 else "failed" for distance in distances])


@pytest.mark.parametrize(("direction", "sign"), [("age", -1), ("ahead", 1)])
def test_a_time_limit_is_the_farthest_time_that_is_processed(direction, sign):
    session = make_session(batch=9)
    session.service = HourService(sign)
    reading = read("time_limit", session, direction=direction, likely=["1h", "1d"], far=["2d"])
    assert reading == ProbeReading("1h", {"s": "1h"})


@pytest.mark.parametrize(
    ("status", "settings"), [(403, {"s": "403"}), (404, {"s": "404"}), (400, {}), (200, {})]
)
def test_an_unknown_ad_account_shows_its_status(status, settings):
    session = make_session(judge(status=status))
    reading = read("unknown_account", session, ad_account_id="0")
    assert reading == ProbeReading(str(status), settings)
    assert session.service.requests[0][1] == "0"


@pytest.mark.parametrize(
    ("header", "limit"),
    [
        ("100, 100;w=1, 1000;w=60", "100/s"),
        ("1000, 5000;w=60, 1000;w=86400", "1000/d"),
        ('120000, 120000;w=60;name="x"', "120000/min"),
        (" 7 , 7 ; w = 3600", "7/h"),
    ],
)
def test_the_rate_limit_is_the_policy_that_the_header_names_first(header, limit):
    reading = ProbeReading(limit, {"rate_limit": limit})
    for name in ("x_ratelimit_limit", "ratelimit_limit"):
        assert read("rate_limit", make_session(judge("processed", **{name: header}))) == reading


def test_a_service_without_the_header_announces_no_limit():
    reading = ProbeReading("no limit is announced", {"rate_limit": "off"})
    assert read("rate_limit", make_session(judge("processed"))) == reading


@pytest.mark.parametrize("header", ["100", "many", "100, 50;w=60", "100, 100;w=7", "0, 0;w=60"])
def test_a_header_without_the_limits_window_is_not_readable(header):
    with pytest.raises(ProbeUnreadable, match="names no limit with its window"):
        read("rate_limit", make_session(judge("processed", x_ratelimit_limit=header)))
