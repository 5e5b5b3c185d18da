"""Events that Pinterest takes for duplicates of another event."""

from datetime import UTC, datetime

import pytest

from mockpin.observations.facts import leave_out_second
from tests.mockpin.observations.relations import measure, observe, order


@pytest.mark.parametrize(
    "column", ["order_id", "em", "external_id", "click_id", "user_agent", "page", "products"]
)
def test_an_id_of_two_events_that_differ_is_shared(column):
    facts = [order(1, **{column: 1}), order(1, seq=2, **{column: 2})]
    assert measure("event-id-shared", facts) == (1, 2)


def test_an_event_that_comes_again_shares_its_id_with_itself():
    assert measure("event-id-shared", [order(1), order(1, seq=2, ip=3, event_time=5.0)]) is None


def test_an_id_that_the_tag_and_the_api_use_for_different_orders_is_shared():
    facts = [order(1, source="tag"), order(1, order_id="order-2", value=99.0)]
    assert measure("event-id-shared", facts) == (1, 2)
    assert measure("event-id-shared", [order(1, source="tag"), order(1)]) is None


@pytest.mark.parametrize(
    ("columns", "shared"),
    [
        ({}, False),
        ({"products": None}, False),
        ({"em": None}, False),
        ({"em": None, "event_time": 2000.0}, True),
        ({"em": None, "products": None}, True),
        ({"em": 7}, True),
        ({"value": None}, True),
        ({"value": 99.0}, True),
        ({"products": 99}, True),
    ],
)
def test_one_order_that_the_sides_spell_differently_is_a_pair_that_disagrees(columns, shared):
    rules = {found.rule for found in observe([order(1, source="tag"), order(1, order_id="#1", **columns)])}
    assert "pair-orders-differ" in rules
    assert ("event-id-shared" in rules) is shared


@pytest.mark.parametrize(("hits", "told"), [(9, None), (10, (9, 10))])
def test_an_id_that_the_tag_repeats_ten_times_is_told(hits, told):
    facts = [order(1, source="tag", seq=number) for number in range(hits)]
    assert measure("tag-event-id-repeated", facts) == told
    assert measure("tag-event-id-repeated", [fact._replace(source="api") for fact in facts]) is None


@pytest.mark.parametrize(
    ("times", "columns", "told"),
    [
        (10, {}, (18, 23)),
        (9, {}, None),
        (10, {"source": "segment"}, (18, 23)),
        (10, {"source": "tag"}, None),
        (10, {"action_source": "offline"}, None),
        (10, {"event_id": None}, None),
    ],
)
def test_events_that_the_server_sends_ten_times_are_a_loop(times, columns, told):
    facts = [order(number, seq=turn, **columns) for number in range(2) for turn in range(times)]
    facts += [order(100 + number, **{**columns, "event_id": None}) for number in range(3)]
    assert measure("event-sent-again-and-again", facts) == told


@pytest.mark.parametrize(("people", "told"), [(4, None), (5, (9, 15))])
def test_tests_of_a_few_made_up_people_may_all_send_one_event(people, told):
    facts = [order(0, seq=turn) for turn in range(10)] + [order(1 + n, em=n % (people - 1)) for n in range(5)]
    assert measure("event-sent-again-and-again", facts) == told


def short(number, make, **columns):
    """Page visits with ids that are made of their number."""
    usual = {"event_name": "page_visit", "order_id": None, **columns}
    return [order(index, **{**usual, "event_id": make(index)}) for index in range(number)]


def scatter(index):
    """Four digits that look random and do not come twice."""
    return str(1000 + index * 3571 % 9000)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (short(20, scatter), (20, 20)),
        (short(19, scatter), None),
        (short(20, lambda index: f"1{scatter(index)}"), None),
        (short(20, lambda index: str(1000 + index)), None),
        (short(200, lambda index: str(95 + index)), None),
        (short(28, lambda index: scatter(index) if index < 20 else str(9900 + index)), (28, 28)),
        (short(29, lambda index: scatter(index) if index < 20 else str(9900 + index)), None),
        (short(20, scatter, event_name="checkout"), None),
        (short(20, scatter, event_name="search", source="tag"), (20, 20)),
        (short(20, scatter, duplicate_of=1), None),
        (short(40, lambda index: "7654"[index % 4]), None),
        (short(40, lambda index: str(1000 + (index ^ 1))), None),
        (short(30, lambda index: f"{10 * (index // 5) + 100 + (4 - index % 5)}"), None),
    ],
)
def test_ids_of_four_characters_at_random_are_told_before_they_meet(facts, told):
    assert measure("event-id-too-short", facts) == told


def at(event_id, time):
    return {"event_id": event_id, "event_time": time, "beside": leave_out_second(event_id, time)}


def timed(number, form, *, others=0, **columns):
    """Events whose id is made of their time, and others with ids of their own."""
    times = [1_790_243_040 + 7 * index for index in range(number)]
    for index, time in enumerate(times):
        yield order(index, **at(form(time, index), float(time)), **columns)
    yield from (order(100 + index) for index in range(others))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (timed(5, lambda time, _: f"{time}"), (5, 5)),
        (timed(4, lambda time, _: f"{time}"), None),
        (timed(8, lambda time, _: f"checkout-{time}.web", others=2), (8, 10)),
        (timed(8, lambda time, _: f"{time}", others=3), None),
        (timed(9, lambda time, _: f"{time}", source="tag"), (9, 9)),
        (timed(9, lambda time, index: f"{time}.{index}"), None),
        (timed(9, lambda time, _: f"{time + 1}"), None),
        (timed(9, lambda time, _: f"{time}", status="refused"), None),
        (timed(9, lambda time, _: f"{time}", duplicate_of=1), None),
        ([order(n, **at("1790243040", 1_790_243_040.0)) for n in range(9)], None),
        (timed(9, lambda time, _: datetime.fromtimestamp(time, UTC).isoformat()), (9, 9)),
        (timed(9, lambda time, _: f"77{datetime.fromtimestamp(time, UTC):%Y%m%d%H%M%S}"), (9, 9)),
        (timed(9, lambda time, index: f"{datetime.fromtimestamp(time, UTC):%Y%m%d%H%M%S}-{index}"), None),
        (timed(9, lambda *_: "cached"), None),
    ],
)
def test_an_id_that_is_only_the_second_of_its_event_is_told(facts, told):
    assert measure("event-id-of-the-second", facts) == told


def test_an_id_that_is_only_the_second_is_a_warning_until_it_loses_an_event():
    (told,) = observe(timed(5, lambda time, _: f"{time}"))
    assert (told.severity, told.effect) == ("warning", "none")


def test_both_lose_conversions():
    facts = [order(1), order(1, order_id="other")]
    facts += [order(2, source="tag", seq=number) for number in range(10)]
    told = {observation.rule: (observation.severity, observation.effect) for observation in observe(facts)}
    for rule in ("event-id-shared", "tag-event-id-repeated"):
        assert told[rule] == ("error", "lost")


def test_ids_that_either_side_shares_are_told_together():
    facts = [order(number, source=side, event_id=side) for side in ("tag", "api") for number in (1, 2)]
    assert measure("event-id-shared", facts) == (2, 4)
