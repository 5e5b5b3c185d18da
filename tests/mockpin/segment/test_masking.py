import pytest
from hypothesis import given

from mockpin.segment.masking import is_harmless, is_identity, is_personal, mask_for
from mockpin.strategies import segment_events
from mockpin_transformer import PRESETS, Subscription
from tests.mockpin.sending import HASH

BY_PRESETS = mask_for([preset.subscription for preset in PRESETS.values()])


def masked(event, **user_data):
    """The event as it is kept where a mapping reads these paths into `user_data`."""
    return mask_for([Subscription("nothing = 1", {"event_name": "lead", "user_data": user_data})])(event)


def test_a_number_that_a_mapping_reads_as_a_match_key_is_hidden_too():
    properties = {"tel": 15550109999, "list": [1]}
    shown = masked({"properties": properties}, phone=[{"@path": "$.properties.tel"}])
    assert shown == {"properties": {"tel": 0, "list": [1]}}


def test_items_of_a_list_that_a_mapping_reads_are_hidden():
    reading = {"@arrayPath": ["$.properties.users", {"email": {"@path": "$.mail"}}]}
    mask = mask_for([Subscription("nothing = 1", {"user_data": reading})])
    shown = mask({"properties": {"users": [{"mail": "plain", "shop": "s1"}]}})
    assert shown == {"properties": {"users": [{"mail": "<masked 5>", "shop": "s1"}]}}


def test_whatever_lies_below_a_path_that_is_read_is_hidden():
    who = {"mail": "plain", "more": ["text", 7, None, True]}
    assert masked({"who": who}, email={"@path": "$.who"})["who"] == {
        "mail": "<masked 5>",
        "more": ["<masked 4>", 0, None, True],
    }


def test_a_name_below_a_path_that_is_read_is_hidden_when_it_is_a_telephone_number():
    assert masked({"who": {"+1 555 010 9999": "x"}}, email={"@path": "$.who"})["who"] == {
        "<masked 15>": "<masked 1>"
    }


def test_a_match_key_that_is_hashed_already_is_shown_as_it_is_of_a_conversion_event():
    assert masked({"em": HASH}, email={"@path": "$.em"}) == {"em": HASH}


def test_a_persons_traits_are_hidden_though_no_mapping_reads_them():
    traits = {
        "phone": 5550104477, "firstName": "Jane", "last_name": "Doe", "birthday": "1990-01-02", "gender": "f",
        "address": {"city": "Berlin", "postalCode": "10115", "lines": ["Torstr. 1"]},
        "name": "Jane", "plan": "pro",
    }  # fmt: skip
    shown = masked({"type": "identify", "traits": traits, "context": {"traits": traits}})
    assert shown["traits"] == shown["context"]["traits"] == {
        "phone": 0, "firstName": "<masked 4>", "last_name": "<masked 3>", "birthday": "<masked 10>",
        "gender": "<masked 1>", "name": "<masked 4>", "plan": "pro",
        "address": {"city": "<masked 6>", "postalCode": "<masked 5>", "lines": ["<masked 9>"]},
    }  # fmt: skip


@pytest.mark.parametrize("container", ["traits", "customer", "user", "billing", "Profile"])
def test_what_is_said_of_a_person_is_hidden_at_any_depth_unless_it_is_harmless(container):
    said = {"favourite": "plain", "more": {"motto": ["plain"], "plan": "pro", "age": 7}, "plan": "pro"}
    more = {"motto": ["<masked 5>"], "plan": "pro", "age": 0}
    shown = {"favourite": "<masked 5>", "more": more, "plan": "pro"}
    assert masked({container: said, "color": "red"}) == {container: shown, "color": "red"}


@pytest.mark.parametrize("name", ["fullName", "dob", "emailAddress", "addressLine1", "ssn", "mobile_phone"])
def test_a_personal_name_is_hidden_wherever_it_is(name):
    assert masked({"properties": {"a": {name: "plain"}}}) == {"properties": {"a": {name: "<masked 5>"}}}


@pytest.mark.parametrize("event", [5, None, "jane@example.com", [{"email": "jane@example.com"}]])
def test_what_is_not_an_event_is_masked_all_the_same(event):
    assert "jane" not in str(masked(event))


@given(segment_events())
def test_masking_twice_is_masking_once(event):
    once = BY_PRESETS(event)
    assert BY_PRESETS(once) == once


def test_a_field_with_the_name_of_a_match_key_is_hidden_wherever_it_is():
    shown = BY_PRESETS({"properties": {"em": "plain", "list": [{"external_id": "plain"}], "note": "plain"}})
    masked_value = "<masked 5>"
    assert shown["properties"]["em"] == shown["properties"]["list"][0]["external_id"] == masked_value
    assert shown["properties"]["note"] == "plain"


@pytest.mark.parametrize(
    "name",
    [
        "firstName",
        "first_name",
        "postal-code",
        "phone",
        "address",
        "fullName",
        "dob",
        "emailAddress",
        "addressLine1",
        "ssn",
    ],
)
def test_a_trait_is_personal_in_any_spelling_and_place(name):
    assert is_personal(name)


@pytest.mark.parametrize("name", ["name", "order_id", "price", "products", "hotel", "graph"])
def test_what_products_and_orders_have_is_not_personal(name):
    assert not is_personal(name)


@pytest.mark.parametrize(("name", "is_one"), [("traits", True), ("user_data", True), ("products", False)])
def test_containers_of_a_persons_data_are_known(name, is_one):
    assert is_identity(name) is is_one


@pytest.mark.parametrize(("name", "is_one"), [("plan", True), ("created_at", True), ("motto", False)])
def test_harmless_traits_are_known(name, is_one):
    assert is_harmless(name) is is_one
