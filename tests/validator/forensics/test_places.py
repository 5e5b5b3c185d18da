"""Countries and states by the names that data holds them under."""

import pycountry
import pytest

from mockpin_validator.forensics.places import (
    STATES_OF,
    country_codes,
    country_names,
    list_american_states,
    state_codes,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [("de", "de"), ("deu", "de"), ("276", "de"), ("germany", "de"), ("federal republic of germany", "de"),
     ("united states", "us"), ("bolivia", "bo"), ("åland islands", "ax"), ("méxico", "mx"),
     ("österreich", "at"), ("españa", "es"), ("belgië", "be"), ("belgique", "be"), ("belgien", "be"),
     ("brasil", "br")],
)  # fmt: skip
def test_a_country_is_known_by_its_codes_and_names(name, code):
    assert country_codes()[name] == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("california", "ca"), ("ca", "ca"), ("us-ca", "ca"), ("ontario", "on"), ("ca-on", "on"),
     ("quebec", "qc"), ("québec", "qc"), ("nouvelle-écosse", "ns"),
     ("new south wales", "nsw"), ("puerto rico", "pr"), ("district of columbia", "dc")],
)  # fmt: skip
def test_a_state_is_known_by_its_codes_and_its_name(name, code):
    assert state_codes()[name] == code


def test_a_code_that_two_countries_share_is_the_same_code_whosever_it_is():
    assert (state_codes()["wa"], state_codes()["us-wa"], state_codes()["au-wa"]) == ("wa", "wa", "wa")
    assert state_codes()["western australia"] == "wa"


def test_no_countrys_own_name_takes_the_name_of_another():
    for each in pycountry.countries:
        assert {country_codes()[name.lower()] for name in country_names(each)} == {each.alpha_2.lower()}


def test_states_of_other_countries_are_not_known():
    assert "bavaria" not in state_codes()
    assert {name[:2] for name in state_codes() if name[2:3] == "-"} == {each.lower() for each in STATES_OF}


@pytest.mark.parametrize("codes", [country_codes, state_codes])
def test_names_and_codes_are_in_lower_case_and_a_code_is_its_own_name(codes):
    assert all(name == name.lower() and code == code.lower() for name, code in codes().items())
    assert all(codes()[code] == code for code in codes().values())


def test_the_states_of_the_united_states_are_their_two_letter_codes():
    assert {"ca", "co", "dc", "pr"} <= list_american_states()
    assert list_american_states().isdisjoint({"by", "on", "us"})
