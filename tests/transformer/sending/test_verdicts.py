import pytest

from mockpin_transformer.sending.replies import PinterestAnswer
from mockpin_transformer.sending.verdicts import read_failures

BATCH = [{"event_id": "e0"}, {"event_id": 5}, {"user_data": {"em": ["ada@x.io"]}}]
PROCESSED = {"status": "processed", "error_message": "", "warning_message": ""}


def failed(message=None):
    return {"status": "failed", "error_message": message}


def failures(reply):
    return [(failure.index, failure.event_id, failure.message) for failure in read_failures(BATCH, reply)]


def test_an_accepted_batch_without_failed_events_has_no_failures():
    assert failures(PinterestAnswer(200, "OK", {"events": [PROCESSED] * 3})) == []


@pytest.mark.parametrize("body", [None, {}, [], {"events": "all"}, {"events": []}])
def test_an_accepted_batch_without_verdicts_is_not_taken_for_processed(body):
    found = failures(PinterestAnswer(200, "OK", body))
    assert found == [
        (index, event_id, "Pinterest's answer has no verdict on this event.")
        for index, event_id in ((0, "e0"), (1, None), (2, None))
    ]


def test_the_details_of_a_422_say_which_events_failed_and_why():
    body = {"code": 953, "message": "some", "details": {"events": [failed("too old"), PROCESSED, failed()]}}
    assert failures(PinterestAnswer(422, "Unprocessable Entity", body)) == [
        (0, "e0", "too old"),
        (2, None, "failed without a reason"),
    ]


def test_a_failed_event_in_a_200_has_failed():
    assert failures(PinterestAnswer(200, "OK", {"events": [PROCESSED, failed("no"), PROCESSED]})) == [
        (1, None, "no")
    ]


def test_an_event_without_a_verdict_is_not_taken_for_processed():
    found = failures(PinterestAnswer(422, "Unprocessable Entity", {"details": {"events": [PROCESSED, "?"]}}))
    assert [item[0] for item in found] == [1, 2]


def test_a_refused_batch_fails_as_a_whole_without_plain_text():
    reply = PinterestAnswer(
        400, "Bad Request", {"code": 1, "message": "Invalid request: 'ada@x.io' is not an array"}
    )
    assert failures(reply)[2] == (2, None, "400 Bad Request: Invalid request: 'aaa@a.aa' is not an array")
    assert len(failures(reply)) == 3


def test_an_event_of_which_nobody_knows_what_became_of_it_is_ambiguous():
    for reply in (PinterestAnswer(200, "OK"), PinterestAnswer(503, "Busy"), PinterestAnswer(None, "cut off")):
        assert {failure.ambiguous for failure in read_failures(BATCH, reply)} == {True}
    refused = {"details": {"events": [failed()] * 3}}
    for reply in (
        PinterestAnswer(429, "Slow"),
        PinterestAnswer(400, "Bad"),
        PinterestAnswer(422, "Unprocessable", refused),
    ):
        assert {failure.ambiguous for failure in read_failures(BATCH, reply)} == {False}


def test_an_event_id_that_says_who_it_was_is_shown_by_its_shape_only():
    batch = [{"event_id": "ada@x.io"}, {"event_id": "o-415", "user_data": {"ph": ["415"]}}]
    found = read_failures(batch, PinterestAnswer(400, "Bad Request"))
    assert [failure.event_id for failure in found] == ["aaa@a.aa", "o-999"]


def test_how_long_the_server_asks_to_be_left_alone_is_told():
    waiting = "503 Service Unavailable (the server asks to wait 3,600 s)"
    for body, message in ((None, waiting), ({"message": "Later."}, f"{waiting}: Later.")):
        reply = PinterestAnswer(503, "Service Unavailable", body, wait=3600.0)
        assert {failure.message for failure in read_failures(BATCH, reply)} == {message}


def test_no_answer_fails_every_event():
    assert {failure[2] for failure in failures(PinterestAnswer(None, "no answer from h"))} == {
        "no answer from h"
    }


def test_the_sentence_of_a_refusal_hides_the_data_of_every_event_of_the_batch():
    batch = [{"event_id": "e0"}, {"event_id": "e1", "user_data": {"ln": "Lovelace"}}]
    reply = PinterestAnswer(
        400, "Bad Request", {"message": "Invalid request: 'Lovelace' is not of type 'array'"}
    )
    found = list(read_failures(batch, reply))
    assert [verdict.status for verdict in found] == [400, 400]
    assert "Lovelace" not in str(found)
