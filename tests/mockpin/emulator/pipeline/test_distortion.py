import pytest

from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.distortion import GARBAGE, distort
from mockpin.emulator.pipeline.faults import Fault

ANSWER = Answer(200, b"0123456789")


@pytest.mark.parametrize(("kind", "value", "body", "promised"), [
    ("drop", True, b"", 10), ("truncate", 4, b"0123", 10), ("truncate", 0, b"", 10),
    ("garbage", True, GARBAGE, None), ("empty", True, b"", None), ("status", 503, b"0123456789", None),
])  # fmt: skip
def test_a_fault_does_to_an_answer_what_it_says(kind, value, body, promised):
    answer = distort(ANSWER, Fault(kind, value))
    assert (answer.body, answer.promised, answer.status) == (body, promised, 200)


def test_only_an_answer_of_which_nothing_is_to_arrive_does_not_go_out_at_all():
    dropped = distort(ANSWER, Fault("drop", True)).with_headers([("X-A", "b")])
    assert dropped.dropped
    assert distort(ANSWER, Fault("truncate", 0)).dropped
    assert not distort(ANSWER, Fault("truncate", 1)).dropped


def test_a_delay_holds_an_answer_back():
    assert distort(ANSWER, Fault("delay_ms", 250)).delay == 0.25


def test_without_a_fault_an_answer_is_as_it_was():
    assert distort(ANSWER, None) is ANSWER


def test_an_empty_answer_can_be_dropped_too():
    assert distort(Answer(200, b""), Fault("drop", True)).promised == 1
