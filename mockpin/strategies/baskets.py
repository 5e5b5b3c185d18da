"""Strategies for custom_data: products, money, orders and searches."""

from typing import Any, TypeAlias

from hypothesis import strategies as st

PRODUCTS = (
    ("SKU-1", "Walnut desk"),
    ("SKU-2", "Linen curtain"),
    ("SKU-3", "Café table"),
    ("SKU-4", "Lamp & shade"),
)
CURRENCIES = ("USD", "EUR", "GBP", "CAD")
#: Event names whose events carry money and products.
BASKET_EVENT_NAMES = frozenset(
    {"add_payment_info", "add_to_cart", "add_to_wishlist", "checkout", "initiate_checkout"}
)
SEARCHES = ("walnut desk", "lamp", "café table")

Data: TypeAlias = dict[str, Any]
BasketRow: TypeAlias = tuple[tuple[str, str], int, int]


def prices() -> st.SearchStrategy[int]:
    """Generate prices in cents."""
    return st.integers(1, 100_000)


def format_money(cents: int) -> str:
    """Format cents as the contract requires: a decimal number in a string."""
    return f"{cents // 100}.{cents % 100:02d}"


def items() -> st.SearchStrategy[list[BasketRow]]:
    """Generate products with a price in cents and a quantity, each product once."""
    row = st.tuples(st.sampled_from(PRODUCTS), prices(), st.integers(1, 5))
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda item: item[0])


def contents(rows: list[BasketRow]) -> Data:
    """Return the custom_data fields about the products bought, with totals that match the products."""
    return {
        "value": format_money(sum(cents * quantity for _, cents, quantity in rows)),
        "content_ids": [sku for (sku, _), _, _ in rows],
        "contents": [
            {"id": sku, "item_name": name, "item_price": format_money(cents), "quantity": quantity}
            for (sku, name), cents, quantity in rows
        ],
        "num_items": sum(quantity for _, _, quantity in rows),
    }


@st.composite
def baskets(draw: st.DrawFn) -> Data:
    """Generate custom_data of an event about money."""
    order_id = draw(st.integers(1, 10**6).map("order-{}".format))
    return {"currency": draw(st.sampled_from(CURRENCIES)), **contents(draw(items())), "order_id": order_id}


def custom_data(event_name: str) -> st.SearchStrategy[Data]:
    """Generate custom_data for an event name: a basket, a search, or an empty object."""
    if event_name in BASKET_EVENT_NAMES:
        return baskets()
    if event_name == "search":
        return st.fixed_dictionaries({"search_string": st.sampled_from(SEARCHES)})
    return st.just({})
