"""Offline orders that count more than once, or whose buyers have one address."""

import pytest

from tests.mockpin.observations.relations import measure, order

OFFLINE = {"action_source": "offline"}


def nightly(people, *, nights=2, gap=86_400.0, once=0, **columns):
    """Pledges that each night's import reports under new ids, and others that come once."""
    for number in range(people):
        for night in range(nights):
            again = {"event_id": f"{number}-{night}", "event_time": 1000.0 + number + night * gap}
            yield order(number, **{**OFFLINE, **again, **columns})
    yield from (order(200 + number, **OFFLINE) for number in range(once))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (nightly(5), (5, 10)),
        (nightly(5, nights=5), (20, 25)),
        (nightly(4), None),
        (nightly(5, once=40), (5, 50)),
        (nightly(5, once=41), None),
        (nightly(5, gap=43_200.0), (5, 10)),
        (nightly(5, gap=43_199.0), None),
        (nightly(5, gap=6 * 86_400 - 1.0), (5, 10)),
        (nightly(5, gap=6 * 86_400.0), None),
        (nightly(5, value=None), (5, 10)),
        (nightly(5, event_name="lead"), (5, 10)),
        (nightly(5, event_name="custom"), None),
        (nightly(5, event_id="one"), None),
        (nightly(5, em=None), None),
        (nightly(5, order_id=None), None),
        (nightly(5, action_source="web"), None),
        ([fact._replace(em=number) for number, fact in enumerate(nightly(5))], None),
        ([fact._replace(value=1.0 + number) for number, fact in enumerate(nightly(5))], None),
        ([fact._replace(order_id=f"o{number}") for number, fact in enumerate(nightly(5))], None),
    ],
)
def test_an_offline_order_that_is_reported_again_on_another_day_counts_twice(facts, told):
    assert measure("offline-order-reported-again", facts) == told


def in_lines(orders, *, lines=2, whole=0, **columns):
    """Orders of which each line is an event, and others that are one."""
    for number in range(orders):
        for line in range(lines):
            known = {"event_id": f"{number}-{line}", "products": 50 + line, "value": 5.0 + line}
            yield order(number, **{**OFFLINE, **known, **columns})
    yield from (order(200 + number, **OFFLINE) for number in range(whole))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (in_lines(5), (5, 10)),
        (in_lines(5, lines=3), (10, 15)),
        (in_lines(4), None),
        (in_lines(5, whole=45), (5, 55)),
        (in_lines(5, whole=46), None),
        (in_lines(5, products=7), None),
        (in_lines(5, em=None), None),
        (in_lines(5, event_id="one"), None),
        (in_lines(5, event_name="lead"), None),
        (in_lines(5, action_source="web"), None),
        (in_lines(5, order_id=None), None),
        ([fact._replace(em=number) for number, fact in enumerate(in_lines(5))], None),
        ([fact._replace(event_time=float(number)) for number, fact in enumerate(in_lines(5))], None),
    ],
)
def test_lines_of_one_offline_order_count_as_orders(facts, told):
    assert measure("offline-order-in-parts", facts) == told


def spelt_twice(people, *, first="00{}", second="{}", start=17, **columns):
    """Orders that a second import reports under another spelling of their numbers."""
    for number in range(start, start + people):
        yield order(number, order_id=first.format(number), **OFFLINE)
        again = {"event_id": f"again-{number}", "order_id": second.format(number)}
        yield order(number, **{**OFFLINE, **again, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (spelt_twice(3), (3, 6)),
        (spelt_twice(3, first="{}", second="#{}"), (3, 6)),
        (spelt_twice(3, first="{}", second="INV-0{}"), (3, 6)),
        (spelt_twice(2), None),
        (spelt_twice(3, first="1{}"), None),
        (spelt_twice(3, first="{}-2"), None),
        (spelt_twice(3, first="{0}{0}"), None),
        (spelt_twice(3, first="{}0"), None),
        (spelt_twice(3, first="00{}", second="0{}0"), None),
        (spelt_twice(3, em=7), None),
        (spelt_twice(3, event_time=7.0), None),
        (spelt_twice(3, value=99.0), None),
        (spelt_twice(3, products=99), None),
        (spelt_twice(3, action_source="web"), None),
        (spelt_twice(3, event_name="lead"), None),
    ],
)
def test_an_offline_order_under_another_spelling_of_its_number_counts_twice(facts, told):
    assert measure("offline-order-under-other-number", facts) == told


