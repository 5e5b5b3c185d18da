"""Personal data in fields that are not hashed."""

import pytest

from mockpin_validator import validate
from mockpin_validator.rules.personal_data import RULES
from tests.validator.events import CLEAN, NOW, changed
from tests.validator.rules.examples import check_example, list_examples

ADDRESS, PHONE, TOKEN = "jane@example.com", "+49 170 1234567", "pina_" + "A1B2" * 8
JWT, BEARER = "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0", "Bearer 9f86d081884c7d65"


def found(event):
    return [finding for finding in validate(event, now=NOW) if finding.rule == "personal-data-elsewhere"]


@pytest.mark.parametrize("path", [
    "event_id", "partner_name", "language", "app_name", "custom_data__order_id", "custom_data__search_string",
    "custom_data__content_name", "user_data__partner_id",
])  # fmt: skip
@pytest.mark.parametrize(("text", "kind"), [
    (ADDRESS, "an e-mail address"), (f"order of {ADDRESS}", "an e-mail address"), (PHONE, "a phone number"),
    (f"tel:{PHONE}", "a phone number"), (TOKEN, "a token"), (JWT, "a token"), (BEARER, "a token"),
    (BEARER.replace(" ", "\t"), "a token"), (BEARER.replace(" ", "%20"), "a token"),
])  # fmt: skip
def test_each_kind_is_found_in_any_field_and_not_repeated(path, text, kind):
    event = changed(**{path: text})
    (finding,) = found(event)
    assert finding.path == f"/data/0/{path.replace('__', '/')}"
    assert finding.message == f"{path.rpartition('__')[2]} carries {kind} in plain text."
    for item in validate(event, now=NOW):
        assert text not in f"{item.message} {item.fix}"


def test_products_are_looked_at_one_by_one():
    event = changed(
        custom_data__content_ids=["sku-1", ADDRESS], custom_data__contents=[{"item_name": ADDRESS}]
    )
    assert [finding.path.removeprefix("/data/0/custom_data/") for finding in found(event)] == [
        "content_ids/1", "contents/0/item_name",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    "14155550123", "1790243040", "order@7", "@shop", "a+b", "+5 points", "C++", "pina_colada", "eyJhbGci",
    "+1 to 3", "lamp @ desk", "550e8400-e29b-41d4-a716-446655440000", "size +15",
])  # fmt: skip
def test_numbers_and_odd_names_are_not_personal_data(text):
    assert found(changed(event_id=text, custom_data__order_id=text, custom_data__content_name=text)) == []


def test_the_fix_of_a_token_is_to_replace_it():
    (finding,) = found(changed(event_id=TOKEN))
    assert "replace the token" in finding.fix


@pytest.mark.parametrize("change", [str, str.upper])
@pytest.mark.parametrize("key", ["em", "external_id", "ph"])
def test_an_event_id_that_is_the_hash_of_a_match_key_is_reported(key, change):
    event_id = change(CLEAN["web"]["user_data"][key][0])
    (finding,) = validate(changed(event_id=event_id), now=NOW)
    assert (finding.rule, finding.path) == ("event-id-of-person", "/data/0/event_id")
    assert f"the hash of {key}" in finding.message


@pytest.mark.parametrize(("event_id", "count"), [("user-1", 1), ("", 0)])
def test_an_event_id_that_is_the_plain_value_of_a_match_key_is_reported_unless_it_is_blank(event_id, count):
    findings = validate(changed(event_id=event_id, user_data__external_id=[event_id]), now=NOW)
    assert [finding.rule for finding in findings].count("event-id-of-person") == count


def test_another_hash_may_be_an_event_id():
    assert validate(changed(event_id="a" * 64), now=NOW).findings == ()


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
