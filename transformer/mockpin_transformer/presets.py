"""Segment's prebuilt mappings: which events become which conversion events.

`PRESETS` after Segment's action-destinations 3.517.0, `SEED_PRESETS` after Segment's public documentation of
the destination, which describes the generation before it (action-destinations 3.497.0).
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final

from mockpin_transformer.default_mapping import DEFAULT_MAPPING, SEED_MAPPING
from mockpin_transformer.js import JSON
from mockpin_transformer.mappings.mapping import Mapping, parse_mapping
from mockpin_transformer.subscription import Subscription
from mockpin_transformer.triggers.trigger import Trigger, parse_trigger

_PAGE: Final = 'type = "page"'


@dataclass(frozen=True)
class Preset:
    """One prebuilt mapping: `trigger` chooses the Segment events, `mapping` converts them."""

    name: str
    trigger: Trigger
    _raw: JSON = field(repr=False)

    @cached_property
    def mapping(self) -> Mapping:
        """The mapping, parsed when it is first asked for: few programs use them all."""
        return parse_mapping(self._raw)

    @cached_property
    def subscription(self) -> Subscription:
        """The subscription that a destination has by this preset."""
        return Subscription(self.trigger, self.mapping, self.name)


def _track(event: str) -> str:
    return f'type = "track" AND event = "{event}"'


def _presets(defaults: dict[str, JSON], rows: tuple[tuple[str, str, str], ...]) -> Table[str, Preset]:
    presets = (
        Preset(name, parse_trigger(trigger), {**defaults, "event_name": event_name})
        for name, trigger, event_name in rows
    )
    return MappingProxyType({preset.name: preset for preset in presets})


PRESETS: Final = _presets(
    DEFAULT_MAPPING,
    (
        ("Add Payment Info", _track("Payment Info Entered"), "add_payment_info"),
        ("Add to Cart", _track("Product Added"), "add_to_cart"),
        ("Add to Wishlist", _track("Product Added to Wishlist"), "add_to_wishlist"),
        ("App Install", _track("Application Installed"), "app_install"),
        ("App Open", _track("Application Opened"), "app_open"),
        ("Checkout", _track("Order Completed"), "checkout"),
        ("Initiate Checkout", _track("Checkout Started"), "initiate_checkout"),
        ("Lead", _track("Generate Lead"), "lead"),
        ("Page Visit", _PAGE, "page_visit"),
        ("Search", _track("Products Searched"), "search"),
        ("Sign Up", _track("Signed Up"), "signup"),
        ("Start Trial", _track("Trial Started"), "start_trial"),
        ("Subscribe", _track("Subscription Created"), "subscribe"),
        ("View Category", _track("Product Category Viewed"), "view_category"),
        ("View Content", _track("Product Viewed"), "view_content"),
        ("Watch Video", _track("Product Video Watched"), "watch_video"),
    ),
)

SEED_PRESETS: Final = _presets(
    SEED_MAPPING,
    (
        ("Search", _track("Products Searched"), "search"),
        ("Add to Cart", _track("Product Added"), "add_to_cart"),
        ("Page Visit", _PAGE, "page_visit"),
        ("Watch Video", _track("Product Video Watched"), "watch_video"),
        ("Lead", _track("Generate Lead"), "lead"),
        ("Checkout", _track("Checkout"), "checkout"),
        ("View Category", _track("Product Category Viewed"), "view_category"),
        ("Sign Up", _track("Signed Up"), "signup"),
    ),
)
