"""Two-letter codes for the names of countries, and codes for those of US, Canadian and Australian states.

`iso_codes.json` holds what is used of the ISO lists, with source and date; `make iso-codes` writes it again.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Final

_CODE_LENGTH: Final = 2


def abbreviate_country(text: str) -> str:
    """The ISO 3166 code of a name, a long name or a three-letter code, in small letters; others unchanged."""
    return text if len(text) == _CODE_LENGTH else _read_table()["countries"].get(text.lower(), text)


def abbreviate_state(text: str) -> str:
    """The code of a state of the United States, Canada or Australia, in small letters; others unchanged."""
    return _read_table()["states"].get(text, text)


def is_country(code: str) -> bool:
    """Whether a text in small letters is an ISO 3166 code of two letters."""
    return len(code) == _CODE_LENGTH and code in _read_table()["countries"]


@cache
def _known_states() -> frozenset[str]:
    return frozenset(_read_table()["states"].values())


def is_state(code: str) -> bool:
    """Whether a text in small letters is the code of a state of the United States, Canada or Australia."""
    return code in _known_states()


@cache
def _read_table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(
        files("mockpin_transformer.match_keys").joinpath("iso_codes.json").read_bytes()
    )
    return table
