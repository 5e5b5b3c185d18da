"""The helper that keeps the properties honest."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from tests.path.shares import holds_for, least_of, reach


def test_a_property_whose_branch_is_reached_passes():
    @holds_for(st.booleans(), branches=["true", "false"])
    @settings(max_examples=20, derandomize=True)
    def property_(value):
        reach("true", value)
        reach("false", not value)

    property_()


def test_a_property_whose_branch_is_hardly_reached_fails_with_its_share():
    @holds_for(st.integers(0, 10**9), branches=["even", "huge"])
    @settings(max_examples=50, derandomize=True)
    def property_(value):
        reach("even", value % 2 == 0)
        reach("huge", value > 10**10)

    with pytest.raises(AssertionError, match=r"too few of \d+ examples: \{'huge': '0%'\}"):
        property_()


def test_a_branch_that_chance_kept_away_in_the_first_round_gets_another():
    seen = []

    @holds_for(st.none(), branches=["later"])
    @settings(max_examples=1)
    def property_(_):
        reach("later", seen)
        seen.append(1)

    property_()
    assert seen == [1, 1]


def test_another_round_tries_other_examples():
    rounds = []

    @holds_for(st.integers(), branches=["never"])
    @settings(max_examples=20, derandomize=True, database=None)
    def property_(value):
        rounds.append(value)

    with pytest.raises(AssertionError, match="too few of 60 examples"):
        property_()
    assert rounds[:20] != rounds[20:40] != rounds[40:]


def test_a_branch_is_counted_once_an_example():
    seen = []

    @holds_for(st.none(), branches=["twice"])
    @settings(max_examples=1)
    def property_(_):
        reach("twice")
        reach("twice")
        seen.append(1)

    property_()
    assert seen == [1]


@pytest.mark.parametrize(("total", "least"), [(1, 1), (15, 1), (100, 4), (10_000, 940)])
def test_a_branch_needs_the_share_that_chance_leaves_of_a_tenth(total, least):
    assert least_of(total) == pytest.approx(least)
