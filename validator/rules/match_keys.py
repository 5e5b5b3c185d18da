"""The hashed match keys: is each value the SHA-256 of the right thing? No plain text leaves this module."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

from validator.context import Context, Event
from validator.contract import HASHED_MATCH_KEYS
from validator.evidence import HASHING, UNHASHED
from validator.finding import Complaint
from validator.forensics import known
from validator.forensics.birthdays import every_day
from validator.forensics.dates import RIGHT_SPELLING, spell
from validator.forensics.domains import RIGHT_FORM, UPPER_CASE, nulls
from validator.forensics.places import country_codes
from validator.limited_data_processing import is_asked
from validator.rule import ADVICE, CONTESTED, MISTAKE, rule

_HEX_64: Final = re.compile(r"[A-Fa-f0-9]{64}")


class _Nature(NamedTuple):
    """What a value that is no SHA-256 looks like, and what to do about it."""

    form: re.Pattern[str]
    name: str
    fix: str


def _other_hash(name: str, digits: int) -> _Nature:
    return _Nature(
        re.compile(rf"[A-Fa-f0-9]{{{digits}}}"),
        f"no SHA-256 but, by its length, {name}",
        "Hash the normalized plain value with SHA-256: no other hash can be turned into one.",
    )


#: The first whose form a value has is its nature.
_NATURES: Final = (
    _Nature(
        re.compile(r"\s*[A-Fa-f0-9]{64}\s*"),
        "a SHA-256 with white space around it",
        "Remove the white space.",
    ),
    _other_hash("MD5", 32),
    _other_hash("SHA-1", 40),
    _other_hash("SHA-224", 56),
    _other_hash("SHA-384", 96),
    _other_hash("SHA-512", 128),
    _Nature(
        re.compile(r"[A-Za-z0-9+/_-]{43}=?"),
        "a hash in base64, not in hexadecimal",
        "Write the same hash as 64 hexadecimal digits.",
    ),
    _Nature(re.compile(r"\s*"), "empty", "Leave {key} out when there is nothing to hash."),
    _Nature(
        re.compile(r".*", re.DOTALL),
        "not hashed",
        "Normalize the plain value, then send its SHA-256 as 64 hexadecimal digits.",
    ),
)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _items(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A clean schema that wants something of every value of every hashed match key."""
    match_keys = {key: {"items": schema} for key in HASHED_MATCH_KEYS}
    return {"properties": {"user_data": {"properties": match_keys}}}


_ALL_HASHED: Final = _items({"pattern": "^[a-f0-9]{64}$"})
_NOTHING: Final = frozenset(
    digest for each in nulls() for digest in (_digest(each.written), _digest(_digest(each.written)))
)
_RIGHT_FORMS: Final[Mapping[str, str]] = {
    "ge": "Hash f, m or n.",
    "st": "Hash the two-letter code in lower case.",
    "country": "Hash the two-letter ISO 3166 code in lower case.",
    "db": "Hash the date as YYYYMMDD.",
}


@rule(CONTESTED, UNHASHED, clean=_ALL_HASHED)
def match_key_not_hashed(event: Event, context: Context) -> Iterator[Complaint]:
    """Every value of a hashed match key is a SHA-256: 64 hexadecimal digits."""
    for path, key, value in _values(event):
        if not _HEX_64.fullmatch(value):
            yield Complaint(
                path,
                f"This value of {key} is {(nature := _nature(value)).name}.",
                nature.fix.format(key=key),
                f"'{key}' is not in sha256 hashed format",
                context.policy.verdict_on_unhashed(key),
            )


@rule(ADVICE, HASHING, clean=_ALL_HASHED)
def match_key_upper_case(event: Event, _: Context) -> Iterator[Complaint]:
    """A SHA-256 is written with lower-case digits, as every sender of Pinterest's own does."""
    for path, key, value in _values(event):
        if _HEX_64.fullmatch(value) and value != value.lower():
            yield Complaint(
                path,
                f"This hash of {key} has upper-case digits: Pinterest may not match it.",
                "Write the hexadecimal digits in lower case.",
            )


@rule(MISTAKE, HASHING, clean=_items({"not": {"enum": sorted(_NOTHING)}}))
def match_key_of_nothing(event: Event, _: Context) -> Iterator[Complaint]:
    """No value is the hash of an empty text, or of a word such as null or undefined."""
    for path, key, value in _values(event):
        if value in _NOTHING:
            yield Complaint(
                path,
                f"This value of {key} is the hash of an empty text or of a word for nothing.",
                f"Leave {key} out when there is nothing to hash.",
            )


def _is_well_hashed(event: Event, _: Context) -> bool:
    """Whether what has few possible values is the hash of one of them."""
    user_data = event["user_data"]
    for key in _RIGHT_VALUES:
        if key in user_data and not _right_hashes(key).issuperset(user_data[key]):
            return False
    return True


@rule(MISTAKE, HASHING, quiet=_is_well_hashed)
def match_key_recipe(event: Event, _: Context) -> Iterator[Complaint]:
    """Gender, state, country and date of birth are hashed from a form that Pinterest documents."""
    for key in _RIGHT_VALUES:
        right_forms = _documented_forms(key, event)
        for index, value in enumerate(event["user_data"].get(key, ())):
            origin = None if value in _NOTHING else known(key, value)
            if origin is not None and origin.form not in right_forms:
                yield Complaint(
                    f"/user_data/{key}/{index}",
                    f"This {key} was hashed in another form than Pinterest documents: {origin}.",
                    _RIGHT_FORMS[key],
                )


def _values(event: Event) -> Iterator[tuple[str, str, str]]:
    """Every value of every hashed match key as (path, match key, value)."""
    user_data = event["user_data"]
    for key in HASHED_MATCH_KEYS:
        for index, value in enumerate(user_data.get(key, ())):
            yield f"/user_data/{key}/{index}", key, value


def _nature(value: str) -> _Nature:
    return next(each for each in _NATURES if each.form.fullmatch(value))


def _documented_forms(key: str, event: Event) -> tuple[str, ...]:
    """Codes are hashed in lower case, in the guide to limited data processing in upper case."""
    return (RIGHT_FORM, UPPER_CASE) if key in ("st", "country") and is_asked(event) else (RIGHT_FORM,)


@cache
def _right_hashes(key: str) -> frozenset[str]:
    return frozenset(map(_digest, _RIGHT_VALUES[key]()))


_RIGHT_VALUES: Final[Mapping[str, Callable[[], Iterable[str]]]] = {
    "ge": lambda: "fmn",
    "st": lambda: (first + second for first in _LETTERS for second in _LETTERS),
    "country": lambda: country_codes().values(),
    "db": lambda: (spell(RIGHT_SPELLING, day) for day in every_day()),
}


RULES: Final = (match_key_not_hashed, match_key_upper_case, match_key_of_nothing, match_key_recipe)
