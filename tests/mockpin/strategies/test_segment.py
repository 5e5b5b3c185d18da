"""Segment events as the strategies make them."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.strategies import segment_events
from mockpin.strategies.narrowing import NarrowingInvalid
from mockpin.strategies.segment import BASKET_EVENTS, PRODUCT_EVENTS, properties, traits

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


@given(st.data())
@settings(max_examples=60)
def test_the_properties_are_those_of_the_spec_for_the_event(data):
    basket = data.draw(properties(data.draw(st.sampled_from(sorted(BASKET_EVENTS)))))
    product = data.draw(properties(data.draw(st.sampled_from(sorted(PRODUCT_EVENTS)))))
    assert {"currency", "value", "order_id", "products"} <= basket.keys() <= {*basket, "email"}
    for item in (product, *basket["products"]):
        assert {"product_id", "name", "price", "quantity", "brand"} <= item.keys()
        assert round(item["price"] * 100) == pytest.approx(item["price"] * 100)
        assert 1 <= item["quantity"] <= 5
    assert {"currency", "value"} < product.keys()
    assert 1 <= len(basket["products"]) <= 3
    assert data.draw(properties("Products Searched")).keys() == {"query"}
    assert data.draw(properties("Signed Up")).keys() == {"label"}


@given(traits())
@settings(max_examples=30)
def test_the_traits_are_those_of_a_person_in_plain_text(person):
    assert "@" in person["email"]
    assert person.keys() <= {"email", "phone", "address"}
