"""Strategies for Segment events as Segment's public spec describes them."""

import operator
import time
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from mockpin.moments import write_iso
from mockpin.strategies.baskets import CURRENCIES, PRODUCTS, SEARCHES, prices
from mockpin.strategies.narrowing import check_names
from mockpin.strategies.people import USER_AGENTS, emails, ip_addresses, phones
from mockpin_validator.contract.kinds import SEGMENT_TYPES

#: The track events that one of Segment's Pinterest presets listens to.
EVENTS = (
    "Order Completed", "Product Added", "Checkout Started", "Products Searched", "Product Viewed",
    "Signed Up", "Payment Info Entered", "Product Added to Wishlist", "Product Category Viewed",
    "Product Video Watched", "Application Installed", "Application Opened", "Generate Lead",
    "Trial Started", "Subscription Created",
)  # fmt: skip
BASKET_EVENTS = frozenset({"Order Completed", "Checkout Started"})
PRODUCT_EVENTS = frozenset({"Product Added", "Product Viewed", "Product Added to Wishlist"})


def _dollars() -> st.SearchStrategy[float]:
    return prices().map(lambda cents: cents / 100)


def _product() -> st.SearchStrategy[dict[str, Any]]:
    named = st.sampled_from(PRODUCTS).map(lambda product: {"product_id": product[0], "name": product[1]})
    priced = st.fixed_dictionaries({"price": _dollars(), "quantity": st.integers(1, 5)})
    return st.builds(lambda name, price: {**name, **price, "brand": "Hearth"}, named, priced)


def _money() -> dict[str, st.SearchStrategy[Any]]:
    return {"currency": st.sampled_from(CURRENCIES), "value": _dollars()}


def properties(event: str) -> st.SearchStrategy[dict[str, Any]]:
    """Generate the properties that Segment's spec defines for an event; other events get a label."""
    if event in BASKET_EVENTS:
        products = st.lists(_product(), min_size=1, max_size=3)
        order = {"order_id": st.integers(1, 10**6).map(str), "products": products}
        return st.fixed_dictionaries({**_money(), **order}, optional={"email": emails()})
    if event in PRODUCT_EVENTS:
        return st.builds(operator.or_, _product(), st.fixed_dictionaries(_money()))
    if event == "Products Searched":
        return st.fixed_dictionaries({"query": st.sampled_from(SEARCHES)})
    return st.fixed_dictionaries({"label": st.sampled_from(("a", "b"))})


def traits() -> st.SearchStrategy[dict[str, Any]]:
    """Generate plain-text traits of a person, as in identify calls."""
    address = st.just({"city": "Oakland", "state": "CA"})
    return st.fixed_dictionaries({"email": emails()}, optional={"phone": phones(), "address": address})


def contexts() -> st.SearchStrategy[dict[str, Any]]:
    """Generate the context that Segment's libraries add: IP address, browser, page and locale."""
    page = {"url": "https://shop.example.com/checkout", "path": "/checkout", "title": "Checkout"}
    return st.fixed_dictionaries(
        {
            "ip": ip_addresses(),
            "userAgent": st.sampled_from(USER_AGENTS),
            "page": st.just(page),
            "locale": st.just("en-US"),
            "library": st.just({"name": "analytics.js", "version": "2.1.0"}),
        },
        optional={"app": st.just({"name": "Shop", "version": "4.2.0", "namespace": "com.example.shop"})},
    )


def _generate_by_type(type_: str, events: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    if type_ == "track":
        return st.sampled_from(events).flatmap(
            lambda event: properties(event).map(lambda values: {"event": event, "properties": values})
        )
    others: dict[str, st.SearchStrategy[dict[str, Any]]] = {
        "page": st.just({"name": "Checkout", "properties": {"url": "https://shop.example.com/checkout"}}),
        "screen": st.just({"name": "Checkout", "properties": {}}),
        "identify": traits().map(lambda values: {"traits": values}),
        "group": st.just({"groupId": "g1", "traits": {"name": "Hearth"}}),
        "alias": st.just({"previousId": "anonymous-1"}),
    }
    return others[type_]


def segment_events(
    *, types: Sequence[str] = SEGMENT_TYPES, events: Sequence[str] = EVENTS, now: float | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    """Generate Segment events of these types; `events` are the names of the track events.

    `now` is the time in seconds since 1970 in the half hour before which they happened, the machine's clock
    if not given. Raises NarrowingInvalid when names are not a list, or for an unknown type.
    """
    check_names("types", types, SEGMENT_TYPES)
    check_names("events", events)
    return _events(types, events, now)


@st.composite
def _events(
    draw: st.DrawFn, types: Sequence[str], events: Sequence[str], now: float | None
) -> dict[str, Any]:
    type_ = draw(st.sampled_from(types))
    return {
        "type": type_,
        "messageId": f"ajs-{draw(st.uuids())}",
        "timestamp": write_iso(int(time.time() if now is None else now) - draw(st.integers(0, 1_800))),
        "userId": draw(st.integers(1, 10**6).map("user-{}".format)),
        "anonymousId": str(draw(st.uuids())),
        **draw(_generate_by_type(type_, events)),
        "context": draw(contexts()),
    }
