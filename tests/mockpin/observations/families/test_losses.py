"""Events that are lost on the way."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order

AGAIN = order(1, request=9, seq=9)
OFFLINE_AGAIN = [
    order(1, status="refused", injected=1, transient=1, action_source="offline"),
    AGAIN._replace(action_source="offline"),
]


@pytest.mark.parametrize(
    ("lost", "rules"),
    [
        ([order(1, status="refused", cause="c")], {"event-refused"}),
        ([order(1, status="refused", cause="c"), AGAIN], {"event-refused-first"}),
        ([order(1, status="failed", cause="c")], {"event-failed"}),
        ([order(1, status="failed", cause="c"), AGAIN], {"event-failed-first"}),
        ([order(1, status="failed", event_id="x"), AGAIN], {"event-failed-first"}),
        ([AGAIN, order(1, status="failed", request=10)], {"event-failed"}),
        ([order(1, status="failed"), AGAIN._replace(source="tag")], {"event-failed"}),
        ([order(1, status="failed", event_id="x"), AGAIN._replace(source="tag")], {"event-failed"}),
        ([order(1, status="refused", injected=1)], set()),
        ([order(1, status="failed", injected=1)], set()),
        ([order(1, status="refused", injected=1, transient=1)], {"event-not-retried"}),
        ([order(1, status="refused", injected=1, transient=1), AGAIN], set()),
        ([order(1, status="refused", injected=1, transient=1, source="segment")], set()),
        (OFFLINE_AGAIN, set()),
        ([OFFLINE_AGAIN[0], OFFLINE_AGAIN[1]._replace(event_id="second")], set()),
        ([OFFLINE_AGAIN[0], OFFLINE_AGAIN[1]._replace(account="7")], {"event-not-retried"}),
        ([fact._replace(order_id=None) for fact in OFFLINE_AGAIN], set()),
        ([OFFLINE_AGAIN[1], OFFLINE_AGAIN[0]._replace(request=10)], {"event-not-retried"}),
        ([order(1, status="failed", action_source="offline"), OFFLINE_AGAIN[1]], {"event-failed-first"}),
        ([order(1, status="missed", kind="request", event_id=None, order_id=None)], {"endpoint-missed"}),
        ([order(1, status="missed")], {"endpoint-missed"}),
        ([order(1, status="missed", account=""), AGAIN], {"event-refused-first"}),
        ([order(1, status="refused", account="7"), AGAIN], {"event-refused"}),
        ([AGAIN, order(1, status="missed", request=10)], {"endpoint-missed"}),
        ([order(1, status="missed", test=1)], set()),
        ([order(1, status="refused", test=1)], set()),
        ([order(1, kind="call", status="failed")], {"segment-call-not-converted"}),
        ([order(1, kind="call", status="not_accepted")], {"segment-call-dropped"}),
        ([order(1, kind="call", status="not_subscribed", near="x")], {"segment-name-misspelt"}),
        ([order(1, kind="call", status="not_subscribed")], set()),
    ],
)
def test_an_event_is_lost_unless_it_came_again_later(lost, rules):
    told = {observation.rule: observation for observation in observe(lost)}
    assert told.keys() == rules
    for observation in told.values():
        assert observation.events == 1
        first = observation.rule.endswith("-first")
        assert (observation.severity, observation.effect) == (
            ("warning", "none") if first else ("error", "lost")
        )


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("event-refused", {"status": "refused"}),
        ("event-not-retried", {"status": "refused", "injected": 1, "transient": 1}),
        ("endpoint-missed", {"status": "missed"}),
    ],
)
def test_an_event_that_is_lost_at_each_retry_is_one_event(rule, columns):
    facts = [order(1, seq=None, request=number, cause=f"c{number}", **columns) for number in (1, 2, 3)]
    facts += [order(2, seq=None, request=4, cause="c3", **columns)]
    (told,) = observe(facts)
    assert (told.rule, told.events, told.detail) == (rule, 2, "c3")


def test_events_without_an_id_are_lost_each_by_itself():
    facts = [order(number, event_id=None, order_id=None, status="failed") for number in (1, 2)]
    assert measure("event-failed", facts) == (2, 2)


@pytest.mark.parametrize(
    ("calls", "rest", "told"),
    [
        (5, {}, (5, 5)),
        (4, {}, None),
        (5, {"status": "converted"}, None),
        (5, {"status": "failed"}, None),
        (4, {"call": "page"}, None),
        (5, {"call": "page"}, (6, 6)),
        (5, {"call": "identify"}, (5, 5)),
    ],
)
def test_a_source_of_which_no_call_is_taken_is_not_connected(calls, rest, told):
    usual = {"kind": "call", "source": "segment", "status": "not_subscribed", "call": "track"}
    facts = [order(number, **usual) for number in range(calls)]
    facts += [order(100, **{**usual, **rest})] if rest else []
    assert measure("segment-nothing-taken", facts) == told


CALL = {"kind": "call", "source": "segment"}


def placed_and_completed(orders, *, near="Order Completed", **accepted):
    """Calls that nobody takes, and an accepted checkout of the same order beside each."""
    for number in range(orders):
        named = {"event_name": "Order Placed", "event_id": f"m-{number}", "status": "not_subscribed"}
        yield order(number, near=near, **CALL, **named)
        yield order(number, **{"source": "segment", **accepted})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (placed_and_completed(3), None),
        (placed_and_completed(3, source="api"), (3, 3)),
        (placed_and_completed(3, status="failed"), (3, 3)),
        (placed_and_completed(3, account="7"), (3, 3)),
        (placed_and_completed(3, order_id="x"), (3, 3)),
        ([fact._replace(order_id=None) for fact in placed_and_completed(3)], (3, 3)),
    ],
)
def test_a_call_of_another_name_is_lost_unless_segment_reported_its_order(facts, told):
    assert measure("segment-name-misspelt", facts) == told


def left_out(orders, *, event_name="Order Completed", cause="the integrations leave it out", converted=1):
    for number in range(orders):
        named = {"event_name": event_name, "status": "not_subscribed", "cause": cause}
        yield order(number, **CALL, **named)
    for number in range(converted):
        yield order(500 + number, event_name="Product Added", status="converted", **CALL)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (left_out(10), (10, 10)),
        (left_out(9), None),
        (left_out(10, cause=""), None),
        (left_out(10, event_name="Product Added"), None),
        (left_out(10, converted=0), None),
        ([*left_out(10), order(900)], None),
        ([*left_out(10), order(900, source="tag")], (10, 10)),
    ],
)
def test_orders_that_are_all_left_out_of_pinterest_are_lost(facts, told):
    assert measure("segment-orders-left-out", facts) == told
