import pytest

from mockpin_validator import Judge, Policy, validate
from mockpin_validator.rules.event_time import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def said(event_time, *, now=NOW, policy=None, **fields):
    report = validate(changed(event_time=event_time, **fields), now=now, policy=policy)
    return [(finding.rule, finding.severity) for finding in report if finding.path == "/data/0/event_time"]


def test_seven_days_are_processed_and_a_second_more_fails():
    assert said(NOW - 604_800) == [("event-time-late", "info")]
    assert said(NOW - 604_801) == [("event-time-too-old", "error")]


def test_a_minute_ahead_is_forgiven_and_a_second_more_fails():
    assert said(NOW + 60) == []
    assert said(NOW + 61) == [("event-time-in-future", "error")]


@pytest.mark.parametrize("event_time", [NOW + 60, NOW - 3_600])
def test_what_is_forgiven_is_forgiven_too_when_something_else_is_wrong(event_time):
    assert said(event_time, user_data__client_user_agent="Googlebot/2.1") == []


def test_an_hour_late_is_a_web_event_and_a_second_more_is_reported_as_offline():
    assert said(NOW - 3_600) == []
    assert said(NOW - 3_601) == [("event-time-late", "info")]


def test_an_offline_event_is_never_late():
    assert said(NOW - 3_601, action_source="offline") == []


def test_the_borders_are_the_policys():
    policy = Policy(max_event_age=10, future_tolerance=5, late_after=7)
    assert [rule for rule, _ in said(NOW - 11, policy=policy)] == ["event-time-too-old"]
    assert [rule for rule, _ in said(NOW - 8, policy=policy)] == ["event-time-late"]
    assert [rule for rule, _ in said(NOW + 6, policy=policy)] == ["event-time-in-future"]


def test_a_fraction_of_a_second_counts():
    assert said(NOW - 604_800, now=NOW + 0.5) == [("event-time-too-old", "error")]


@pytest.mark.parametrize(
    ("unit", "size"), [("milliseconds", 10**3), ("microseconds", 10**6), ("nanoseconds", 10**9)]
)
def test_a_smaller_unit_is_recognized_and_its_seconds_given(unit, size):
    (finding,) = validate(changed(event_time=1_790_243_100 * size), now=NOW)
    assert finding.fix == f"This looks like {unit}: send seconds (1790243100)."


@pytest.mark.parametrize(
    ("event_time", "unit"),
    [(10**11 + 1, "milliseconds"), (10**14, "milliseconds"), (10**14 + 1, "microseconds")],
)
def test_a_unit_begins_behind_the_last_present_day_time_in_the_one_above(event_time, unit):
    (finding,) = validate(changed(event_time=event_time), now=NOW)
    assert finding.fix.startswith(f"This looks like {unit}")


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (7_199, "7,199 seconds"),
        (7_200, "2 hours"),
        (172_799, "48 hours"),
        (172_800, "2 days"),
        (216_000, "2.5 days"),
    ],
)
def test_how_late_an_event_is_is_told_in_a_unit_of_which_there_are_two(age, words):
    (finding,) = validate(changed(event_time=NOW - age), now=NOW)
    assert finding.message.startswith(f"The event happened {words} ago")


@pytest.mark.parametrize("event_time", [NOW + 3_600, 10**11, 10**30])
def test_a_time_in_no_smaller_unit_is_laid_to_the_clock(event_time):
    (finding,) = validate(changed(event_time=event_time), now=NOW)
    assert finding.fix.startswith("Check the sender's clock")


@pytest.mark.parametrize(
    ("event_time", "words"), [(1_678_203_524, "in the past"), (1_900_000_000, "in the future")]
)
def test_pinterests_reply_is_given_in_its_own_words(event_time, words):
    (finding,) = validate(changed(event_time=event_time), now=1_727_469_267.9)
    assert finding.reply == (
        f"Invalid event_timestamp parameter. Given timestamp is {words}. "
        f"Current timestamp: 1727469267, Given event_timestamp: {event_time}"
    )


@pytest.mark.parametrize(
    ("event_time", "words"),
    [
        (10**400, "is in the future (beyond the year 9999)"),
        (1e300, "is in the future (beyond the year 9999)"),
        (-(10**400), "happened before the year 1, more than 7 days ago"),
        (-1e300, "happened before the year 1, more than 7 days ago"),
        (-62_135_596_801, "before the year 1"),
        (-62_135_596_800, "0001-01-01 00:00:00"),
    ],
)
def test_times_beyond_all_measure_are_judged_too(event_time, words):
    (finding,) = validate(changed(event_time=event_time), now=NOW)
    assert words in finding.message.replace(" 1-01-01", " 0001-01-01")


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)


@pytest.mark.parametrize("event_time", [1, NOW - 10**7, NOW + 10**7])
def test_without_a_present_no_time_is_early_or_late(event_time):
    assert Judge().judge({"data": [changed(event_time=event_time)]}, now=None) == ((),)
