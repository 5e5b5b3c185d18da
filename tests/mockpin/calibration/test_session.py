import pytest

from mockpin.calibration.failures import BudgetSpent, ServiceThrottled
from mockpin.calibration.observed import ObservedAnswer
from mockpin.calibration.probes import EventVariant
from mockpin.calibration.session import read_number, read_wait
from tests.mockpin.calibration.scripted import NOW, judge, make_session

EVENT = EventVariant()
THROTTLED = judge(status=429)


def batch_sizes(session):
    return [len(events) for events, _ in session.service.requests]


def test_an_exchange_keeps_the_events_the_answer_and_when_it_was():
    session = make_session(judge("processed"), judge("failed", status=422))
    assert session.ask([EVENT]) == judge("processed")
    session.ask([EVENT], ad_account_id="0")
    first, second = session.exchanges
    assert (first.at, first.ad_account_id, second.ad_account_id) == (NOW, None, "0")
    assert first.to_dict() == {
        "at": NOW,
        "ad_account_id": None,
        "events": session.service.requests[0][0],
        "answer": judge("processed").to_dict(),
    }


def test_a_throttled_request_is_sent_once_more_after_the_window():
    waits = []
    session = make_session(judge("processed"), judge(status=429, x_ratelimit_reset="7"), judge("processed"))
    session.sleep = waits.append
    session.ask([EVENT])
    session.ask([EVENT])
    assert waits == [0.125, 0.125, 8]
    assert len(session.exchanges) == 2


def test_an_answer_that_leaves_nothing_of_the_rate_limit_is_followed_by_a_wait():
    waits = []
    session = make_session(*[judge("processed", ratelimit_remaining="0", ratelimit_reset="3")] * 2)
    session.sleep = waits.append
    session.ask([EVENT])
    session.ask([EVENT])
    assert waits == [0.125, 4]


def test_two_throttled_answers_end_the_calibration():
    session = make_session(THROTTLED, THROTTLED)
    with pytest.raises(ServiceThrottled, match="429 twice"):
        session.ask([EVENT])
    assert session.exchanges == []


@pytest.mark.parametrize(("seconds", "ends"), [("60", False), ("61", True)])
def test_a_wait_of_more_than_61_seconds_ends_the_calibration(seconds, ends):
    session = make_session(judge(status=429, retry_after=seconds), judge("processed"))
    if not ends:
        assert session.ask([EVENT]).status == 200
        return
    with pytest.raises(ServiceThrottled, match="leaves no room for 62 seconds"):
        session.ask([EVENT])


def test_a_session_sends_at_most_40_requests_of_20_events_unless_it_is_told_otherwise():
    session = make_session()
    assert (session.limit, session.batch) == (40, 20)


def test_a_session_sends_no_more_requests_than_its_limit():
    session = make_session(*[judge("processed")] * 3, limit=2)
    session.ask([EVENT])
    session.ask([EVENT])
    with pytest.raises(BudgetSpent, match="at most 2 requests"):
        session.ask([EVENT])


def test_events_are_asked_in_batches_that_the_service_judges_whole():
    session = make_session(judge("processed", "failed"), judge("processed"), batch=2)
    assert session.ask_each([EVENT] * 3) == ["processed", "failed", "processed"]
    assert batch_sizes(session) == [2, 1]


def test_a_batch_that_is_refused_is_asked_event_by_event():
    session = make_session(judge(status=400), judge("failed"), judge(status=400))
    assert session.ask_each([EVENT] * 2) == ["failed", "refused"]
    assert batch_sizes(session) == [2, 1, 1]


@pytest.mark.parametrize(("ahead", "offset"), [(1.5, 0), (-1.5, 0), (2.5, 2.5), (-40_000.5, -40_000.5)])
def test_events_follow_the_services_clock_where_it_differs_by_two_seconds(ahead, offset):
    stated = f"Current timestamp: {NOW + ahead - 0.5:.0f}"
    answer = ObservedAnswer(200, body={"events": [{"error_message": stated}]})
    session = make_session(answer, judge("processed"))
    session.ask([EVENT])
    session.ask([EVENT])
    assert session.offset == offset
    assert session.exchanges[1].at == NOW + offset
    assert session.service.requests[1][0][0]["event_time"] == round(NOW + offset - 2)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 2),
        ({"retry_after": "7"}, 8),
        ({"ratelimit_reset": "5"}, 6),
        ({"retry_after": "soon", "x_ratelimit_reset": "5"}, 6),
        ({"retry_after": "7", "ratelimit_reset": "5"}, 8),
    ],
)
def test_the_wait_is_a_second_longer_than_the_headers_say(headers, seconds):
    assert read_wait(judge(**headers)) == seconds


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("", None), ("-1", None), ("1.5", None), ("²", None)]
)
def test_a_header_has_a_whole_number_or_none(text, number):
    assert read_number(judge(x_limit=text), "limit") == number
