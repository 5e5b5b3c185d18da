"""Codes of the ISO lists: countries (3166-1), states (3166-2), languages (639) and currencies (4217).

`iso_codes.json` holds what is used of them, with source and date; `make iso-codes` writes it again.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any


def country_codes() -> dict[str, str]:
    """Return lower-case names and codes of countries -> lower-case two-letter codes."""
    return _read_codes("countries")


def state_codes() -> dict[str, str]:
    """Return lower-case names and codes of US, Canadian and Australian states -> lower-case codes.

    Where two countries share a name, it stands for the state of the US.
    """
    return _read_codes("states")


@cache
def list_american_states() -> frozenset[str]:
    """Return the lower-case two-letter codes of the states and territories of the United States."""
    return frozenset(_read_table()["american_states"])


def language_codes() -> dict[str, str]:
    """Return lower-case codes and English names of languages -> two-letter codes."""
    return _read_codes("languages")


@cache
def currencies() -> frozenset[str]:
    """Return the codes of currencies."""
    return frozenset(_read_table()["currencies"])


def _read_codes(kind: str) -> dict[str, str]:
    codes: dict[str, str] = _read_table()[kind]
    return codes


@cache
def _read_table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(
        files("mockpin_validator.contract").joinpath("iso_codes.json").read_bytes()
    )
    return table
