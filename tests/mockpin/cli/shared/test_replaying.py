import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.cli.shared.replaying import ReplayResult, SegmentEventMet, read_answer, read_payloads, rebase


def event(event_time=100, **changes):
    return {"event_name": "lead", "event_time": event_time} | changes


def test_a_payload_stays_as_it_was():
    odd = {"data": [event()], "unknown": 1}
    assert list(read_payloads([odd])) == [odd]


def test_bare_events_and_lists_are_gathered():
    assert list(read_payloads([event(1), [event(2), event(3)]])) == [{"data": [event(1), event(2), event(3)]}]


def test_a_gathered_batch_is_never_too_large():
    sizes = [len(payload["data"]) for payload in read_payloads([[event()] * 2001])]
    assert sizes == [1000, 1000, 1]


def test_what_the_admin_api_lists_can_be_sent_again():
    requests = {"requests": [{"body": {"data": [event()]}}, {"body": {"bytes": 3}}, {"body": "x"}], "next": 3}
    events = {"events": [{"payload": event(5)}], "next": 1}
    assert list(read_payloads([requests, events])) == [{"data": [event()]}, {"data": [event(5)]}]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"requests": 5},
        {"requests": [{"path": "x"}]},
        {"events": [{"x": 1}]},
        {"events": [event()]},
        {"data": [event()], "events": 1},
    ],
)
def test_a_bad_payload_is_sent_as_it_was(odd):
    assert list(read_payloads([odd])) == [odd]


def test_an_event_that_lacks_its_name_is_an_event():
    assert list(read_payloads([{"event_id": "e1"}])) == [{"data": [{"event_id": "e1"}]}]


@pytest.mark.parametrize("odd", [{"type": "page"}, {"batch": []}, [{"type": "page"}]])
def test_a_segment_event_is_none_of_these(odd):
    with pytest.raises(SegmentEventMet):
        list(read_payloads([odd]))


def test_what_is_not_an_event_is_sent_all_the_same():
    assert list(read_payloads([7])) == [{"data": [7]}]


def test_the_newest_event_moves_to_the_present_and_distances_stay():
    payloads = [{"data": [event(100), event(40)]}, {"data": [event(90)]}]
    moved = rebase(payloads, now=1000.9)
    assert [[event["event_time"] for event in payload["data"]] for payload in moved] == [[1000, 940], [990]]
    assert payloads[0]["data"][0]["event_time"] == 100


@pytest.mark.parametrize("odd", [{"data": []}, {"data": 1}, {"data": [1, {"event_time": "x"}]}, {}])
def test_a_payload_without_times_stays_as_it_was(odd):
    assert rebase([odd], now=1000) == [odd]


@given(st.lists(st.lists(st.integers(-(2**40), 2**40), max_size=4), max_size=4), st.floats(0, 2**33))
def test_no_event_is_ever_moved_beyond_the_present(times, now):
    moved = rebase([{"data": [event(item) for item in batch]} for batch in times], now=now)
    assert all(event["event_time"] <= now for payload in moved for event in payload["data"])


@pytest.mark.parametrize(
    ("status", "body", "processed"),
    [
        (200, {"num_events_processed": 2}, 2),
        (422, {"code": 953, "details": {"num_events_processed": 1}}, 1),
        (400, {"code": 1, "message": "Invalid request: ..."}, 0),
        (200, None, 0),
        (200, {"num_events_processed": None}, 0),
        (200, {"num_events_processed": "2", "events": 5}, 0),
        (500, [], 0),
    ],
)
def test_an_answer_says_how_many_were_processed(status, body, processed):
    answered = read_answer(status, body, sent=2)
    assert (answered.status, answered.processed, answered.received) == (status, processed, 2)
    assert answered.ok == (processed == 2)


@pytest.mark.parametrize(("errors", "reasons"), [(["Old.", "Old.", ""], ("Old.",)), ([""], ("Partly.",))])
def test_the_reasons_are_those_of_the_events_else_of_the_request(errors, reasons):
    events = [{"status": "failed", "error_message": error} for error in errors]
    answered = read_answer(422, {"message": "Partly.", "details": {"events": events}}, sent=len(events))
    assert answered.reasons == reasons


@pytest.mark.parametrize(
    ("status", "processed", "reasons", "said"),
    [
        (200, 2, ("Old.",), "200, 2 of 2 processed"),
        (422, 1, (), "422, 1 of 2 processed"),
        (422, 1, ("Old.", "New."), "422, 1 of 2 processed: Old.; New."),
    ],
)
def test_a_result_is_told_with_its_reasons_where_not_all_were_processed(status, processed, reasons, said):
    assert str(ReplayResult(status, 2, processed, reasons)) == said


def test_a_segment_event_is_told_with_the_command_for_it():
    assert "mockpin send converts and sends them" in str(SegmentEventMet())
