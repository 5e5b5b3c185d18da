"""Conversions that come again when Pinterest compares them no longer."""

import pytest

from tests.mockpin.observations.relations import measure, order


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
