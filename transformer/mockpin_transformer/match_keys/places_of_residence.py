"""Two-letter codes for the names of countries and of the United States' states."""

from functools import cache
from typing import Final

_CODE_LENGTH: Final = 2
_STATES_OF: Final = ("US", "CA", "AU")


@cache
def abbreviate_country(text: str) -> str:
    """The ISO 3166 code of a name, a long name or a three-letter code, in small letters; others unchanged."""
    import pycountry  # noqa: PLC0415 - loaded when first needed

    if len(text) == _CODE_LENGTH:
        return text
    try:
        return str(pycountry.countries.lookup(text).alpha_2).lower()
    except LookupError:
        return text


@cache
def abbreviate_state(text: str) -> str:
    """The code of a state of the United States, Canada or Australia, in small letters; others unchanged."""
    return _state_codes().get(text, text)


def is_country(code: str) -> bool:
    """Whether a text in small letters is an ISO 3166 code of two letters."""
    import pycountry  # noqa: PLC0415 - loaded when first needed

    return len(code) == _CODE_LENGTH and pycountry.countries.get(alpha_2=code.upper()) is not None


def is_state(code: str) -> bool:
    """Whether a text in small letters is the code of a state of the United States, Canada or Australia."""
    return code in _state_codes().values()


@cache
def _state_codes() -> dict[str, str]:
    import pycountry  # noqa: PLC0415 - loaded when first needed

    states = [state for state in pycountry.subdivisions if state.country_code in _STATES_OF]
    codes = {state.code: state.code.partition("-")[2].lower() for state in states}
    return {state.name.lower(): codes[state.code] for state in states} | {
        code.lower(): short for code, short in codes.items()
    }
