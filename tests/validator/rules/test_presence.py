"""What an event of each name should carry."""

import pytest

from mockpin_validator import RULES as ALL_RULES
from mockpin_validator import validate
from mockpin_validator.rules.presence import RULES
from tests.validator.events import CLEAN, NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def said(event_name="checkout", **custom_data):
    event = changed(
        event_name=event_name, **{f"custom_data__{key}": value for key, value in custom_data.items()}
    )
    return {finding.rule: finding for finding in validate(event, now=NOW)}


@pytest.mark.parametrize("value", [..., None, ""])
def test_a_checkout_has_a_value(value):
    finding = said(value=value)["value-missing"]
    assert (finding.severity, finding.path) == ("info", "/data/0/custom_data")


def test_a_value_that_is_zero_is_there():
    assert "value-missing" not in said(value="0")


@pytest.mark.parametrize("event_name", ["add_to_cart", "lead", "page_visit"])
def test_other_events_may_have_no_value(event_name):
    assert "value-missing" not in said(event_name, value=...)


def test_a_checkout_without_any_custom_data_is_told_at_the_event():
    report = validate(changed(custom_data=...), now=NOW)
    assert {finding.rule: finding.path for finding in report} == dict.fromkeys(
        ("value-missing", "order-id-missing", "products-missing"), "/data/0"
    )


@pytest.mark.parametrize(("event_name", "missing"), [("checkout", True), ("add_to_cart", False)])
def test_a_checkout_has_an_order_id(event_name, missing):
    assert ("order-id-missing" in said(event_name, order_id=...)) is missing


@pytest.mark.parametrize("event_name", ["checkout", "add_to_cart"])
@pytest.mark.parametrize(("content_ids", "contents", "missing"), [
    (["a"], ..., False), (..., [{"id": "a", "item_price": "73.50", "quantity": 3}], False), (..., ..., True),
    ([], [], True),
])  # fmt: skip
def test_what_is_bought_names_its_products(event_name, content_ids, contents, missing):
    assert ("products-missing" in said(event_name, content_ids=content_ids, contents=contents)) is missing


@pytest.mark.parametrize("event_name", ["page_visit", "lead", "initiate_checkout"])
def test_other_events_need_not_name_products(event_name):
    found = said(event_name, content_ids=..., contents=..., num_items=...)
    assert found.keys().isdisjoint({"products-missing", "num-items-missing"})


@pytest.mark.parametrize("name", ["id", "item_price", "quantity"])
def test_a_product_has_an_id_a_price_and_a_quantity(name):
    item = {"id": "a", "item_price": "1.00", "quantity": 1}
    finding = said(contents=[item, {key: item[key] for key in item if key != name}])[
        "product-details-missing"
    ]
    assert finding.message.startswith(f"A product has no {name}: ")


def test_products_of_a_page_may_have_less():
    assert "product-details-missing" not in said("page_visit", contents=[{"id": "sku-1"}])


def test_the_number_of_items_is_missed_only_beside_products():
    assert said(num_items=...).keys() == {"num-items-missing"}
    assert "num-items-missing" not in said(num_items=..., contents=..., content_ids=...)


@pytest.mark.parametrize("search_string", [..., None, ""])
def test_a_search_says_what_was_searched_for(search_string):
    custom_data = {} if search_string is ... else {"search_string": search_string}
    report = validate(changed(event_name="search", custom_data=custom_data), now=NOW)
    assert "search-string-missing" in {finding.rule for finding in report}


def test_a_search_with_its_string_is_fine():
    assert validate(changed(event_name="search", custom_data={"search_string": "a"}), now=NOW).findings == ()


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)


@pytest.mark.parametrize("name", [rule.name for rule in RULES if rule.name.endswith("-missing")])
@pytest.mark.parametrize("event", [{"event_name": "signup"}, CLEAN["web"]], ids=["signup", "clean"])
def test_a_rule_that_is_asked_of_any_event_says_nothing_of_one_that_may_lack_it(name, event):
    assert [*ALL_RULES[name].check(event, None)] == []
