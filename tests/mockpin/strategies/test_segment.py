"""Segment events as the strategies make them."""

from datetime import datetime

import pytest
from hypothesis import given, settings

from mockpin.strategies import segment_events
from mockpin.strategies.narrowing import NarrowingInvalid

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


@pytest.mark.parametrize("narrowing", [{"types": "track"}, {"types": ["purchase"]}, {"events": "Signed Up"}])
def test_what_cannot_be_drawn_is_refused_when_the_strategy_is_made(narrowing):
    with pytest.raises(NarrowingInvalid, match=f"{next(iter(narrowing))} cannot be "):
        segment_events(**narrowing)
