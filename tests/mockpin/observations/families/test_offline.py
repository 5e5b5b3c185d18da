"""Offline orders that count more than once."""

import pytest

from tests.mockpin.observations.relations import measure, order

OFFLINE = {"action_source": "offline"}


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
