"""The people behind the events."""

import re
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from mockpin.strategies.narrowing import NarrowingInvalid
from mockpin.strategies.people import (
    CALIFORNIA,
    HASHED_KEY_STRATEGIES,
    MATCH_KEYS,
    NETWORKS,
    PLACE_KEYS,
    PLACES,
    birthdays,
    check_identity,
    emails,
    identifying,
    ip_addresses,
    phones,
    places,
    user_data,
)
from mockpin_validator.contract.request import HASHED_MATCH_KEYS, IDENTIFYING_KEYS
from mockpin_validator.forensics.values import normalize_value, sha256

#: How something is looked for of which any example will do.
ANY = settings(phases=[Phase.generate], max_examples=1000)
KEY_SETS = st.sets(st.sampled_from(MATCH_KEYS))


def test_every_hashed_match_key_can_be_drawn():
    assert {*HASHED_KEY_STRATEGIES, *PLACE_KEYS} == set(HASHED_MATCH_KEYS)


@given(st.data(), KEY_SETS)
def test_a_person_has_exactly_the_match_keys_that_were_asked_for(data, keys):
    assert data.draw(user_data(keys)).keys() == keys


@given(st.data(), st.sampled_from([*HASHED_KEY_STRATEGIES, *PLACE_KEYS]))
def test_what_must_be_hashed_is_a_list_of_hashes(data, key):
    hashes = data.draw(user_data([key]))[key]
    assert hashes
    assert all(len(hash_) == 64 and int(hash_, 16) >= 0 for hash_ in hashes)


@given(st.data(), st.sampled_from([("em", emails()), ("ph", phones())]))
def test_what_is_hashed_was_normalized_before(data, drawn):
    key, strategy = drawn
    plain = data.draw(strategy)
    assert normalize_value(key, plain) == plain


@given(birthdays(), phones(), ip_addresses())
def test_values_are_of_adults_of_numbers_for_fiction_and_of_public_networks(birthday, phone, address):
    assert 1930 <= datetime.strptime(birthday, "%Y%m%d").replace(tzinfo=UTC).year <= 2005
    assert re.fullmatch(r"141555500\d\d", phone)
    assert any(ip_address(address) in ip_network(network) for network in NETWORKS)


@given(places(PLACE_KEYS))
def test_country_state_and_zip_code_belong_together(drawn):
    assert drawn in [
        {key: [sha256(part)] for key, part in zip(PLACE_KEYS, place, strict=True)} for place in PLACES
    ]


@given(places(PLACE_KEYS, CALIFORNIA))
def test_a_person_can_be_kept_to_a_place(drawn):
    assert (drawn["country"], drawn["st"]) == ([sha256("us")], [sha256("ca")])


@given(st.data(), KEY_SETS)
def test_whatever_was_asked_for_the_person_can_be_identified(data, keys):
    drawn = data.draw(identifying(keys))
    assert keys <= drawn
    assert any(drawn.issuperset(identity) for identity in IDENTIFYING_KEYS)
    check_identity(drawn)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            ["ph"],
            "a person; add em, or hashed_maids, or client_ip_address with client_user_agent.",
        ),
        (["client_ip_address"], "they do not identify a person"),
        (["email"], "match_keys cannot be 'email'"),
        ([], "give a list of at least one name"),
    ],
)
def test_match_keys_that_do_not_identify_a_person_are_refused(keys, said):
    with pytest.raises(NarrowingInvalid, match=said):
        check_identity(keys)


@given(st.data(), st.sampled_from([key for key in HASHED_KEY_STRATEGIES if key != "em"]))
def test_any_other_match_key_is_sent_once(data, key):
    assert len(data.draw(HASHED_KEY_STRATEGIES[key])) == 1


def test_two_email_addresses_are_sent_now_and_then():
    assert len(find(HASHED_KEY_STRATEGIES["em"], lambda hashes: len(hashes) > 1, settings=ANY)) == 2


def test_every_match_key_can_be_among_those_that_identify():
    for key in MATCH_KEYS:
        assert key in find(identifying([]), lambda keys, key=key: key in keys, settings=ANY)


def test_a_place_has_only_the_keys_that_were_asked_for():
    assert find(places(["zp"]), lambda _: True, settings=ANY).keys() == {"zp"}
