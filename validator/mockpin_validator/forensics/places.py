"""The codes of countries and states by all their names, from the ISO lists in pycountry."""

from collections.abc import Iterator, Mapping
from functools import cache
from gettext import NullTranslations, translation
from types import MappingProxyType

#: Names of countries that are not in the ISO lists -> lower-case two-letter codes.
OTHER_NAMES = {
    "america": "us", "u.s.": "us", "u.s.a.": "us", "uk": "gb", "u.k.": "gb", "great britain": "gb",
    "england": "gb", "scotland": "gb", "russia": "ru", "turkey": "tr", "holland": "nl", "macedonia": "mk",
    "the netherlands": "nl", "ivory coast": "ci", "cape verde": "cv", "macau": "mo", "uae": "ae",
}  # fmt: skip

#: Languages in Latin script, by pycountry's translation name -> countries with that language.
OWN_LANGUAGES: Mapping[str, str] = MappingProxyType({
    "az": "AZ", "bs": "BA", "cs": "CZ", "da": "DK", "de": "AT BE CH DE LI LU", "et": "EE", "fi": "FI",
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PY SV UY VE", "fo": "FO",
    "fr": "BE BF BI BJ BL CA CD CF CG CH CI CM DJ FR GA GF GN GP HT KM LU MC MF MG ML MQ NC NE PF PM RE RW "
    "SC SN TD TG VU WF YT",
    "ga": "IE", "hr": "BA HR", "hu": "HU", "is": "IS", "it": "CH IT SM VA", "lt": "LT", "lv": "LV",
    "nb_NO": "NO SJ", "nl": "AW BE CW NL SR SX", "pl": "PL", "pt": "AO CV GW MO MZ PT ST TL", "pt_BR": "BR",
    "ro": "MD RO", "sk": "SK", "sl": "SI", "sq": "AL", "sr@latin": "ME RS", "sv": "AX FI SE", "tk": "TM",
    "tr": "CY TR", "uz": "UZ", "vi": "VN",
})  # fmt: skip

#: Countries whose states or provinces senders often send by name.
STATES_OF = ("US", "CA", "AU")


@cache
def country_codes() -> dict[str, str]:
    """Return lower-case names and three-letter codes of countries -> lower-case two-letter codes."""
    import pycountry  # noqa: PLC0415 - importing the rules must not load its tables

    return {
        alias.lower(): country.alpha_2.lower()
        for country in pycountry.countries
        for name in country_names(country)
        for alias in (name, *list_native_names(name, country.alpha_2, "iso3166-1"))
    }


def country_names(country: object) -> Iterator[str]:
    """Yield the codes and the common and official names of one country."""
    for attribute in ("alpha_2", "alpha_3", "numeric", "name", "common_name", "official_name"):
        if name := getattr(country, attribute, None):
            yield name


@cache
def state_codes() -> dict[str, str]:
    """Return lower-case names and ISO 3166-2 codes of states -> lower-case codes; US states come first."""
    import pycountry  # noqa: PLC0415 - as above

    return {
        name.lower(): state.code[3:].lower()
        for country in reversed(STATES_OF)
        for state in pycountry.subdivisions
        if state.country_code == country
        for name in (
            state.code[3:],
            state.code,
            state.name,
            *list_native_names(state.name, country, "iso3166-2"),
        )
    }


@cache
def list_american_states() -> frozenset[str]:
    """Return the lower-case two-letter codes of the states and territories of the United States."""
    import pycountry  # noqa: PLC0415 - as above

    return frozenset(state.code[3:].lower() for state in pycountry.subdivisions if state.country_code == "US")


def list_native_names(name: str, country: str, domain: str) -> Iterator[str]:
    """Yield a name in the country's own languages, with accents: México, Québec, Österreich."""
    for language, countries in OWN_LANGUAGES.items():
        if country in countries.split():
            yield _translations(domain, language).gettext(name)


@cache
def _translations(domain: str, language: str) -> NullTranslations:
    import pycountry  # noqa: PLC0415 - as above

    return translation(domain, pycountry.LOCALES_DIR, [language], fallback=True)
