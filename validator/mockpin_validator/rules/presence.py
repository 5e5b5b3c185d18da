"""The fields that Pinterest recommends for events of each name."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from mockpin_validator.judging.clean_schemas import either, fields, has, other_than
from mockpin_validator.judging.context import Context, Event, custom_data_of
from mockpin_validator.judging.evidence import MERCHANTS, OPENAPI, OPENAPI_INFERRED, RETURN_ON_AD_SPEND
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import HINT, rule

_FILLED: Final = {"minLength": 1, "minItems": 1, "type": ["string", "array", "integer"]}
#: Events about products that a visitor buys or is about to buy.
_BUYING: Final = ("add_to_cart", "checkout")
_DETAILS: Final = ("id", "item_price", "quantity")


def _place(event: Event) -> str:
    """Return the pointer to custom_data, or to the event if it has none."""
    return "/custom_data" if "custom_data" in event else ""


@rule(
    HINT,
    RETURN_ON_AD_SPEND,
    clean=either(other_than("event_name", "checkout"), has("custom_data.value", asked=_FILLED)),
)
def value_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A checkout has a value; the return on ad spend is computed from it."""
    if event["event_name"] == "checkout" and not custom_data_of(event).get("value"):
        yield Complaint(
            _place(event),
            "The checkout has no value: Pinterest cannot report the return on ad spend.",
            "Send what the customer paid before tax and shipping, as a string, and its currency.",
        )


@rule(
    HINT,
    OPENAPI,
    clean=either(other_than("event_name", "checkout"), has("custom_data.order_id")),
)
def order_id_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A checkout has an order id."""
    if event["event_name"] == "checkout" and "order_id" not in custom_data_of(event):
        yield Complaint(
            _place(event),
            "The checkout has no order_id: Pinterest recommends it for deduplication and measurement.",
            "Send the order's id in custom_data.order_id.",
        )


@rule(
    HINT,
    MERCHANTS,
    clean=either(
        other_than("event_name", *_BUYING),
        has("custom_data.content_ids", asked=_FILLED),
        has("custom_data.contents", asked=_FILLED),
    ),
)
def products_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """An add_to_cart or checkout names its products in content_ids or contents."""
    custom_data = custom_data_of(event)
    if event["event_name"] in _BUYING and not (custom_data.get("content_ids") or custom_data.get("contents")):
        yield Complaint(
            _place(event),
            f"The {event['event_name']} does not name its products: Pinterest recommends it to merchants.",
            "Send content_ids, and contents with the price and quantity of each product.",
        )


@rule(
    HINT,
    MERCHANTS,
    clean=either(
        other_than("event_name", *_BUYING), fields({"custom_data.contents[]": {"required": [*_DETAILS]}})
    ),
)
def product_details_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """Each item in the contents of an add_to_cart or checkout has an id, a price and a quantity."""
    items: Sequence[dict[str, Any]] = custom_data_of(event).get("contents", ())
    missing = [name for name in _DETAILS if any(name not in item for item in items)]
    if missing and event["event_name"] in _BUYING:
        yield Complaint(
            "/custom_data/contents",
            f"A product has no {' and no '.join(missing)}: Pinterest recommends it to merchants.",
            "Send id, item_price (a number as a string) and quantity of each product.",
        )


@rule(
    HINT,
    MERCHANTS,
    clean=either(other_than("event_name", *_BUYING), has("custom_data.num_items")),
)
def num_items_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """An add_to_cart or checkout that names its products has num_items, the number of pieces."""
    custom_data = custom_data_of(event)
    named = custom_data.get("content_ids") or custom_data.get("contents")
    if named and event["event_name"] in _BUYING and "num_items" not in custom_data:
        yield Complaint(
            "/custom_data",
            f"The {event['event_name']} has no num_items: Pinterest recommends it to merchants.",
            "Send the number of pieces, all products together.",
        )


@rule(
    HINT,
    OPENAPI_INFERRED,
    clean=either(other_than("event_name", "search"), has("custom_data.search_string", asked=_FILLED)),
)
def search_string_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A search has a search string."""
    if event["event_name"] == "search" and not custom_data_of(event).get("search_string"):
        yield Complaint(
            _place(event),
            "The search has no search_string.",
            "Send what the visitor searched for in custom_data.search_string.",
        )


RULES: Final = (
    value_missing,
    order_id_missing,
    products_missing,
    product_details_missing,
    num_items_missing,
    search_string_missing,
)
