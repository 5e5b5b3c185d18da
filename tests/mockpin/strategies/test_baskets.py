"""What is bought, and what it costs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.strategies.baskets import BASKET_EVENT_NAMES, baskets, custom_data, format_money, prices
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES


@given(baskets())
def test_the_totals_of_a_basket_agree_with_its_lines(basket):
    lines = basket["contents"]
    assert Decimal(basket["value"]) == sum(Decimal(line["item_price"]) * line["quantity"] for line in lines)
    assert basket["num_items"] == sum(line["quantity"] for line in lines)
    assert basket["content_ids"] == [line["id"] for line in lines]


@given(baskets())
def test_no_product_is_in_a_basket_twice(basket):
    assert len(set(basket["content_ids"])) == len(basket["content_ids"]) > 0


@given(prices())
def test_money_has_two_places_and_is_more_than_nothing(cents):
    assert format_money(cents).partition(".")[2].isdigit()
    assert Decimal(format_money(cents)) * 100 == cents > 0


@given(st.data(), st.sampled_from(sorted(STANDARD_EVENT_NAMES)))
def test_money_comes_with_its_currency_and_only_where_something_is_bought(data, event_name):
    drawn = data.draw(custom_data(event_name))
    assert ("value" in drawn) == ("currency" in drawn) == (event_name in BASKET_EVENT_NAMES)


@pytest.mark.parametrize(("event_name", "keys"), [("search", {"search_string"}), ("page_visit", set())])
def test_a_search_says_what_for_and_a_visit_says_nothing(event_name, keys):
    @given(custom_data(event_name))
    def has_them(drawn):
        assert drawn.keys() == keys

    has_them()


def test_every_name_for_buying_is_a_standard_one():
    assert set(STANDARD_EVENT_NAMES) >= BASKET_EVENT_NAMES
