import math
from itertools import pairwise

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from mockpin.calibration.limits import LimitRange, choose_distances, find_limit, narrow, spread

LIKELY, FAR = [0, 60, 3_600, 86_400, 604_800], [31_536_000, 630_720_000]


@given(st.integers(0, 630_000_000) | st.sampled_from(LIKELY), st.integers(1, 20))
def test_a_limit_lies_in_the_range_that_is_found(limit, batch):
    asked = []

    def ask(distances):
        asked.append(distances)
        return [distance <= limit for distance in distances]

    found = find_limit(ask, likely=LIKELY, far=FAR, batch=batch)
    event(f"narrow: {found.refused - found.accepted <= 10}")
    assert found.accepted <= limit < found.refused
    assert max(map(len, asked)) <= batch
    assert len(asked) <= 7


def test_a_likely_limit_is_found_at_once():
    rounds = []

    def ask(distances):
        rounds.append(distances)
        return [distance <= 604_800 for distance in distances]

    assert find_limit(ask, likely=LIKELY, far=FAR, batch=20).choose_round() == 604_800
    assert len(rounds) == 1


def test_the_roundest_length_in_the_range_is_chosen():
    assert LimitRange(85, 95).choose_round() == 90
    assert LimitRange(-5, 5).choose_round() == 0
    assert LimitRange(36 * 3600 - 5, 36 * 3600 + 5).choose_round() == 36 * 3600
    assert LimitRange(131, 133).choose_round() == 130
    assert LimitRange(7_200, math.inf).choose_round() == 7_200


def test_answers_that_contradict_each_other_leave_the_range_before_the_first_refusal():
    answers = {True: iter([[True, False, True]])}
    found = find_limit(lambda _: next(answers[True]), likely=[], far=[10, 20, 30], batch=3)
    assert found == LimitRange(10, 20)


def test_spread_numbers_are_few_and_even():
    assert spread(3, 20) == [0, 1, 2]
    assert spread(20, 1) == [10]
    assert spread(9, 3) == [1, 4, 7]


def test_planned_distances_are_asked_first_and_then_equal_steps_until_ten_seconds_are_left():
    assert choose_distances(LimitRange(0, 100), [-5, 0, 50, 100, 105], 3) == [50]
    assert choose_distances(LimitRange(0, 100), [], 3) == [25, 50, 75]
    assert choose_distances(LimitRange(0, 11), [], 1) == [5.5]
    assert choose_distances(LimitRange(0, 10), [], 3) == []
    assert choose_distances(LimitRange(0, math.inf), [], 3) == []


def test_answers_narrow_the_range_from_both_sides():
    assert narrow(LimitRange(0, 100), [10, 50, 90], [True, True, False]) == LimitRange(50, 90)
    assert narrow(LimitRange(0, 100), [10], [True]) == LimitRange(10, 100)
    assert narrow(LimitRange(20, 30), [10, 40], [True, False]) == LimitRange(20, 30)


SPANS = [86_400, 43_200, 21_600, 3_600, 1_800, 900, 600, 300, 60, 30, 15, 10, 5, 1]


@pytest.mark.parametrize(("span", "shorter"), [*pairwise(SPANS)])
def test_a_longer_span_is_rounder_than_the_next_shorter_one(span, shorter):
    assert LimitRange(7 * span - shorter, 7 * span).choose_round() == 7 * span
