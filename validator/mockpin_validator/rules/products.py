"""Products: content_ids, contents, num_items and value agree with each other."""

from collections.abc import Iterator, Sequence
from math import isclose
from typing import Any, Final

from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event, custom_data_of
from mockpin_validator.judging.evidence import OPENAPI, OUR_ADVICE
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import ADVICE, HINT, MISTAKE, rule
from mockpin_validator.rules.money import parse_number

Items = Sequence[dict[str, Any]]
# No real quantity is larger, and a larger one may not fit a float.
MAX_QUANTITY: Final = 10**15
#: Share by which a value may differ from the sum, for rounding and currency conversion.
RELATIVE_TOLERANCE: Final = 0.01
_CUSTOM: Final = "/custom_data"


def _adds_up(event: Event, _: Context) -> bool:
    """Whether the contents, if any, are complete and agree with content_ids, num_items and value."""
    custom_data = custom_data_of(event)
    items = custom_data.get("contents")
    if not items:
        return True
    pieces, total, ids = 0, 0.0, set()
    try:
        for item in items:
            pieces += item["quantity"]
            total += item["quantity"] * float(item["item_price"])
            ids.add(item["id"])
        return (
            custom_data["num_items"] == pieces
            and isclose(float(custom_data["value"]), total, rel_tol=RELATIVE_TOLERANCE)
            and ids == {*custom_data["content_ids"]}
        )
    except (LookupError, ArithmeticError, TypeError, ValueError):
        return False


@rule(ADVICE, OUR_ADVICE, quiet=_adds_up)
def content_ids_disagree(event: Event, _: Context) -> Iterator[Complaint]:
    """content_ids and the ids in contents name the same products. An item without an id fits any of them."""
    custom_data = custom_data_of(event)
    listed, items = custom_data.get("content_ids"), custom_data.get("contents")
    if listed and items and not _name_same_products({*listed}, items):
        yield Complaint(
            f"{_CUSTOM}/content_ids",
            "content_ids and the ids in contents name different products.",
            "Build both from the same list of products.",
        )


@rule(ADVICE, OPENAPI, quiet=_adds_up)
def num_items_disagrees(event: Event, _: Context) -> Iterator[Complaint]:
    """num_items is the sum of the quantities in contents."""
    custom_data = custom_data_of(event)
    stated, items = custom_data.get("num_items", 0), custom_data.get("contents")
    if stated > 0 and items and (pieces := _count_pieces(items)) not in {None, stated}:
        yield Complaint(
            f"{_CUSTOM}/num_items",
            f"num_items is {stated}, but the quantities in contents add up to {pieces}.",
            "Send the number of pieces, all products together.",
        )


@rule(HINT, OPENAPI, quiet=_adds_up)
def value_disagrees(event: Event, _: Context) -> Iterator[Complaint]:
    """The value is the sum of price times quantity over the contents."""
    custom_data = custom_data_of(event)
    value, total = parse_number(custom_data.get("value") or ""), _add_prices(custom_data.get("contents", ()))
    if value and total and value > 0 and not isclose(value, total, rel_tol=RELATIVE_TOLERANCE):
        yield Complaint(
            f"{_CUSTOM}/value",
            f"value is {value:.10g}, but the contents cost {total:.10g}.",
            "Send the value in the currency's unit, not in cents."
            if isclose(value, 100 * total, rel_tol=RELATIVE_TOLERANCE)
            else "Send the total of price times quantity, before tax and shipping.",
        )


@rule(
    MISTAKE,
    OUR_ADVICE,
    clean=fields(
        {"custom_data.num_items": {"minimum": 1}, "custom_data.contents[].quantity": {"minimum": 1}}
    ),
)
def quantity_not_positive(event: Event, _: Context) -> Iterator[Complaint]:
    """num_items and every quantity are at least one."""
    custom_data = custom_data_of(event)
    counts = {f"{_CUSTOM}/num_items": custom_data.get("num_items", 1)} | {
        f"{_CUSTOM}/contents/{index}/quantity": item.get("quantity", 1)
        for index, item in enumerate(custom_data.get("contents", ()))
    }
    for path, count in counts.items():
        if count < 1:
            yield Complaint(
                path, f"{path.rpartition('/')[2]} is {count}.", "Send at least 1, or leave the field out."
            )


def _name_same_products(listed: set[str], items: Items) -> bool:
    detailed = {item["id"] for item in items if item.get("id")}
    complete = all(item.get("id") for item in items)
    return detailed == listed if complete else detailed <= listed


def _count_pieces(items: Items) -> int | None:
    """Return the sum of the quantities, None if one is missing or not positive (another rule reports it)."""
    pieces = 0
    for item in items:
        if item.get("quantity", 0) < 1:
            return None
        pieces += item["quantity"]
    return pieces


def _add_prices(items: Items) -> float | None:
    """Return what the items cost, None if a price or a quantity is unusable."""
    total = 0.0
    for item in items:
        price, quantity = parse_number(item.get("item_price") or ""), item.get("quantity", 1)
        if price is None or price < 0 or not 0 < quantity <= MAX_QUANTITY:
            return None
        total += price * quantity
    return total


RULES: Final = (
    content_ids_disagree,
    num_items_disagrees,
    value_disagrees,
    quantity_not_positive,
)
