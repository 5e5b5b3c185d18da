"""Event times that do not say when an event happened, and clocks that are wrong."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order


def fixed(number, *, pause=15.0, times=1, **columns):
    """Events that come one by one, under as many times as there are processes."""
    return [
        order(index, event_time=1000.0 + index % times, arrival=1000.0 + pause * index, **columns)
        for index in range(number)
    ]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (fixed(5), (5, 5)),
        (fixed(4, pause=60.0), None),
        (fixed(5, pause=14.9), None),
        (fixed(12, times=2), (12, 12)),
        (fixed(12, times=3), None),
        (fixed(5, source="tag"), None),
        (fixed(5, action_source="offline"), None),
        (fixed(5, request=7), None),
        (fixed(5, order_id="a"), None),
        (fixed(5, em=1), None),
        (fixed(5, em=None), (5, 5)),
        (fixed(5, duplicate_of=1), None),
        (fixed(5, status="refused"), None),
        ([*fixed(9), order(100)], (9, 10)),
        ([*fixed(9), order(100), order(101)], None),
    ],
)
def test_a_time_that_stands_still_while_events_keep_coming_is_told(facts, told):
    assert measure("same-time-for-everybody", facts) == told


def test_a_time_that_stands_still_is_an_error():
    (told,) = observe(fixed(5))
    assert (told.severity, told.effect) == ("error", "wrong")


def batch(size, *, late=0.0, gap=0.0):
    """One request of events that have one time, and an order that came before."""
    yield order(500, arrival=5.0)
    for number in range(size):
        yield order(number, request=7, event_time=1000.0 + gap * number, arrival=1000.0 + late)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (batch(20), True),
        (batch(19), False),
        (batch(20, late=5.0), True),
        (batch(20, late=-5.1), False),
        (batch(20, gap=1.0), False),
        ([*batch(20)][1:], False),
        ([fact._replace(em=fact.em % 9) for fact in batch(20)], False),
        ([fact._replace(em=fact.em % 10) for fact in batch(20)], True),
        ([fact._replace(source="tag") for fact in batch(20)], False),
    ],
)
def test_a_batch_of_one_time_is_dated_when_it_was_sent(facts, told):
    rules = {observation.rule: observation for observation in observe(facts)}
    assert ("same-time-for-a-batch" in rules) is told
    if told:
        assert rules["same-time-for-a-batch"].events == 20


def late(seconds, number=10, on_time=0, **columns):
    for index in range(number):
        yield order(index, arrival=1000.0 + index + seconds, **columns)
    for index in range(on_time):
        yield order(100 + index)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (late(3600), (10, 10)),
        (late(3600 - 181), None),
        (late(3600 + 179), (10, 10)),
        (late(-7200), (10, 10)),
        (late(1800), None),
        (late(3 * 3600 + 1800), (10, 10)),
        (late(14 * 3600), (10, 10)),
        (late(14 * 3600 + 1800), None),
        (late(2), None),
        (late(3600, 9), None),
        (late(3600, 9, 1), (9, 10)),
        (late(3600, 8, 2), None),
        (late(3600, action_source="offline"), None),
    ],
)
def test_web_events_that_all_come_late_by_hours_have_a_wrong_clock(facts, told):
    assert measure("clock-off-by-hours", facts) == told


@pytest.mark.parametrize(("seconds", "word"), [(3600, "late"), (-3600, "early")])
def test_the_direction_of_a_wrong_clock_is_told(seconds, word):
    observations = {told.rule: told for told in observe(late(seconds))}
    told = observations["clock-off-by-hours"]
    assert (told.severity, told.detail) == ("error", word)


def rounded(number, *, to=3600, exact=0, every=1800, **columns):
    """Events half an hour apart whose times are cut off to an hour, and others that are exact."""
    for index in range(number + exact):
        time = 1_790_000_123.0 + every * index
        known = {
            "event_time": time // to * to if index < number else time + 1,
            "arrival": time + 2,
            **columns,
        }
        yield order(index, **known)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (rounded(20), (20, 20)),
        (rounded(19), None),
        (rounded(20, to=86_400, every=7200), (20, 20)),
        (rounded(20, to=900), (20, 20)),
        (rounded(20, to=60, every=1937), None),
        (rounded(20, exact=2), (20, 22)),
        (rounded(20, exact=3), None),
        ([*rounded(20), *rounded(0, exact=60, event_name="page_visit")], (20, 20)),
        ([*rounded(20), *rounded(0, exact=60, action_source="offline")], (20, 20)),
        ([*rounded(20), *rounded(0, exact=60, source="tag")], (20, 20)),
        (rounded(20, every=0), None),
        (rounded(40, em=1), None),
        (rounded(20, arrival=None), (20, 20)),
        (rounded(20, source="segment"), (20, 20)),
        (rounded(20, action_source="app_ios", ip=None, maid=7), (20, 20)),
        (rounded(20, source="tag"), None),
        (rounded(20, action_source="offline"), None),
        (rounded(20, ip=None), None),
        (rounded(20, status="failed"), None),
    ],
)
def test_times_without_minutes_are_told(facts, told):
    assert measure("event-time-rounded", facts) == told


def test_ten_people_at_two_times_are_enough():
    facts = [fact._replace(em=fact.seq % 10) for fact in rounded(20, every=200)]
    assert len({fact.event_time for fact in facts}) == 2
    assert measure("event-time-rounded", facts) == (20, 20)
    assert measure("event-time-rounded", [fact._replace(em=fact.seq % 9) for fact in facts]) is None


#: Healthy set-ups -> the events that they send.
HEALTHY = {
    "a subscription whose payments are due at midnight": lambda: rounded(90, to=86_400, ip=None),
    "a till that knows the day of a sale alone": lambda: rounded(
        90, to=86_400, action_source="offline", ip=None
    ),
    "a shop beside such a till": lambda: [
        *rounded(90, to=86_400, action_source="offline"),
        *rounded(0, exact=60),
    ],
    "an app that counts by the minute": lambda: rounded(
        90, to=60, every=1937, action_source="app_android", maid=3
    ),
    "lead forms of a frozen clock": lambda: rounded(30, every=0, event_name="lead", order_id=None),
    "one tester of a marketplace who tries the evening and the morning": lambda: rounded(
        30, em=1, external_id=1
    ),
}


@pytest.mark.parametrize("title", HEALTHY)
def test_times_of_healthy_set_ups_are_right(title):
    assert measure("event-time-rounded", HEALTHY[title]()) is None


def test_a_time_without_minutes_is_a_warning():
    (told,) = observe(rounded(40, arrival=None))
    assert (told.rule, told.severity, told.effect) == ("event-time-rounded", "warning", "wrong")
