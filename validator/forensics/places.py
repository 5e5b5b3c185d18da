"""Countries and states by every name that data holds them under, from the ISO lists in pycountry."""

from collections.abc import Iterator
from functools import cache

#: What people call countries, and no ISO list does -> lower-case two-letter codes.
OTHER_NAMES = {
    "america": "us", "u.s.": "us", "u.s.a.": "us", "uk": "gb", "u.k.": "gb", "great britain": "gb",
    "england": "gb", "scotland": "gb", "russia": "ru", "turkey": "tr", "holland": "nl", "macedonia": "mk",
    "the netherlands": "nl", "ivory coast": "ci", "cape verde": "cv", "macau": "mo", "uae": "ae",
}  # fmt: skip

#: Countries whose states or provinces are sent by name often enough to be worth knowing.
STATES_OF = ("US", "CA", "AU")


@cache
def country_codes() -> dict[str, str]:
    """Lower-case names and three-letter codes of countries -> lower-case two-letter codes."""
    import pycountry  # noqa: PLC0415 - importing the rules must not load its tables

    return {
        name.lower(): each.alpha_2.lower() for each in pycountry.countries for name in country_names(each)
    }


def country_names(country: object) -> Iterator[str]:
    """What one country is called: its codes and its common and official names."""
    for attribute in ("alpha_2", "alpha_3", "numeric", "name", "common_name", "official_name"):
        if name := getattr(country, attribute, None):
            yield name


@cache
def state_codes() -> dict[str, str]:
    """Lower-case names and ISO 3166-2 codes of states -> lower-case codes; the United States win."""
    import pycountry  # noqa: PLC0415 - as above

    return {
        name.lower(): each.code[3:].lower()
        for country in reversed(STATES_OF)
        for each in pycountry.subdivisions
        if each.country_code == country
        for name in (each.code[3:], each.code, each.name)
    }
