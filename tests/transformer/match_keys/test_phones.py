import pytest

from mockpin_transformer.errors import RegionUnavailable
from mockpin_transformer.match_keys.phones import international_as_of


def test_a_number_without_a_country_gets_its_regions():
    assert international_as_of("US")("(415) 555-0100") == "14155550100"
    assert international_as_of("GB")("020 7946 0958") == "442079460958"


def test_a_number_with_a_country_keeps_it():
    assert international_as_of("US")("+44 20 7946 0958") == "442079460958"


def test_what_is_no_number_keeps_its_digits():
    assert international_as_of("US")("call 0") == "0".lstrip("0")


def test_an_unknown_region_is_named():
    with pytest.raises(RegionUnavailable, match="'XX' cannot be read: a region is two capital letters"):
        international_as_of("XX")
