from hashlib import sha256

import pytest

from mockpin_transformer.errors import EmptyValue, UserDataInsufficient
from mockpin_transformer.match_keys.normalization import select_stages
from mockpin_transformer.match_keys.user_data import (
    USER_DATA_FIELDS,
    build_user_data,
    drop_unusable,
    hash_usable,
    require_identity,
)

SEGMENT, DOCUMENTED = select_stages("segment"), select_stages("documented")


def hashed(text):
    return sha256(text.encode()).hexdigest()


def test_fields_become_match_keys_in_the_order_they_are_sent():
    fields = {"partner_id": None, "client_ip_address": "1.2.3.4", "phone": ["+1 2"], "email": ["A@b.c", " "]}
    assert list(build_user_data(fields, SEGMENT).items()) == [
        ("em", [hashed("a@b.c"), ""]),
        ("ph", [hashed("12")]),
        ("client_ip_address", "1.2.3.4"),
        ("partner_id", None),
    ]


def test_an_empty_array_stays_empty():
    assert build_user_data({"city": []}, SEGMENT) == {"ct": []}


def test_a_value_of_which_nothing_is_left_fails_the_event():
    with pytest.raises(EmptyValue):
        build_user_data({"phone": ["none"]}, SEGMENT)


GOOD = [{"email": [""]}, {"hashed_maids": ["x"]}, {"client_ip_address": "1", "client_user_agent": "u"}]
BAD = [{}, {"email": []}, {"phone": ["1"]}, {"external_id": ["1"]}, {"client_ip_address": "1"}]


@pytest.mark.parametrize("fields", GOOD)
def test_an_identity_is_enough(fields):
    require_identity(fields)


@pytest.mark.parametrize("fields", BAD)
def test_without_an_identity_the_event_fails_in_segments_words(fields):
    with pytest.raises(UserDataInsufficient, match="User data must contain values for Email or Phone"):
        require_identity(fields)


def test_unusable_values_are_dropped_with_the_arrays_they_leave_empty():
    fields = {"phone": ["none", "+1 2"], "city": ["..."], "email": [hashed("x")], "click_id": None}
    assert drop_unusable(fields, DOCUMENTED) == {
        "phone": ["+1 2"],
        "email": [hashed("x")],
        "click_id": None,
    }
    assert hash_usable(fields, DOCUMENTED) == {
        "phone": [hashed("12")],
        "email": [hashed("x")],
        "click_id": None,
    }


def test_every_match_key_has_a_field():
    assert len(set(USER_DATA_FIELDS.values())) == len(USER_DATA_FIELDS) == 16