def bought(by_one, others, *, each=1, ids=1, **columns):
    """Orders of one address, and those of other buyers; `ids` are the customer numbers of the one address."""
    for number in range(by_one):
        yield order(number, **{**OFFLINE, "em": 1, "external_id": number % ids, **columns})
    for number in range(others * each):
        yield order(500 + number, em=100 + number % others, **OFFLINE)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (bought(20, 19), (20, 39)),
        (bought(19, 30), None),
        (bought(20, 18), None),
        (bought(20, 20, each=2), (20, 60)),
        (bought(20, 20, each=3), None),
        (bought(20, 180), (20, 200)),
        (bought(20, 181), None),
        (bought(40, 30, ids=20), (40, 70)),
        (bought(40, 30, ids=19), None),
        (bought(40, 0, ids=20), (40, 40)),
        (bought(40, 0, ids=19), None),
        (bought(40, 0, external_id=None), None),
        (bought(40, 30, external_id=None), (40, 70)),
        (bought(40, 30, action_source="web"), None),
        (bought(40, 30, event_name="lead"), None),
    ],
)
def test_one_address_for_the_offline_orders_of_many_is_a_placeholder(facts, told):
    assert measure("offline-email-of-many-people", facts) == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (bought(20, 0, ids=20), (20, 20)),
        (bought(20, 0, ids=19), None),
        (bought(40, 30), (40, 70)),
        (bought(40, 30, ids=2), None),
        (bought(20, 20, each=3, ids=20), None),
        (bought(40, 30, action_source="web"), None),
    ],
)
def test_one_customer_for_the_offline_orders_of_many_is_a_placeholder(facts, told):
    swapped = [fact._replace(em=fact.external_id or 0, external_id=fact.em) for fact in facts]
    assert measure("offline-customer-of-many-people", swapped) == told


def uploaded_too(people, *, only_offline=0, late=60.0, **columns):
    """Orders of the web that a stock system uploads as offline ones, and offline orders of others."""
    for number in range(people):
        yield order(number)
        own = {"event_id": f"erp-{number}", "order_id": f"SO{number}", "event_time": 1000.0 + number + late}
        same = {"em": 5000 + number, "value": 10.0 + number % 7, "products": number % 11}
        yield order(500 + number, **{**OFFLINE, **own, **same, **columns})
    yield from (order(900 + number, **OFFLINE) for number in range(only_offline))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (uploaded_too(5), (5, 5)),
        (uploaded_too(5, late=-3600.0), (5, 5)),
        (uploaded_too(5, late=3601.0), None),
        (uploaded_too(4), None),
        (uploaded_too(5, only_offline=45), (5, 50)),
        (uploaded_too(5, only_offline=46), None),
        (uploaded_too(5, products=None), (5, 5)),
        (uploaded_too(5, products=99), None),
        (uploaded_too(5, order_id=None), (5, 5)),
        (uploaded_too(5, value=99.0), None),
        (uploaded_too(5, em=None), None),
        (uploaded_too(5, action_source="web"), None),
        (uploaded_too(5, event_name="lead"), None),
        ([fact._replace(order_id="one") for fact in uploaded_too(5)], None),
    ],
)
def test_orders_of_the_web_that_are_uploaded_as_offline_ones_count_twice(facts, told):
    assert measure("offline-order-of-the-web-under-other-number", facts) == told
