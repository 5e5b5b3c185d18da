import json
from importlib.resources import files

import pycountry
import pytest

from generators.iso_codes import COUNTRY_NAMES, TABLES, describe_source, list_names, list_native_names
from mockpin_validator.contract.iso_codes import country_codes


@pytest.mark.parametrize(("package", "name"), TABLES)
def test_the_shipped_tables_are_what_pycountry_holds(package, name):
    shipped = json.loads(files(package).joinpath(name).read_bytes())
    source = {key: shipped.pop(key) for key in describe_source()}
    assert shipped == TABLES[package, name]()
    assert source == describe_source() | {"read": source["read"]}, "run make iso-codes"


def test_no_countrys_own_name_takes_the_name_of_another():
    for country in pycountry.countries:
        codes = {country_codes()[name.lower()] for name in list_names(country, COUNTRY_NAMES)}
        assert codes == {country.alpha_2.lower()}


def test_a_native_name_is_in_each_language_of_the_country():
    assert list(list_native_names("Belgium", "BE", "iso3166-1")) == ["Belgien", "Belgique", "België"]
