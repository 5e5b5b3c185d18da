"""Write the tables of ISO codes again, from pycountry: `python -m generators.iso_codes`.

pycountry holds Debian's iso-codes with all translations, 21 MB. mockpin ships the 70 kB that it uses.
The transformer and the validator each have a table of their own, because neither knows the other.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from gettext import NullTranslations, translation
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pycountry

Table = dict[str, Any]

#: Languages in Latin script, by pycountry's translation name -> countries with that language.
OWN_LANGUAGES: Final[Mapping[str, str]] = {
    "az": "AZ", "bs": "BA", "cs": "CZ", "da": "DK", "de": "AT BE CH DE LI LU", "et": "EE", "fi": "FI",
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PY SV UY VE", "fo": "FO",
    "fr": "BE BF BI BJ BL CA CD CF CG CH CI CM DJ FR GA GF GN GP HT KM LU MC MF MG ML MQ NC NE PF PM RE RW "
    "SC SN TD TG VU WF YT",
    "ga": "IE", "hr": "BA HR", "hu": "HU", "is": "IS", "it": "CH IT SM VA", "lt": "LT", "lv": "LV",
    "nb_NO": "NO SJ", "nl": "AW BE CW NL SR SX", "pl": "PL", "pt": "AO CV GW MO MZ PT ST TL", "pt_BR": "BR",
    "ro": "MD RO", "sk": "SK", "sl": "SI", "sq": "AL", "sr@latin": "ME RS", "sv": "AX FI SE", "tk": "TM",
    "tr": "CY TR", "uz": "UZ", "vi": "VN",
}  # fmt: skip

#: Countries whose states or provinces senders often send by name.
STATES_OF: Final = ("US", "CA", "AU")

COUNTRY_NAMES: Final = ("alpha_2", "alpha_3", "numeric", "name", "common_name", "official_name")
_LANGUAGE_NAMES: Final = ("name", "alpha_3", "bibliographic", "alpha_2")


def make_validator_table() -> Table:
    """Return the validator's table: names of countries, states and languages -> codes, and currencies."""
    return {
        "countries": _name_countries(),
        "states": _name_states(),
        "american_states": sorted(state.code[3:].lower() for state in _states_of("US")),
        "languages": {
            name.lower(): language.alpha_2
            for language in pycountry.languages
            if hasattr(language, "alpha_2")
            for name in list_names(language, _LANGUAGE_NAMES)
        },
        "currencies": sorted(currency.alpha_3 for currency in pycountry.currencies),
    }


def make_transformer_table() -> Table:
    """Return the transformer's table: lower-case names of countries and states -> lower-case codes."""
    return {
        "countries": {
            name.lower(): country.alpha_2.lower()
            for country in pycountry.countries
            for name in list_names(country, COUNTRY_NAMES)
        },
        "states": {
            name.lower(): state.code[3:].lower()
            for state in _states_of(*STATES_OF)
            for name in (state.name, state.code)
        },
    }


TABLES: Final = {
    ("mockpin_validator.contract", "iso_codes.json"): make_validator_table,
    ("mockpin_transformer.match_keys", "iso_codes.json"): make_transformer_table,
}


def main() -> None:
    """Write each table into its package."""
    for (package, name), make_table in TABLES.items():
        path = Path(str(resources.files(package).joinpath(name)))
        path.write_text(
            json.dumps(describe_source() | make_table(), ensure_ascii=False, indent=0) + "\n", "utf-8"
        )


def describe_source() -> Table:
    """Say where the codes come from, when they were read, and under which licence."""
    return {
        "source": f"Debian's iso-codes, by way of pycountry {version('pycountry')}",
        "license": "LGPL-2.1-only",
        "read": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def list_names(entry: object, attributes: Iterable[str]) -> Iterator[str]:
    """Yield the codes and names that an entry has."""
    for attribute in attributes:
        if name := getattr(entry, attribute, None):
            yield name


def list_native_names(name: str, country: str, domain: str) -> Iterator[str]:
    """Yield a name in the country's own languages, with accents: México, Québec, Österreich."""
    for language, countries in OWN_LANGUAGES.items():
        if country in countries.split():
            yield _translations(domain, language).gettext(name)


def _name_countries() -> dict[str, str]:
    return {
        alias.lower(): country.alpha_2.lower()
        for country in pycountry.countries
        for name in list_names(country, COUNTRY_NAMES)
        for alias in (name, *list_native_names(name, country.alpha_2, "iso3166-1"))
    }


def _name_states() -> dict[str, str]:
    """Return names and ISO 3166-2 codes of states. States of the US come last, so they win a shared name."""
    return {
        name.lower(): state.code[3:].lower()
        for country in reversed(STATES_OF)
        for state in _states_of(country)
        for name in (
            state.code[3:],
            state.code,
            state.name,
            *list_native_names(state.name, country, "iso3166-2"),
        )
    }


def _states_of(*countries: str) -> list[Any]:
    return [state for state in pycountry.subdivisions if state.country_code in countries]


@cache
def _translations(domain: str, language: str) -> NullTranslations:
    return translation(domain, pycountry.LOCALES_DIR, [language], fallback=True)


if __name__ == "__main__":
    main()
