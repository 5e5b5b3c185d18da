"""The hashed match keys: is each value a SHA-256 of the documented form? No finding holds plain text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from string import ascii_lowercase
from typing import Final

from mockpin_validator.contract.iso_codes import country_codes
from mockpin_validator.contract.request import HASHED_MATCH_KEYS
from mockpin_validator.forensics import known
from mockpin_validator.forensics.birthdays import every_day, have_all_arrays, is_found_at_once
from mockpin_validator.forensics.domains import HEX_64, RIGHT_FORM, UPPER_CASE, list_hashes_of_nothing
from mockpin_validator.forensics.shapes import find_shape
from mockpin_validator.forensics.values import sha256
from mockpin_validator.judging.clean_schemas import CleanSchema, fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import HASHING, UNHASHED, UPPER_CASE_DIGITS
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.limited_data_processing import requests_limited_processing
from mockpin_validator.judging.rule import ADVICE, CONTESTED, MISTAKE, rule


def _items(schema: CleanSchema) -> CleanSchema:
    """Build a clean schema that requires `schema` of every value of every hashed match key."""
    return fields({f"user_data.{key}[]": schema for key in HASHED_MATCH_KEYS})


_LOWER_CASE: Final = {"pattern": "^[a-f0-9]{64}$"}
_ALL_HASHED: Final = _items(_LOWER_CASE)
_HASHES_OF_NOTHING: Final = frozenset(list_hashes_of_nothing())
#: The values of `db` in a JSON body, and each SHA-256 among them.
_BIRTHDAYS: Final = re.compile(rb'"db"\s*+:\s*+\[((?:[^]"]++|"(?:[^"\\]++|\\.)*+")*+)')
_HASH: Final = re.compile(b"[0-9A-Fa-f]{64}")
#: How JSON may write a digit or a letter of `db` and of a hash otherwise than plainly.
_ESCAPED_LETTER: Final = re.compile(rb"\\u00[3-6]")
_FIXES: Final[Mapping[str, str]] = {
    "ge": "Hash f, m or n.",
    "st": "Hash the two-letter code in lower case.",
    "country": "Hash the two-letter ISO 3166 code in lower case.",
    "db": "Hash the date as YYYYMMDD.",
}


@rule(CONTESTED, UNHASHED, clean=_ALL_HASHED)
def match_key_not_hashed(event: Event, context: Context) -> Iterator[Complaint]:
    """Every value of a hashed match key is a SHA-256: 64 hexadecimal digits."""
    for path, key, value in _values(event):
        if not HEX_64.fullmatch(value):
            shape = find_shape(value)
            yield Complaint(
                path,
                f"This value of {key} is {shape.name}.",
                shape.fix.format(key=key),
                f"'{key}' is not in sha256 hashed format",
                context.policy.verdict_on_unhashed(key),
            )


@rule(ADVICE, UPPER_CASE_DIGITS, clean=_ALL_HASHED)
def match_key_upper_case(event: Event, _: Context) -> Iterator[Complaint]:
    """A SHA-256 is written with lower-case digits, as in all of Pinterest's own senders."""
    for path, key, value in _values(event):
        if HEX_64.fullmatch(value) and value != value.lower():
            yield Complaint(
                path,
                f"This hash of {key} has upper-case digits: Pinterest may not match it.",
                "Write the hexadecimal digits in lower case.",
            )


@rule(MISTAKE, HASHING, clean=_items(_LOWER_CASE | {"not": {"enum": sorted(_HASHES_OF_NOTHING)}}))
def match_key_of_nothing(event: Event, _: Context) -> Iterator[Complaint]:
    """No value is the hash of an empty text, of zeros, or of a word such as null or undefined."""
    for path, key, value in _values(event):
        if value.lower() in _HASHES_OF_NOTHING:
            yield Complaint(
                path,
                f"This value of {key} is the hash of an empty text, of zeros or of a word such as null.",
                f"Leave {key} out when there is nothing to hash.",
            )


def _has_documented_hashes(event: Event, _: Context) -> bool:
    """Whether each value of a key with few possible values is the hash of one of them."""
    user_data = event["user_data"]
    for key in _RIGHT_VALUES:
        sent = user_data.get(key)
        if sent and not (_RIGHT_HASHES.get(key) or _right_hashes(key)).issuperset(sent):
            return False
    return True


