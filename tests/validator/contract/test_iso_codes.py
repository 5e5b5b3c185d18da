"""Countries and states by the names that data holds them under."""

import pytest

from mockpin_validator.contract.iso_codes import (
    country_codes,
    currencies,
    language_codes,
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


def test_states_of_other_countries_are_not_known():
    assert "bavaria" not in state_codes()
    assert {name[:2] for name in state_codes() if name[2:3] == "-"} == {"us", "ca", "au"}


@pytest.mark.parametrize("codes", [country_codes, state_codes])
def test_names_and_codes_are_in_lower_case_and_a_code_is_its_own_name(codes):
    assert all(name == name.lower() and code == code.lower() for name, code in codes().items())
    assert all(codes()[code] == code for code in codes().values())


def test_the_states_of_the_united_states_are_their_two_letter_codes():
    assert {"ca", "co", "dc", "pr"} <= list_american_states()
    assert list_american_states().isdisjoint({"by", "on", "us"})


def test_a_language_is_known_by_its_codes_and_its_english_name():
    assert {language_codes()[name] for name in ("de", "deu", "ger", "german")} == {"de"}


def test_currencies_are_the_three_letter_codes():
    assert {"EUR", "JPY", "USD"} <= currencies()
    assert all(len(code) == 3 and code.isupper() for code in currencies())
