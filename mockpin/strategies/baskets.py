"""What an event is about: products, money, orders and searches, as custom_data."""

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
BUYING = frozenset({"add_payment_info", "add_to_cart", "add_to_wishlist", "checkout", "initiate_checkout"})
SEARCHES = ("walnut desk", "lamp", "café table")

Data: TypeAlias = dict[str, Any]
Row: TypeAlias = tuple[tuple[str, str], int, int]


def prices() -> st.SearchStrategy[int]:
    """Prices in cents."""
    return st.integers(1, 100_000)


def as_money(cents: int) -> str:
    """Cents as the contract wants money: a decimal number in a string."""
    return f"{cents // 100}.{cents % 100:02d}"


def items() -> st.SearchStrategy[list[Row]]:
    """Products with their price in cents and their quantity, each product once."""
    row = st.tuples(st.sampled_from(PRODUCTS), prices(), st.integers(1, 5))
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda item: item[0])


def contents(rows: list[Row]) -> Data:
    """The members of custom_data that say what is bought: their totals agree with their lines."""
    return {
        "value": as_money(sum(cents * quantity for _, cents, quantity in rows)),
        "content_ids": [sku for (sku, _), _, _ in rows],
        "contents": [
            {"id": sku, "item_name": name, "item_price": as_money(cents), "quantity": quantity}
            for (sku, name), cents, quantity in rows
        ],
        "num_items": sum(quantity for _, _, quantity in rows),
    }


@st.composite
def baskets(draw: st.DrawFn) -> Data:
    """custom_data of an event that is about money."""
    order_id = draw(st.integers(1, 10**6).map("order-{}".format))
    return {"currency": draw(st.sampled_from(CURRENCIES)), **contents(draw(items())), "order_id": order_id}


def custom_data(event_name: str) -> st.SearchStrategy[Data]:
    """custom_data as fits the event name: a basket, a search, or nothing."""
    if event_name in BUYING:
        return baskets()
    if event_name == "search":
        return st.fixed_dictionaries({"search_string": st.sampled_from(SEARCHES)})
    return st.just({})
