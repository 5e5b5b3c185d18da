import time

import httpx
import pytest

from mockpin.client.client import MockPin
from mockpin.demo import DemoSetup, send_cases
from mockpin.fixtures import cases


@pytest.fixture(scope="module")
def outcomes():
    with MockPin() as mock, httpx.Client(timeout=60) as http:
        names = (name for name, _ in cases("demo"))
        return dict(zip(names, send_cases(DemoSetup(mock, http, time.time)), strict=True))


@pytest.mark.parametrize(("name", "case"), [pytest.param(*case, id=case[0]) for case in cases("demo")])
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


def test_each_case_that_was_not_processed_gives_a_reason(outcomes):
    assert all(outcome.why for outcome in outcomes.values() if outcome.verdict != "processed")


WHY = {
    "01-web-checkout": "",
    "05-limited-data-processing": "opt_out_type, state and country all say so.",
    "09-same-checkout": "An event with this ad account, name and id came before.",
    "10-unhashed-email": "This value of em is not hashed.",
    "14-late": "The event happened 5,4",
    "15-state-missing": "LDP is ignored: user_data.st",
}


@pytest.mark.parametrize(("name", "why"), WHY.items(), ids=WHY)
def test_the_reason_explains_the_outcome_in_the_row(outcomes, name, why):
    assert outcomes[name].why[: len(why) or None] == why


def test_cases_without_a_problem_give_no_reason(outcomes):
    assert [name[:2] for name, outcome in outcomes.items() if not outcome.why] == [
        "01",
        "02",
        "03",
        "04",
        "08",
    ]


def test_no_plain_text_of_a_match_key_is_shown(outcomes):
    assert "@" not in "".join(outcome.why for outcome in outcomes.values())
