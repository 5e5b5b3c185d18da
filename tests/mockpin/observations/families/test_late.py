"""Conversions that come again when Pinterest compares them no longer."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order


def twice(orders, **again):
    """Orders that the tag reports, and the API when the window has closed."""
    for number in range(orders):
        yield order(number, source="tag")
        yield order(number, **{"seq": 500 + number, "arrival": 100_000.0, **again})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (twice(3), (3, 6)),
        (twice(3, source="tag"), (3, 6)),
        (twice(2), None),
        (twice(3, duplicate_of=1), None),
        (twice(3, event_id="x"), None),
        (twice(3, event_id=None), None),
        (twice(3, order_id="x"), None),
        (twice(3, order_id=None), None),
        (twice(3, arrival=None), None),
        (twice(3, arrival=4000.0), None),
        (twice(3, arrival=4700.0), (3, 6)),
        (twice(3, action_source="offline"), None),
        (twice(3, test=1), None),
        (twice(3, status="failed"), None),
    ],
)
def test_an_order_that_comes_again_after_the_window_counts_twice(facts, told):
    assert measure("order-reported-after-window", facts) == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (twice(1), (1, 2)),
        (twice(2), (2, 4)),
        (twice(3), None),
        (twice(3, order_id=None), (3, 6)),
        (twice(3, order_id="x"), (3, 6)),
        (twice(3, arrival=4000.0), (3, 6)),
        ([*twice(3), order(9, event_name="lead"), order(9, event_name="lead", arrival=9e5)], (1, 2)),
        ([*twice(1), order(0, arrival=200_000.0)], (2, 3)),
        ([*twice(1), order(0, arrival=200_000.0, duplicate_of=500)], (1, 3)),
        (
            (order(number, arrival=1e5 * number, event_id="<masked 9 characters>") for number in range(3)),
            None,
        ),
        (twice(3, duplicate_of=1), None),
        (twice(3, event_id="x"), None),
        (twice(3, event_id=None), None),
        (twice(3, event_name="lead"), None),
        (twice(3, arrival=None), None),
        (twice(3, action_source="offline"), None),
        (twice(3, test=1), None),
        (twice(3, status="failed"), None),
    ],
)
def test_any_event_that_comes_again_after_the_window_is_told_where_no_orders_are(facts, told):
    assert measure("event-reported-after-window", facts) == told


def test_orders_are_an_error_and_others_a_warning():
    severities = {
        found.rule: found.severity
        for found in observe([*twice(3), *twice(1, account="7"), order(0, account="7")])
    }
    assert severities["order-reported-after-window"] == "error"
    assert severities["event-reported-after-window"] == "warning"
