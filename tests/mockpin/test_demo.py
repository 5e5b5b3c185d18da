import time

import httpx
import pytest

from mockpin.demo import play
from mockpin.fixtures import cases
from mockpin.testing.client import MockPin


@pytest.fixture(scope="module")
def outcomes():
    with MockPin() as mock, httpx.Client() as http:
        return dict(zip((name for name, _ in cases("demo")), play(mock, http, now=time.time), strict=True))


@pytest.mark.parametrize(("name", "case"), [pytest.param(*each, id=each[0]) for each in cases("demo")])
def test_each_case_ends_as_its_fixture_says(outcomes, name, case):
    outcome, expected = outcomes[name], case["expect"]
    assert outcome.verdict == expected["verdict"]
    if outcome.record:
        seen = {
            "duplicate": outcome.record["duplicate_of"] is not None,
            "limited_data_processing": outcome.record["limited_data_processing"]["applies"],
            "reported_as": outcome.record["reported_as"],
        }
        assert seen == {**seen, **{key: value for key, value in expected.items() if key != "verdict"}}


def test_whatever_was_not_processed_has_its_reason(outcomes):
    assert all(outcome.why for outcome in outcomes.values() if outcome.verdict != "processed")


def test_no_plain_text_of_a_match_key_is_shown(outcomes):
    assert "@" not in "".join(outcome.why for outcome in outcomes.values())
