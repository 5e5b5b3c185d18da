"""What makes it doubtful that a hash matches anybody: a value that is not what its match key asks for."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from mockpin_transformer.match_keys.birth_dates import is_ambiguous
from mockpin_transformer.match_keys.places_of_residence import is_country, is_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EMAIL = re.compile(r"[^@\s]++@[^@\s][^@\s.]*+\.[^@\s]++")
_GENDERS = ("m", "f", "n")
#: How many digits a telephone number has, its country code among them.
_SHORTEST_NUMBER, _LONGEST_NUMBER = 7, 15


class Value(NamedTuple):
    """A match key as it was given and as it is hashed, and whose telephone numbers name no country."""

    plain: str
    cleaned: str
    region: str | None


class Doubt(NamedTuple):
    """What to say of a value of one match key, and when."""

    key: str
    arises: Callable[[Value], bool]
    sentence: str


def find_doubts(key: str, value: Value) -> Iterator[str]:
    """What is doubtful about a value, without the value."""
    return (each.sentence for each in DOUBTS if each.key == key and each.arises(value))


def _names_no_country(value: Value) -> bool:
    return not value.region and not value.plain.strip().startswith(("+", "00"))


def _is_no_date(value: Value) -> bool:
    try:
        datetime.strptime(value.cleaned, "%Y%m%d")  # noqa: DTZ007 - days have no zone
    except ValueError:
        return True
    return False


DOUBTS = (
    Doubt("em", lambda value: not _EMAIL.fullmatch(value.cleaned),
          "This is no e-mail address, such as jo@example.com."),
    Doubt("ph", _names_no_country,
          "This is read as if its country code came first. If it names none, give its country"
          " with --region, such as US."),
    Doubt("ph", lambda value: not _SHORTEST_NUMBER <= len(value.cleaned) <= _LONGEST_NUMBER,
          f"A telephone number has {_SHORTEST_NUMBER} to {_LONGEST_NUMBER} digits with its country code."),
    Doubt("ge", lambda value: value.cleaned not in _GENDERS,
          "Pinterest knows the genders f, m and n (non-binary): for any other leave the key out."),
    Doubt("db", lambda value: is_ambiguous(value.plain.strip()),
          "This is read with the month before the day (MM/DD/YYYY). If the day comes first,"
          " write the date as YYYY-MM-DD."),
    Doubt("db", _is_no_date, "This is no day of the calendar: write it as YYYY-MM-DD."),
    Doubt("st", lambda value: not is_state(value.cleaned),
          "This is no state of the United States, Canada or Australia that is known here:"
          " Pinterest asks for its code, such as ca."),
    Doubt("country", lambda value: not is_country(value.cleaned),
          "This is no country that is known here: Pinterest asks for its ISO 3166 code, such as us."),
)  # fmt: skip
