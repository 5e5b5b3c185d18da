"""What the data of a tag's event must be: its name, value, currency, order and products.

The names of the fields are those of Pinterest's tag (`order_quantity`, `line_items`), not those of the API.
A rule judges the event that `hits.read_event` makes of a hit, whose `custom_data` is the tag's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from mockpin_validator.contract.iso_codes import currencies
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES, fold
from mockpin_validator.contract.request import HASHED_MATCH_KEYS
from mockpin_validator.contract.spelling import find_meant_event_name, quoted
from mockpin_validator.judging.finding import Complaint, Evidence
from mockpin_validator.judging.rule import INFORMATION, WARNING, rule
from mockpin_validator.rules.money import parse_number

if TYPE_CHECKING:
    from mockpin_validator.judging.context import Context, Event

TAG_DATA: Final = Evidence(
    "Pinterest's documentation of the tag: the image tag in its guide to limited data processing, "
    "help.pinterest.com/en/business/article/add-event-codes",
    "documented",
    "2026-11-24",
)
TAG_READING: Final = Evidence(
    "the examples in Pinterest's documentation of the tag; what the tag's server does is not known",
    "inferred",
    "2026-11-24",
)
_STANDARD: Final = frozenset(map(fold, STANDARD_EVENT_NAMES))
_BUYING: Final = frozenset({"checkout", "addtocart"})
_CUSTOM: Final = "/custom_data"


def _data(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = event["custom_data"]
    return data


def _items(event: Event) -> list[Any]:
    items = _data(event).get("line_items")
    return items if isinstance(items, list) else [items] if items else []


@rule(WARNING, TAG_READING)
def tag_event_name_unknown(event: Event, _: Context) -> Iterator[Complaint]:
    """The tag's event name is not a misspelt standard name; names of your own are left alone."""
    name = event["event_name"]
    meant = find_meant_event_name(name)
    if meant and fold(name) not in _STANDARD:
        yield Complaint(
            "/event_name", f"{quoted(name)} is not a standard event name.", f"Did you mean {meant}?"
        )


@rule(WARNING, TAG_READING)
def tag_value_not_a_number(event: Event, _: Context) -> Iterator[Complaint]:
    """The tag's value and the prices of its line items are numbers, or texts that hold one."""
    amounts = {f"{_CUSTOM}/value": _data(event).get("value")} | {
        f"{_CUSTOM}/line_items/{index}/product_price": item.get("product_price")
        for index, item in enumerate(_items(event))
        if isinstance(item, dict)
    }
    for path, amount in amounts.items():
        if amount not in (None, "") and _number(amount) is None:
            yield Complaint(
                path,
                f"{quoted(str(amount))} is not a number.",
                "Send a plain number such as 24.50: a point, no currency, no thousands separators.",
            )


@rule(INFORMATION, TAG_DATA)
def tag_value_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A checkout of the tag carries its value."""
    if fold(event["event_name"]) == "checkout" and _data(event).get("value") in (None, ""):
        yield Complaint(
            _CUSTOM, "The tag's checkout has no value.", "Send value and currency with the checkout."
        )


@rule(INFORMATION, TAG_DATA)
def tag_currency_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A value of the tag has its currency beside it."""
    data = _data(event)
    if data.get("value") not in (None, "") and not data.get("currency"):
        yield Complaint(_CUSTOM, "The tag's value has no currency.", "Send the ISO 4217 code in currency.")


@rule(WARNING, TAG_READING)
def tag_currency_unknown(event: Event, _: Context) -> Iterator[Complaint]:
    """The tag's currency is an ISO 4217 code in capitals."""
    currency = _data(event).get("currency")
    if currency and not (isinstance(currency, str) and currency in currencies()):
        yield Complaint(
            f"{_CUSTOM}/currency",
            f"{quoted(str(currency))} is not an ISO 4217 currency code.",
            "Send three capital letters, such as 'EUR'.",
        )


@rule(INFORMATION, TAG_DATA)
def tag_order_id_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A checkout of the tag carries its order id."""
    if fold(event["event_name"]) == "checkout" and not _data(event).get("order_id"):
        yield Complaint(
            _CUSTOM, "The tag's checkout has no order_id.", "Send the order id that the API sends for it."
        )


@rule(INFORMATION, TAG_DATA)
def tag_products_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A checkout and an addtocart of the tag name their products, each with product_id."""
    named = [item for item in _items(event) if isinstance(item, dict) and item.get("product_id")]
    complete = bool(named) and len(named) == len(_items(event))
    if fold(event["event_name"]) in _BUYING and not complete and not _data(event).get("product_id"):
        yield Complaint(
            f"{_CUSTOM}/line_items" if _items(event) else _CUSTOM,
            f"The tag's {event['event_name']} does not name each of its products.",
            "Send line_items, each with the product_id that your catalogue has.",
        )


@rule(WARNING, TAG_READING)
def tag_quantity_not_whole(event: Event, _: Context) -> Iterator[Complaint]:
    """order_quantity and the quantity of each line item are whole numbers from 1."""
    counts = {f"{_CUSTOM}/order_quantity": _data(event).get("order_quantity")} | {
        f"{_CUSTOM}/line_items/{index}/product_quantity": item.get("product_quantity")
        for index, item in enumerate(_items(event))
        if isinstance(item, dict)
    }
    for path, count in counts.items():
        number = _number(count)
        if count not in (None, "") and (number is None or number < 1 or number % 1):
            yield Complaint(
                path, f"{path.rpartition('/')[2]} is not a number of pieces.", "Send a whole number from 1."
            )


@rule(WARNING, TAG_READING)
def tag_match_key_plain(event: Event, _: Context) -> Iterator[Complaint]:
    """The tag's match keys are hashed when they leave the browser: none holds an e-mail address."""
    for key in HASHED_MATCH_KEYS:
        values = event["user_data"].get(key) or []
        if any("@" in str(value) for value in values):
            yield Complaint(
                f"/user_data/{key}",
                f"The tag sends {key} in plain text.",
                "Hash it with SHA-256 in lower case, without spaces around it, as Pinterest's script does.",
            )


def _number(value: Any) -> float | None:
    """The finite number that a value is, or holds as a text; None for any other."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return parse_number(str(value))


RULES: Final = (
    tag_event_name_unknown,
    tag_value_not_a_number,
    tag_value_missing,
    tag_currency_missing,
    tag_currency_unknown,
    tag_order_id_missing,
    tag_products_missing,
    tag_quantity_not_whole,
    tag_match_key_plain,
)
