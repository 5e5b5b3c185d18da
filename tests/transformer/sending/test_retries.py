from random import Random

import pytest

from mockpin_transformer.sending.replies import PinterestAnswer
from mockpin_transformer.sending.retries import Retries

BUSY, OK, BAD = (
    PinterestAnswer(503, "Service Unavailable"),
    PinterestAnswer(200, "OK"),
    PinterestAnswer(400, "Bad Request"),
)


def run(*replies, spare_ambiguous=False, attempts=5):
    """The final reply, the attempts and the waits."""
    waits = []
    retries = Retries(attempts, 120.0, waits.append, Random(0))
    reply, made = retries.run(iter(replies).__next__, spare_ambiguous=spare_ambiguous)
    return reply, made, waits


def test_a_good_answer_needs_one_attempt():
    assert run(OK) == (OK, 1, [])


def test_a_final_answer_is_not_repeated():
    assert run(BAD, OK) == (BAD, 1, [])


def test_waits_grow_and_have_jitter():
    reply, attempts, waits = run(BUSY, BUSY, BUSY, OK)
    assert (reply, attempts) == (OK, 4)
    assert all(low <= wait <= 2 * low for low, wait in zip((0.25, 0.5, 1.0), waits, strict=True))


def test_no_wait_grows_beyond_half_a_minute():
    _, _, waits = run(*[BUSY] * 12, OK, attempts=13)
    assert all(15 <= wait <= 30 for wait in waits[6:])


def test_the_last_answer_stands_when_all_attempts_fail():
    assert run(BUSY, BUSY, BUSY, attempts=3)[:2] == (BUSY, 3)


def test_the_servers_wish_is_honoured():
    limited = PinterestAnswer(429, "Too Many Requests", wait=7.0)
    _, _, (wait,) = run(limited, OK)
    assert 7 <= wait <= 8


@pytest.mark.parametrize(("wait", "attempts"), [(120.0, 2), (120.5, 1), (3600.0, 1)])
def test_a_server_that_asks_for_too_long_is_left_alone(wait, attempts):
    assert run(PinterestAnswer(429, "Too Many Requests", wait=wait), OK)[1] == attempts


@pytest.mark.parametrize(
    ("reply", "attempts"),
    [
        (BUSY, 1),
        (PinterestAnswer(None, "cut off"), 1),
        (PinterestAnswer(429, "x"), 2),
        (PinterestAnswer(None, "refused", reached=False), 2),
    ],
)
def test_what_may_have_been_a_success_can_be_spared_a_repeat(reply, attempts):
    assert run(reply, OK, spare_ambiguous=True)[1] == attempts
