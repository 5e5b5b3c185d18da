"""The data of the tag's events: value, currency, order, products, and the event's name."""

import pytest

from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.tag.hits import read_event, unfold
from mockpin.emulator.tag.rules import judge_hit

GOOD = {
    "event": "checkout", "ed[value]": "49.00", "ed[currency]": "EUR", "ed[order_id]": "o-1",
    "ed[order_quantity]": "2",
    "ed[line_items][0][product_id]": "sku-1", "ed[line_items][0][product_price]": "24.50",
    "ed[line_items][0][product_quantity]": "2",
}  # fmt: skip


def found(**changes):
    """Rule and place of each finding on the good hit with parameters replaced; None drops one."""
    sent = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    fields = unfold(sent.items())
    event = read_event(fields, HttpRequest("GET", "/v3/"), 0)
    return [(finding.rule, finding.path.removeprefix("/data/0/")) for finding in judge_hit(fields, event)]


def test_a_complete_checkout_is_fine():
    assert found() == []


@pytest.mark.parametrize("name", ["Checkout", "page_visit", "PageVisit", "pagevisit", "loyalty_tier"])
def test_a_standard_name_in_any_spelling_and_a_name_of_ones_own_are_fine(name):
    assert "tag-event-name-unknown" not in dict(found(event=name))


@pytest.mark.parametrize("name", ["Purchase", "ChekOut", "ViewItem"])
def test_another_name_is_told(name):
    assert dict(found(event=name)) == {"tag-event-name-unknown": "event_name"}


@pytest.mark.parametrize("value", ["49,00", "EUR 49", "undefined", "1.234,50", "NaN", "{}"])
def test_a_value_is_a_number(value):
    assert found(**{"ed[value]": value}) == [("tag-value-not-a-number", "custom_data/value")]


@pytest.mark.parametrize("value", [49, 49.5, "0", "49.00"])
def test_a_number_may_be_one_or_a_text(value):
    ed = {"value": value, "currency": "EUR", "order_id": "o", "line_items": [{"product_id": 7}]}
    event = read_event({"event": "checkout", "ed": ed}, HttpRequest("GET", "/v3/"), 0)
    assert judge_hit({"ed": ed}, event) == ()


def test_prices_and_quantities_are_judged_item_by_item():
    assert found(**{"ed[line_items][0][product_price]": "x", "ed[line_items][0][product_quantity]": "0"}) == [
        ("tag-value-not-a-number", "custom_data/line_items/0/product_price"),
        ("tag-quantity-not-whole", "custom_data/line_items/0/product_quantity"),
    ]


@pytest.mark.parametrize("count", ["1.5", "0", "-1", "two"])
def test_an_order_has_whole_pieces(count):
    assert found(**{"ed[order_quantity]": count}) == [
        ("tag-quantity-not-whole", "custom_data/order_quantity")
    ]


@pytest.mark.parametrize("count", ["1", "12", ""])
def test_whole_pieces_from_one_and_an_empty_number_are_fine(count):
    assert found(**{"ed[order_quantity]": count, "ed[line_items][0][product_quantity]": count}) == []


@pytest.mark.parametrize(("name", "rule"), [
    ("ed[value]", "tag-value-missing"), ("ed[currency]", "tag-currency-missing"),
    ("ed[order_id]", "tag-order-id-missing"),
])  # fmt: skip
def test_what_a_checkout_lacks_is_named(name, rule):
    assert found(**{name: None}) == [(rule, "custom_data")]
    assert found(**{name: None, "event": "pagevisit"}) == (
        [(rule, "custom_data")] if "currency" in name else []
    )


@pytest.mark.parametrize(("currency", "known"), [("USD", True), ("usd", False), ("$", False)])
def test_a_currency_is_a_code_in_capitals(currency, known):
    expected = [] if known else [("tag-currency-unknown", "custom_data/currency")]
    assert found(**{"ed[currency]": currency}) == expected


@pytest.mark.parametrize("event", ["checkout", "AddToCart", "add_to_cart"])
def test_what_is_bought_is_named_product_by_product(event):
    second = {"ed[line_items][1][product_name]": "Lamp"}
    assert found(event=event, **second) == [("tag-products-missing", "custom_data/line_items")]


def test_a_product_id_beside_the_items_is_enough():
    items = {name: None for name in GOOD if "line_items" in name}
    assert found(**items) == [("tag-products-missing", "custom_data")]
    assert found(**items, **{"ed[product_id]": "sku-1"}) == []


@pytest.mark.parametrize(("em", "plain"), [("jane@example.com", True), ("a" * 64, False), ("a" * 32, False)])
def test_an_address_is_hashed_before_it_leaves_the_browser(em, plain):
    assert found(**{"pd[em]": em}) == ([("tag-match-key-plain", "user_data/em")] if plain else [])


@pytest.mark.parametrize("currency", [["EUR"], {"code": "EUR"}, 5, True])
def test_a_currency_that_is_not_text_is_named(currency):
    event = read_event({"event": "lead", "ed": {"currency": currency}}, HttpRequest("GET", "/v3/"), 0)
    assert [finding.rule for finding in judge_hit({}, event)] == ["tag-currency-unknown"]


@pytest.mark.parametrize("items", ["x", "[]", "7"])
def test_items_that_are_not_a_list_break_nothing(items):
    ed = {"value": 1, "currency": "EUR", "order_id": "o", "line_items": items}
    event = read_event({"event": "checkout", "ed": ed}, HttpRequest("GET", "/v3/"), 0)
    assert [finding.rule for finding in judge_hit({"ed": ed}, event)] == ["tag-products-missing"]
