import math

from hypothesis import event, given
from hypothesis import strategies as st

from mockpin.calibration.limits import LimitRange, find_limit, spread

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
