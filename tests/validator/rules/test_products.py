import pytest

from mockpin_validator import validate
from mockpin_validator.rules import presence
from mockpin_validator.rules.products import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def rules(**custom_data):
    """What is said of the event, apart from what is missing."""
    event = changed(**{f"custom_data__{key}": value for key, value in custom_data.items()})
    return {finding.rule for finding in validate(event, now=NOW)} - {rule.name for rule in presence.RULES}


def items(*rows):
    return [{"id": name, "item_price": price, "quantity": pieces} for name, price, pieces in rows]


def test_contents_that_agree_with_everything_are_fine():
    assert rules() == set()


@pytest.mark.parametrize("value", ["73.49", "73.51", "74.00"])
def test_a_cent_of_rounding_is_not_a_disagreement(value):
    assert rules(value=value) == set()


def test_one_pieces_price_is_not_the_value():
    assert rules(value="24.50") == {"value-disagrees"}


def test_contents_without_quantities_agree_with_any_number_of_items():
    bare = [{"id": "sku-1", "item_price": "73.50"}, {"id": "sku-2", "item_price": "0.01"}]
    assert rules(contents=bare, num_items=7) == set()


def test_contents_without_prices_agree_with_any_value():
    assert (
        rules(contents=[{"id": "sku-1", "quantity": 1}, {"id": "sku-2", "quantity": 2}], value="9.00")
        == set()
    )


def test_the_order_of_products_does_not_matter():
    assert rules(content_ids=["sku-2", "sku-1", "sku-1"]) == set()


def test_quantities_beyond_all_measure_are_judged_too():
    huge = items(("sku-1", "1.00", 10**400), ("sku-2", "1.00", 1))
    assert rules(contents=huge, num_items=...) == set()


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_below_one_is_named(count):
    assert "quantity-not-positive" in rules(num_items=count)


@pytest.mark.parametrize(("listed", "disagree"), [
    (["sku-1", "sku-2"], False), (["sku-1"], False), (["sku-2", "sku-3"], True),
])  # fmt: skip
def test_items_without_an_id_may_be_any_of_the_products_listed(listed, disagree):
    contents = [{"id": "sku-1", "quantity": 3}, {"item_name": "Bulb"}, {"id": ""}]
    assert ("content-ids-disagree" in rules(contents=contents, content_ids=listed)) is disagree


def test_items_without_any_id_agree_with_all_products():
    assert rules(contents=[{"item_price": "24.50", "quantity": 3}]) == set()


@pytest.mark.parametrize(("fields", "rule"), [
    ({"value": "-73.50"}, "amount-negative"), ({"num_items": 0}, "quantity-not-positive"),
    ({"num_items": -3}, "quantity-not-positive"), ({"value": "0"}, "value-zero"),
    ({"contents": items(("sku-1", "24.50", 0), ("sku-2", "24.50", 3))}, "quantity-not-positive"),
    ({"contents": items(("sku-1", "-24.50", 2), ("sku-2", "24.50", 1))}, "amount-negative"),
    ({"content_ids": "sku-1"}, "schema"), ({"content_ids": "sku-1,sku-2"}, "schema"),
])  # fmt: skip
def test_one_mistake_is_told_once(fields, rule):
    assert rules(**fields) == {rule}


def test_a_value_in_cents_is_told_as_such():
    (finding,) = validate(changed(custom_data__value="7350"), now=NOW)
    assert (finding.rule, finding.fix) == (
        "value-disagrees",
        "Send the value in the currency's unit, not in cents.",
    )


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
