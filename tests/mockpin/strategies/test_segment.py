"""Segment events as the strategies make them."""

from datetime import datetime

from hypothesis import given, settings

from mockpin.strategies import segment_events

NOW = 1_790_000_000


@given(segment_events(now=NOW))
@settings(max_examples=60)
def test_an_event_has_what_segment_always_gives(event):
    assert {"type", "messageId", "timestamp", "anonymousId", "context"} <= event.keys()
    assert NOW - 1_800 <= datetime.fromisoformat(event["timestamp"]).timestamp() <= NOW


@given(segment_events(types=["track"], events=["Order Completed"]))
@settings(max_examples=20)
def test_an_event_is_narrowed_by_type_and_name(event):
    assert (event["type"], event["event"]) == ("track", "Order Completed")
    assert event["properties"]["products"]
