import pytest

from mockpin_validator import RULES
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES
from mockpin_validator.contract.vocabulary import fields
from mockpin_validator.handbook import entries, load_examples, near
from tests.conftest import FIXTURES

EXAMPLES = load_examples(FIXTURES / "rules")


@pytest.mark.parametrize("name", RULES)
def test_a_rules_entry_has_severities_source_and_an_example(name):
    entry = "".join(entries(name, EXAMPLES))
    assert entry.startswith(f"## {name}\n")
    for part in ("faithful: ", "Source: ", f"({RULES[name].documented}, {RULES[name].date})", "\n- "):
        assert part in entry


@pytest.mark.parametrize("name", fields())
def test_a_fields_entry_says_its_type_source_and_an_example(name):
    (entry,) = entries(name, EXAMPLES)
    assert "\nType: " in entry
    assert "\nExample: " in entry
    assert "\nSource: Pinterest's OpenAPI 5." in entry


def test_a_short_name_explains_the_field_wherever_it_stands():
    assert [entry.splitlines()[0] for entry in entries("app_id", EXAMPLES)] == [
        "## event.app_id",
        "## app_info.app_id",
    ]


def test_a_fields_entry_names_the_rules_about_it():
    assert "Rules: currency-unknown" in entries("currency", EXAMPLES)[0]


def test_a_limit_and_an_enumeration_are_told():
    assert "at least 0, at most 100" in entries("battery_level", EXAMPLES)[0]
    assert "one of ios, android" in entries("os_family", EXAMPLES)[0]


def test_a_misspelt_name_is_led_to_the_nearest():
    assert near("vlaue") == "value"
    assert near("event-name-unknwon") == "event-name-unknown"
    assert near("emial") == near("email") == "em"
    assert near("zzzzzzzz") is None
    assert entries("vlaue", EXAMPLES) == ()


def test_an_example_names_its_source_where_that_is_not_the_rules():
    (entry,) = entries("schema", EXAMPLES)
    assert "\nSource: Pinterest's OpenAPI 5.23 (documented, 2025-12-11)" in entry
    assert "Did you mean content_category? Source: an answer of the live API" in entry


def test_a_field_with_names_lists_them_and_says_where_they_come_from():
    (entry,) = entries("event_name", EXAMPLES)
    assert all(name in entry for name in STANDARD_EVENT_NAMES)
    assert "which lists 15 of the names" in entry
    assert "the limit of seven days" in entries("event_time", EXAMPLES)[0]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("device_info.battery_level",
         ("## device_info.battery_level\n\nThe battery's charge in per cent.\n\nType: integer, at least 0,"
         " at most 100\n\nExample: 78\n\nSource: Pinterest's OpenAPI 5.23 (documented)\n")),
        ("value-zero",
         ("## value-zero\n\nThe value is not zero: Pinterest advises against it.\n\nfaithful: info · strict:"
         " warning · lenient: off  \nSource: Pinterest's OpenAPI 5.23 (documented, 2025-12-11)\n\n- a value"
         " of zero: The value is zero. Leave value out when there is none.\n")),
    ],
)  # fmt: skip
def test_an_entry_has_its_parts_in_a_fixed_order(name, entry):
    assert entries(name, EXAMPLES) == (entry,)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("custom_data.contents", "Type: array of objects\n"),
        ("custom_data.opt_out_type", "Type: string or null\n"),
        ("event.user_data", "Type: object\n"),
        ("user_data.em", "Type: array of strings\n"),
    ],
)
def test_a_type_is_told_in_words(name, words):
    (entry, *_) = entries(name, EXAMPLES)
    assert words in entry
