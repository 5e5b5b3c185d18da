"""Conversions that Pinterest counts twice."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order


@pytest.mark.parametrize(("orders", "rules"), [(2, []), (3, ["event-ids-never-match"])])
def test_sides_that_share_neither_ids_nor_orders_count_twice(orders, rules):
    own = [
        order(number, source="tag", order_id=f"#{number}", event_id=f"own-{number}")
        for number in range(1, orders + 1)
    ]
    assert [
        found.rule for found in observe([*own, *(order(number) for number in range(1, orders + 1))])
    ] == rules


@pytest.mark.parametrize(("ids", "told"), [(1, None), (2, (1, 2)), (10, (9, 10)), (11, None)])
def test_an_order_under_two_to_ten_ids_counts_more_than_once(ids, told):
    assert measure("order-counted-twice", [order(1, event_id=f"i{number}") for number in range(ids)]) == told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((0, 5.9), (1, 2)),
        ((0, 6), None),
        ((0, 30, 60), None),
        ((0, 30, 30.1), (1, 3)),
        ((30, 0, 30, 0), (2, 4)),
        ((0, 3, 6, 9), (3, 4)),
    ],
)
def test_an_order_is_paid_again_under_an_id_six_days_after_the_one_before(days, told):
    facts = [order(1, event_id=f"i{n}", event_time=1000.0 + day * 86_400) for n, day in enumerate(days)]
    assert measure("order-counted-twice", facts) == told


def test_the_examples_of_a_payment_that_is_doubled_are_its_own_events():
    facts = [order(1, event_id=f"i{day}", seq=day, event_time=86_400.0 * day) for day in (0, 30, 31, 60)]
    (told,) = (found for found in observe(facts) if found.rule == "order-counted-twice")
    assert [example.event for example in told.examples] == [30, 31]


def test_an_id_that_comes_again_after_another_one_doubles_the_order_once():
    facts = [order(1, event_id=name, event_time=1000.0 + n) for n, name in enumerate("abab")]
    assert measure("order-counted-twice", facts) == (1, 4)


def test_reports_of_one_order_without_ids_or_times_count_each():
    assert measure("order-counted-twice", [order(1, event_id=None, event_time=None)] * 3) == (2, 3)


def test_orders_of_one_side_and_of_both_are_told_together():
    again = [order(1, source="tag"), order(1, event_id="b"), order(2), order(2, event_id="c")]
    assert measure("order-counted-twice", again) == (2, 4)


@pytest.mark.parametrize("columns", [{"event_name": "add_to_cart"}, {"action_source": "offline"}])
def test_what_may_happen_again_for_an_order_is_not_counted_twice(columns):
    facts = [order(1, event_id=f"i{number}", **columns) for number in range(2)]
    assert measure("order-counted-twice", facts) is None


def test_an_order_id_of_two_people_is_a_reused_number():
    assert measure("order-counted-twice", [order(1, event_id=f"i{em}", em=em) for em in range(2)]) is None


OTHER = {"em": 7, "page": 2, "value": 70.0}


@pytest.mark.parametrize(
    ("again", "told"),
    [
        (OTHER, None),
        ({**OTHER, "em": None, "later": 61}, None),
        ({**OTHER, "em": None, "later": 60}, (1, 2)),
        ({**OTHER, "page": None, "later": 61}, None),
        ({**OTHER, "value": None, "later": 61}, None),
        ({**OTHER, "value": None, "later": 60}, (1, 2)),
        ({**OTHER, "value": 11.0}, (1, 2)),
        ({**OTHER, "value": 11.0, "later": 600}, (1, 2)),
        ({**OTHER, "value": 11.0, "later": 601}, None),
        ({**OTHER, "em": 5001}, (1, 2)),
        ({**OTHER, "page": 1}, (1, 2)),
        ({"em": 7, "page": None, "value": None, "later": 9000}, (1, 2)),
    ],
)
def test_two_reports_of_one_order_that_agree_in_nothing_are_two_orders(again, told):
    later = again.get("later", 0)
    known = {name: value for name, value in again.items() if name != "later"}
    facts = [order(1, source="tag", page=1), order(1, event_id="own", event_time=1001.0 + later, **known)]
    assert measure("order-counted-twice", facts) == told


@pytest.mark.parametrize(
    ("again", "told"),
    [
        ({}, (1, 2)),
        ({"em": 7}, None),
        ({"value": 70.0}, None),
        ({"order_id": "x"}, None),
        ({"em": None}, (1, 2)),
        ({"event_id": "next", "event_time": 1001.0 + 43_199}, (1, 2)),
        ({"event_id": "next", "event_time": 1001.0 + 43_200}, None),
        ({"event_time": 1001.0 + 86_400}, (1, 2)),
    ],
)
def test_an_offline_event_that_comes_again_counts_twice(again, told):
    facts = [order(1, action_source="offline"), order(1, **{"action_source": "offline", "seq": 2, **again})]
    assert measure("offline-event-repeated", facts) == told


@pytest.mark.parametrize(
    ("offline", "told"),
    [
        ({}, (1, 2)),
        ({"em": 7}, None),
        ({"em": None}, (1, 2)),
        ({"em": None, "value": 70.0}, None),
        ({"order_id": "x"}, None),
        ({"order_id": None}, (1, 2)),
    ],
)
def test_a_web_event_that_comes_offline_too_counts_twice(offline, told):
    facts = [order(1), order(1, seq=2, action_source="offline", **offline)]
    assert measure("offline-event-also-online", facts) == told


@pytest.mark.parametrize(
    ("tag", "server", "told"),
    [
        ({"event_id": None}, {}, (1, 2)),
        ({}, {"event_id": None}, (1, 2)),
        ({}, {}, None),
        ({"event_id": None, "event_name": "lead"}, {}, None),
        ({"event_id": None, "action_source": "app_ios"}, {}, None),
    ],
)
def test_an_event_without_an_id_beside_another_side_counts_twice(tag, server, told):
    facts = [order(1, source="tag", order_id=None, **tag), order(2, order_id=None, **server)]
    assert measure("event-id-missing-on-one-side", facts) == told


def unmatched(tag, server, both=0):
    """Leads without orders that the tag, the server, and both report."""
    usual = {"event_name": "lead", "order_id": None}
    yield from (order(number, source="tag", **usual) for number in range(tag))
    yield from (order(100 + number, em=number, **usual) for number in range(server))
    for number in range(200, 200 + both):
        yield order(number, source="tag", **usual)
        yield order(number, **usual)


@pytest.mark.parametrize(
    ("sides", "told"),
    [((1, 1), 1), ((3, 2), 2), ((10, 10, 10), 10), ((9, 10, 9), None), ((10, 10, 11), None), ((5, 0), None)],
)
def test_ids_that_never_match_count_twice(sides, told):
    measured = measure("event-ids-never-match", unmatched(*sides))
    assert (measured and measured[0]) == told


def half_matched(apart, both, *, lag=10.0, people=100, server=None, **columns):
    """Page visits that both sides report, some of them under an id of each side's own."""
    for number in range(apart + both):
        usual = {
            "event_name": "page_visit",
            "order_id": None,
            "page": 1,
            "em": number % people,
            "ip": None,
            **columns,
        }
        time, own = 1000.0 + 500 * number, "own-" if number < apart else ""
        yield order(number, source="tag", **{**usual, "event_id": f"{own}id-{number}", "event_time": time})
        yield order(number, **{**usual, "event_time": time + lag, **(server or {})})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (half_matched(10, 30), 10),
        (half_matched(10, 30, lag=-10.0), 10),
        (half_matched(9, 30), None),
        (half_matched(10, 40), 10),
        (half_matched(10, 41), None),
        (half_matched(10, 30, lag=11.0), None),
        (half_matched(19, 30, people=9), None),
        (half_matched(10, 30, server={"page": 2}), None),
        (half_matched(10, 30, server={"em": 7}), None),
        (half_matched(10, 30, em=None), None),
        (half_matched(10, 30, page=None), None),
        (half_matched(10, 30, action_source="app_ios"), None),
        (half_matched(10, 30, order_id="cart"), None),
    ],
)
def test_a_visit_that_each_side_saw_under_its_own_id_counts_twice(facts, told):
    measured = measure("event-ids-never-match", facts)
    assert (measured and measured[0]) == told


