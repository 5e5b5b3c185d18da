import pytest

from mockpin_transformer.errors import MatchKeyUnknown, RegionUnavailable
from mockpin_transformer.match_keys.hashing import clean
from mockpin_transformer.match_keys.normalization import (
    MATCH_KEYS,
    international_as_of,
    select_stages,
    stages_of,
)

DIFFERENT = {
    "ph": ("0041 44 668 18 00", "0041446681800", "41446681800"),
    "ge": ("Woman", "woman", "f"),
    "db": ("1996-02-01", "1996-02-01", "19960201"),
    "ln": ("van Dyke ", "vandyke", "van dyke"),
    "ct": ("St. John's", "st.john's", "stjohns"),
    "st": ("California", "california", "ca"),
    "zp": ("94103-1234", "94103-1234", "94103"),
    "country": ("Germany", "germany", "de"),
}


@pytest.mark.parametrize("key", DIFFERENT)
def test_the_columns_differ_where_segment_falls_short_of_the_documentation(key):
    value, segment, documented = DIFFERENT[key]
    assert clean(value, stages_of(key, "segment")) == segment
    assert clean(value, stages_of(key, "documented")) == documented


def test_an_address_is_the_same_in_both_columns():
    assert {
        clean(" Ada@Example.COM", stages_of("em", normalization))
        for normalization in ("segment", "documented")
    } == {"ada@example.com"}


def test_a_region_concerns_the_documented_phone_number_only():
    assert clean("(415) 555-0100", select_stages("documented", "US")["ph"]) == "14155550100"
    assert select_stages("segment", "US") == select_stages("segment")


def test_there_is_a_row_for_each_of_the_twelve_hashed_match_keys():
    assert len({key.key for key in MATCH_KEYS}) == len(MATCH_KEYS) == 12


def test_an_unknown_key_is_a_key_error_that_names_the_known_ones():
    with pytest.raises(KeyError) as caught:
        stages_of("email", "segment")
    assert isinstance(caught.value, MatchKeyUnknown)
    assert str(caught.value).startswith("'email' is not a hashed match key: use one of em, ph,")


def test_an_unknown_normalization_is_refused():
    with pytest.raises(ValueError, match="'none' is not a normalization"):
        select_stages("none")


def test_a_number_without_a_country_gets_its_regions():
    assert international_as_of("US")("(415) 555-0100") == "14155550100"
    assert international_as_of("GB")("020 7946 0958") == "442079460958"


def test_a_number_with_a_country_keeps_it():
    assert international_as_of("US")("+44 20 7946 0958") == "442079460958"


def test_what_is_not_a_number_keeps_its_digits():
    assert international_as_of("US")("call 0") == "0".lstrip("0")


def test_an_unknown_region_is_named():
    with pytest.raises(RegionUnavailable, match="'XX' cannot be read: a region is two capital letters"):
        international_as_of("XX")
