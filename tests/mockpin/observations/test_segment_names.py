"""Which Segment names are nearly one that a subscription takes."""

import pytest

from mockpin.observations.segment_names import find_near_name, read_taken_names
from mockpin_transformer import PRESETS

TAKEN = frozenset().union(*(read_taken_names(str(preset.trigger)) for preset in PRESETS.values()))


def test_the_names_of_the_presets_are_read_from_their_triggers():
    assert {"Order Completed", "Product Added", "Signed Up"} <= TAKEN
    assert read_taken_names('type = "page"') == frozenset()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Order Complete", "Order Completed"), ("order completed", "Order Completed"),
        ("OrderCompleted", "Order Completed"), ("Order_Completed", "Order Completed"),
        ("Ordr Completed", "Order Completed"), ("Purchase", "Order Completed"),
        ("Purchase Completed", "Order Completed"), ("Add To Cart", "Product Added"),
        ("Sign Up", "Signed Up"), ("Products Search", "Products Searched"),
    ],
)  # fmt: skip
def test_a_spelling_or_a_synonym_is_near(name, meant):
    assert find_near_name(name, TAKEN) == meant


@pytest.mark.parametrize(
    "name",
    ["Order Completed", "Button Clicked", "Product Reviewed", "Order Refunded", "Order Cancelled", "Cart Viewed",
     "Product Removed", "Checkout Step Viewed", "Coupon Applied", "Video Paused", "", "Login"],
)  # fmt: skip
def test_other_names_are_normal(name):
    assert find_near_name(name, TAKEN) is None


def test_a_synonym_of_a_name_that_nobody_takes_is_normal():
    assert find_near_name("Purchase", frozenset({"Signed Up"})) is None
