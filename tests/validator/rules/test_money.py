import pytest

from mockpin_validator import validate
from mockpin_validator.rules.money import RULES, parse_number
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def about(rule, **custom_data):
    event = changed(**{f"custom_data__{key}": value for key, value in custom_data.items()})
    return [finding for finding in validate(event, now=NOW) if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("24.50", 24.5),
        ("-1", -1),
        ("0", 0),
        ("1e3", 1000),
        ("1e999", None),
        ("NaN", None),
        ("1_0", None),
        ("²", None),
        ("٣", None),
        ("", None),
        ("$1", None),
    ],
)
def test_a_wire_string_holds_a_finite_number_or_none(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("undefined", "leave the field out"),
        ("NaN", "leave the field out"),
        ("€24.50", "leave the currency out"),
        ("24.50 EUR", "leave the currency out"),
        ("1,073.50", "thousands separators"),
        ("1.073,50", "thousands separators"),
        ("1\u202f073,50", "thousands separators"),
        ("1.073.500", "thousands separators"),
        ("24,50", "a point, not a comma"),
        ("--1", "digits and at most one point"),
        ("1e", "digits and at most one point"),
        ("lots", "digits and at most one point"),
    ],
)
def test_a_text_that_is_not_a_number_gets_advice(text, words):
    (finding,) = about("amount-not-a-number", value=text)
    assert words in finding.fix


def test_a_currency_in_small_letters_is_told_the_capitals():
    (finding,) = about("currency-unknown", currency="czk")
    assert finding.fix == "Send 'CZK'."


@pytest.mark.parametrize("currency", ["EUR", "CZK", "XTS", None])
def test_a_code_of_iso_4217_is_fine(currency):
    assert about("currency-unknown", currency=currency) == []


def test_no_value_needs_no_currency():
    assert about("currency-missing", value=None, currency=...) == []


@pytest.mark.parametrize(("value", "currency", "implausible"), [
    ("999999.99", "USD", False), ("1000000", "USD", True), ("1000000", "JPY", False),
    ("1000000", "MXN", False), ("1000000", None, False), ("73.50", "JPY", True), ("7350.00", "JPY", False),
    ("0.5", "KRW", True),
    ("73.505", "USD", False), ("-5000000", "USD", False), ("1e7", "EUR", True),
])  # fmt: skip
def test_a_value_suits_its_currency(value, currency, implausible):
    event = changed(custom_data={"value": value, "currency": currency}, event_name="custom")
    found = [finding.path for finding in validate(event, now=NOW) if finding.rule == "value-implausible"]
    assert found == (["/data/0/custom_data/value"] if implausible else [])


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