@rule(MISTAKE, HASHING, quiet=_has_documented_hashes)
def match_key_recipe(event: Event, _: Context) -> Iterator[Complaint]:
    """Gender, state, country and date of birth are hashed from a form that Pinterest documents."""
    for key in _RIGHT_VALUES:
        right_forms = _documented_forms(key, event)
        for index, value in enumerate(event["user_data"].get(key, ())):
            origin = None if value.lower() in _HASHES_OF_NOTHING else known(key, value)
            if origin is not None and origin.form not in right_forms:
                yield Complaint(
                    f"/user_data/{key}/{index}",
                    f"This {key} was hashed in a form that Pinterest does not document: {origin}.",
                    _FIXES[key],
                )


def _has_own_phone(event: Event, _: Context) -> bool:
    """Whether no value of `ph` is one of `em`."""
    user_data = event["user_data"]
    phones = user_data.get("ph")
    return not phones or set(phones).isdisjoint(user_data.get("em") or ())


@rule(MISTAKE, HASHING, quiet=_has_own_phone)
def match_key_copied(event: Event, _: Context) -> Iterator[Complaint]:
    """An e-mail address is not a phone number: `em` and `ph` hold different hashes."""
    user_data = event["user_data"]
    emails = user_data.get("em") or ()
    for index, value in enumerate(user_data.get("ph") or ()):
        if value in emails:
            yield Complaint(
                f"/user_data/ph/{index}",
                "This value of ph is also the value of em: one field was copied into both.",
                "Hash the phone number with its country code for ph, the e-mail address for em.",
            )


def may_hash_birthdays(body: bytes) -> bool:
    """Whether judging a JSON body may hash all birth dates first.

    The documented ones take 0.04 s, once. Each other spelling takes 0.04 s, once, until a value of `db` is
    found in one. A body that spells letters or digits as escapes may hold anything.
    """
    if have_all_arrays():
        return False
    if b"\\" in body and _ESCAPED_LETTER.search(body):
        return True
    if b"db" not in body:
        return False
    right = _RIGHT_HASHES.get("db", frozenset())
    values = {
        hashed.decode().lower() for values in _BIRTHDAYS.findall(body) for hashed in _HASH.findall(values)
    }
    return not right or not all(map(is_found_at_once, values - right))


def _values(event: Event) -> Iterator[tuple[str, str, str]]:
    """Yield every value of every hashed match key as (path, match key, value)."""
    user_data = event["user_data"]
    for key in HASHED_MATCH_KEYS:
        for index, value in enumerate(user_data.get(key, ())):
            yield f"/user_data/{key}/{index}", key, value


def _documented_forms(key: str, event: Event) -> tuple[str, ...]:
    """Return the documented forms: the guide to limited data processing hashes upper-case codes."""
    return (
        (RIGHT_FORM, UPPER_CASE)
        if key in ("st", "country") and requests_limited_processing(event)
        else (RIGHT_FORM,)
    )


def _right_hashes(key: str) -> frozenset[str]:
    hashes = _RIGHT_HASHES.get(key)
    if hashes is None:
        hashes = _RIGHT_HASHES[key] = frozenset(map(sha256, _RIGHT_VALUES[key]()))
    return hashes


def _list_birthdays() -> list[str]:
    """List the days as Pinterest documents them; to spell them one by one would take as long as hashing."""
    return " ".join(map(date.isoformat, every_day())).replace("-", "").split()


_RIGHT_VALUES: Final[Mapping[str, Callable[[], Iterable[str]]]] = {
    "ge": lambda: "fmn",
    "st": lambda: (first + second for first, second in product(ascii_lowercase, repeat=2)),
    "country": lambda: country_codes().values(),
    "db": _list_birthdays,
}
#: Match key -> the hashes of its documented values, made when the key is first seen.
_RIGHT_HASHES: Final[dict[str, frozenset[str]]] = {}


RULES: Final = (
    match_key_not_hashed, match_key_upper_case, match_key_of_nothing, match_key_recipe, match_key_copied,
)  # fmt: skip
