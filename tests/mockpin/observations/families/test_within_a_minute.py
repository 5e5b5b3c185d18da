"""Events that a person repeats within a minute under another event_id."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order


def leads(people, *, gap, **again):
    for number in range(people):
        yield order(number, event_name="lead", order_id=None, event_time=1000.0 * number)
        same = {"em": 5000 + number, "value": 10.0 + number % 7, "products": number % 11}
        when = 1000.0 * number + gap
        yield order(
            500 + number, **{"event_name": "lead", "order_id": None, "event_time": when, **same, **again}
        )


@pytest.mark.parametrize(
    ("people", "gap", "again", "told"),
    [
        (5, 60, {}, True),
        (4, 60, {}, False),
        (5, 61, {}, False),
        (5, 0, {"page": 7}, True),
        (5, 0, {}, False),
        (5, 2, {"em": None}, False),
        (5, 2, {"value": 99.0}, False),
        (5, 2, {"products": 99}, False),
        (5, 2, {"value": None}, True),
        (5, 2, {"products": None}, True),
        (5, 2, {"value": None, "products": None}, False),
        (5, 2, {"value": None, "products": None, "order_id": "x"}, True),
        (5, 2, {"action_source": "offline"}, False),
        (5, 2, {"source": "segment"}, True),
    ],
)
def test_leads_that_come_again_within_a_minute_are_two_systems(people, gap, again, told):
    rules = {found.rule for found in observe(leads(people, gap=gap, **again))}
    assert ("event-repeated-within-a-minute" in rules) is told


def orders_of_two_systems(people, *, gap=9, **again):
    """Orders that a second system reports some seconds later, under ids of its own."""
    for number in range(people):
        usual = {"em": number, "event_time": 1000.0 * number}
        yield order(number, **usual)
        second = {
            "order_id": f"#order-{number}",
            "value": 10.0 + number % 7,
            "products": number % 11,
            **again,
        }
        yield order(
            number, event_id=f"second-{number}", **{**usual, "event_time": 1000.0 * number + gap, **second}
        )


@pytest.mark.parametrize(
    ("people", "again", "told"),
    [
        (5, {}, True),
        (4, {}, False),
        (5, {"value": 99.0}, False),
        (5, {"value": None}, False),
        (5, {"products": 99}, False),
        (5, {"order_id": "order-x"}, False),
        (5, {"order_id": "order-x", "source": "segment"}, True),
        (5, {"order_id": "order-10"}, False),
        (5, {"order_id": "order-100"}, True),
        (5, {"order_id": "rder-"}, True),
        (5, {"order_id": "order-x", "gap": 0}, True),
        (5, {"order_id": "order-x", "gap": 1}, False),
        (5, {"order_id": "order-x", "gap": 0, "value": 99.0}, False),
        (5, {"order_id": "order-x", "gap": 0, "products": 99}, False),
        (5, {"order_id": None, "gap": 0}, False),
    ],
)
def test_one_basket_under_two_order_numbers_within_a_minute_is_two_systems(people, again, told):
    rules = {found.rule for found in observe(orders_of_two_systems(people, **again))}
    assert ("event-repeated-within-a-minute" in rules) is told


@pytest.mark.parametrize(("times", "told"), [(4, True), (2, True), (1, False)])
def test_a_subscription_beside_each_order_is_told_unless_a_clock_stands_still(times, told):
    facts = orders_of_two_systems(5, gap=0, order_id="order-x")
    frozen = [fact._replace(event_time=1000.0 * min(times, fact.em), em=fact.em % 5) for fact in facts]
    assert (measure("event-repeated-within-a-minute", frozen) == (5, 10)) is told


def test_orders_that_the_tag_reported_before_are_told_as_well():
    facts = orders_of_two_systems(5, gap=0, order_id="order-x")
    paired = [fact._replace(duplicate_of=1) if fact.order_id != "order-x" else fact for fact in facts]
    assert measure("event-repeated-within-a-minute", paired) == (5, 10)


@pytest.mark.parametrize(("once", "told"), [(40, True), (41, False)])
def test_two_systems_are_told_where_a_tenth_of_the_orders_comes_twice(once, told):
    facts = [*orders_of_two_systems(5), *(order(100 + number) for number in range(once))]
    rules = {found.rule for found in observe(facts)}
    assert ("event-repeated-within-a-minute" in rules) is told


@pytest.mark.parametrize(
    ("columns", "again", "told"),
    [
        ({"value": None, "products": None}, {}, (5, 12)),
        ({"value": None, "products": 3}, {"products": None}, (5, 12)),
        ({"value": 8.0, "products": None}, {"value": None}, (5, 12)),
        ({"value": None, "products": 3}, {"products": 4}, None),
        ({"value": None, "products": 3}, {}, None),
        ({"value": None, "products": None}, {"order_id": "x"}, None),
        ({"value": None, "products": None}, {"event_time": 7000.0}, None),
    ],
)
def test_two_signups_within_a_minute_that_say_nothing_of_themselves_may_be_one(columns, again, told):
    usual = {"event_name": "signup", "order_id": None, "em": 1, **columns}
    facts = [
        order(
            number,
            event_id=f"{number}-{time}",
            **{**usual, "em": number, "event_time": 1000.0 * number + time, **more},
        )
        for number in range(5)
        for time, more in ((0.0, {}), (20.0, again))
    ]
    facts += [order(900 + number, **{**usual, "em": 900 + number}) for number in range(2)]
    assert measure("event-perhaps-repeated-within-a-minute", facts) == told


@pytest.mark.parametrize(
    ("twice", "once", "rule"),
    [
        (10, 0, "everybody-repeats-within-a-minute"),
        (10, 2, "everybody-repeats-within-a-minute"),
        (10, 3, "event-perhaps-repeated-within-a-minute"),
        (5, 0, "everybody-repeats-within-a-minute"),
    ],
)
def test_leads_that_say_nothing_and_come_twice_of_most_people_are_an_error(twice, once, rule):
    says_nothing = {"value": None, "products": None}
    facts = [fact._replace(**says_nothing) for fact in leads(twice, gap=20)]
    others = [fact._replace(**says_nothing, em=900 + fact.em) for fact in [*leads(once, gap=20)][::2]]
    rules = {found.rule for found in observe([*facts, *others])}
    assert {rule} == {name for name in rules if name.endswith("within-a-minute")}


def test_a_device_tells_a_person_without_an_address():
    facts = [fact._replace(em=None, maid=fact.em) for fact in leads(5, gap=2)]
    assert "event-repeated-within-a-minute" in {found.rule for found in observe(facts)}


@pytest.mark.parametrize(("pages", "told"), [(1, (10, 20)), (4, (10, 20)), (5, None), (10, None)])
def test_leads_on_pages_of_their_own_are_not_repeated(pages, told):
    says_nothing = {"value": None, "products": None}
    facts = [
        fact._replace(**says_nothing, page=100 + number % pages if number < 10 else 7)
        for number, fact in enumerate(sorted(leads(10, gap=20), key=lambda fact: -fact.seq))
    ]
    assert measure("everybody-repeats-within-a-minute", facts) == told


def orders_of_partner(devices, *, gap=4.0, once=0, key="external_id", second=None, **columns):
    """Orders by a backend, again by a partner that knows the device alone, and others that come once."""
    for number in range(devices):
        usual = {"em": None, "action_source": "app_ios", "event_time": 100.0 * number, key: number, **columns}
        yield order(number, **{**usual, "em": 5000 + number})
        again = {"event_id": f"partner-{number}", "order_id": None, "event_time": 100.0 * number + gap}
        yield order(number, **{**usual, **again, **(second or {})})
    yield from (order(300 + number, external_id=300 + number) for number in range(once))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (orders_of_partner(5), (5, 10)),
        (orders_of_partner(5, key="maid"), (5, 10)),
        (orders_of_partner(4), None),
        (orders_of_partner(5, once=40), (5, 50)),
        (orders_of_partner(5, once=41), None),
        (orders_of_partner(5, gap=-60.0), (5, 10)),
        (orders_of_partner(5, gap=61.0), None),
        ([fact._replace(event_time=7.0) for fact in orders_of_partner(5)], None),
        (orders_of_partner(5, key="ip"), None),
        (orders_of_partner(5, external_id=None), None),
        (orders_of_partner(5, value=None), None),
        (orders_of_partner(5, source="tag"), None),
        (orders_of_partner(5, action_source="offline"), None),
        (orders_of_partner(5, event_id="one", second={"event_id": "one"}), None),
        (orders_of_partner(5, event_name="lead"), None),
        (orders_of_partner(5, second={"value": 99.0}), None),
        (orders_of_partner(5, second={"order_id": "other"}), None),
        (orders_of_partner(5, second={"em": 7}), None),
    ],
)
def test_orders_that_a_partner_reports_without_number_and_buyer_count_twice(facts, told):
    assert measure("order-also-without-number", facts) == told


def loaded(orders, *, others=10, every=20.0, **columns):
    """Orders of a load test's one buyer, one after the other, and those of other people."""
    for number in range(orders):
        yield order(number, **{"em": 1, "event_time": 1000.0 + every * number, **columns})
    yield from (order(500 + number) for number in range(others))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (loaded(30), (30, 40)),
        (loaded(29), None),
        (loaded(30, others=9), None),
        (loaded(30, every=1.0), (30, 40)),
        (loaded(30, every=21.0), None),
        (loaded(30, every=0.0), None),
        (loaded(30, source="tag"), None),
        (loaded(30, action_source="offline"), None),
        (loaded(30, event_name="page_visit"), None),
        (loaded(30, event_id="one", duplicate_of=1), None),
        (loaded(30, em=None, external_id=7), (30, 40)),
        (loaded(30, em=None), None),
    ],
)
def test_thirty_orders_of_one_person_in_ten_minutes_are_of_a_machine(facts, told):
    assert measure("orders-of-a-machine", facts) == told


@pytest.mark.parametrize(
    ("people", "gap", "pages", "rule"),
    [
        (5, 5, (7, 7), "event-repeated-within-a-minute"),
        (4, 5, (7, 7), None),
        (5, 6, (7, 7), "event-perhaps-repeated-within-a-minute"),
        (5, 5, (7, 8), "event-perhaps-repeated-within-a-minute"),
        (5, 5, (None, None), "event-perhaps-repeated-within-a-minute"),
    ],
)
def test_a_form_that_reports_twice_within_five_seconds_was_not_filled_in_twice(people, gap, pages, rule):
    alone = [order(900 + number, event_name="lead", order_id=None) for number in range(30)]
    twice = [
        order(
            10 * number + second, event_name="lead", order_id=None, em=number, value=None, products=None,
            page=pages[second], event_time=1e5 + 1000.0 * number + gap * second)
        for number in range(people) for second in (0, 1)
    ]  # fmt: skip
    assert [found.rule for found in observe([*alone, *twice])] == ([rule] if rule else [])