def two_shops(number, *, people=0, pages=0, at_once=0, **columns):
    """Visits by the tag of one shop and by the server of another, some with the same person, page or second."""
    usual = {"event_name": "page_visit", "order_id": None, "value": None, **columns}
    for index in range(number):
        time = 1000.0 + 500 * index
        seen = {"em": index, "page": 70 + index, "event_time": time, **usual}
        yield order(index, source="tag", event_id=f"t-{index}", **seen)
        kept = {"em": people > index, "page": pages > index}
        other = {name: seen[name] if kept[name] or seen[name] is None else -1 - seen[name] for name in kept}
        yield order(100 + index, **{**seen, **other, "event_time": time + (5 if index < at_once else 6)})


def valued(number, facts, *, alike=False):
    """The same facts, the first of each side with a value, which is the same on both sides or never."""
    for fact in facts:
        value = 10.0 + (fact.seq % 100 if alike else fact.seq)
        yield fact._replace(value=value) if fact.seq % 100 < number else fact


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (two_shops(20), None),
        (two_shops(20, people=2), None),
        (two_shops(20, people=3), 20),
        (two_shops(20, pages=2), None),
        (two_shops(20, pages=3), 20),
        (two_shops(20, at_once=9), None),
        (two_shops(20, at_once=10), 20),
        (two_shops(3), None),
        (two_shops(2), 2),
        (two_shops(5, em=None), None),
        (two_shops(4, em=None), 4),
        (two_shops(3, page=None), None),
        (two_shops(20, em=None, page=None), 20),
        (valued(5, two_shops(20, at_once=20)), None),
        (valued(4, two_shops(20, at_once=20)), 20),
        (valued(5, two_shops(20, at_once=3), alike=True), 20),
        (valued(5, two_shops(20, at_once=2), alike=True), None),
        ([*two_shops(20), order(99, account="1", event_name="page_visit", order_id=None)], None),
    ],
)
def test_sides_that_share_neither_people_nor_pages_nor_moments_are_two_shops(facts, told):
    measured = measure("event-ids-never-match", facts)
    assert (measured and measured[0]) == told


@pytest.mark.parametrize(("orders", "told"), [(2, None), (3, 3)])
def test_orders_under_two_names_count_twice(orders, told):
    facts = [order(number, source="tag") for number in range(orders)]
    facts += [order(number, event_name="subscribe") for number in range(orders)]
    measured = measure("same-event-under-other-name", facts)
    assert (measured and measured[0]) == told
