import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.sending.masking import mask, mask_contacts, mask_user_data


def test_a_mask_keeps_the_shape():
    assert mask("Ada1@Exämple.io") == "Aaa9@Aaaaaaa.aa"


def test_a_hash_is_not_plain_text():
    assert mask("aB" * 32) == "aB" * 32


def test_plain_match_keys_do_not_stay_in_a_message():
    event = {"user_data": {"em": ["Ada"], "ph": "415", "client_ip_address": "198.51.100.7"}}
    message = mask_user_data("'Ada' of 198.51.100.7, 415 and bob@x.io is not an array", event)
    assert message == "'Aaa' of 999.99.999.9, 999 and aaa@a.aa is not an array"


def test_a_phone_number_that_is_a_number_is_plain_text_too():
    event = {"user_data": {"ph": 4155550100, "opt_out": True}}
    assert mask_user_data("4155550100 is not an array, True", event) == "9999999999 is not an array, True"


def test_a_short_match_key_masks_no_other_words():
    event = {"user_data": {"ge": ["f"], "country": "us"}}
    assert mask_user_data("event failed: 'us' must be hashed, 'f' too", event) == (
        "event failed: 'aa' must be hashed, 'a' too"
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("+1 (415) 555-0100", "+9 (999) 999-9999"),
        ("order-415.555.0100", "order-999.999.9999"),
        ("a@b.c", "a@a.a"),
        ("4155550100", "4155550100"),
        ("2026-11-24T09:30:15+01:00", "2026-11-24T09:30:15+01:00"),
        ("0f8fad5b-4155-4155-0100-123456789012", "0f8fad5b-4155-4155-0100-123456789012"),
    ],
)
def test_of_an_address_or_a_telephone_number_the_shape_is_left_and_ids_stay(text, masked):
    assert mask_contacts(text) == masked


@given(st.text("abcXYZ123@. ", min_size=1, max_size=12))
def test_no_letter_or_digit_survives_but_those_of_the_mask(text):
    assert set(mask(text)) <= set("aA9@. ")


def test_without_user_data_only_contacts_are_masked():
    assert mask_user_data("'Ada' is not an array; ask bob@x.io", {}) == "'Ada' is not an array; ask aaa@a.aa"
