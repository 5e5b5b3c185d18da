from mockpin_transformer.match_keys.places_of_residence import (
    abbreviate_country,
    abbreviate_state,
    is_country,
    is_state,
)


def test_countries_are_known_by_name_and_three_letters():
    found = [abbreviate_country(country) for country in ("germany", "usa", "united states", "de", "atlantis")]
    assert found == ["de", "us", "us", "de", "atlantis"]


def test_states_are_known_by_name_and_by_their_full_code():
    found = [abbreviate_state(state) for state in ("california", "us-ca", "ontario", "ca", "bavaria")]
    assert found == ["ca", "ca", "on", "ca", "bavaria"]


def test_codes_are_told_from_other_words():
    assert [is_country(text) for text in ("us", "zz", "usa", "u", "")] == [True, False, False, False, False]
    assert [is_state(text) for text in ("ca", "nsw", "foo", "us-ca")] == [True, True, False, False]
