"""Recognize hashes of values with few possibilities: genders, countries, states, birth dates, null words.

Such a hash is not a secret, so it can be explained without its plain text.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from string import ascii_lowercase
from types import MappingProxyType

from mockpin_validator.contract.iso_codes import country_codes, state_codes
from mockpin_validator.forensics.birthdays import find_birthday
from mockpin_validator.forensics.dates import describe
from mockpin_validator.forensics.values import GENDERS, sha256

#: What programs write for a missing value, such as the advertising id of a device without tracking.
#: Their hashes cannot match anyone.
NULL_LIKE = (
    "", " ", "null", "none", "nil", "undefined", "NaN", "n/a", "na", "unknown", "not set", "(not set)",
    "false", "0", "-", "{}", "[]", "[object Object]", '""',
    "0000000000", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
#: Names of countries that are not in the ISO list -> lower-case two-letter codes.
OTHER_COUNTRY_NAMES = {
    "america": "us", "u.s.": "us", "u.s.a.": "us", "uk": "gb", "u.k.": "gb", "great britain": "gb",
    "england": "gb", "scotland": "gb", "russia": "ru", "turkey": "tr", "holland": "nl", "macedonia": "mk",
    "the netherlands": "nl", "ivory coast": "ci", "cape verde": "cv", "macau": "mo", "uae": "ae",
}  # fmt: skip
RIGHT_FORM = "as documented"
UPPER_CASE = "upper case"

#: Words in lower case in names of countries and states: District of Columbia, Côte d'Ivoire.
_SMALL_WORD = re.compile(r"\b(?:And|Da|Del?|Of|The|D(?='))\b")
HEX_64 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class KnownHash:
    """A recognized hash: the text that was hashed, its form, and the right value.

    `written` and `right` are not in repr. `right` is None for a null word.
    """

    key: str
    form: str
    written: str = field(repr=False)
    right: str | None = field(repr=False)

    @property
    def conforms(self) -> bool:
        """Whether it is the hash that Pinterest documents."""
        return self.form == RIGHT_FORM

    def __str__(self) -> str:
        """Describe the hash for a finding: at most the name of a state or country."""
        named = self.key in {"st", "country"} and self.right is not None
        return f"{self.written}, {self.form}" if named else self.form


def known(key: str, value: str) -> KnownHash | None:
    """Recognize a 64-digit hash of a match key, None if it is not in a small domain.

    Any key may hold the hash of a null word; `ge`, `st`, `country` and `db` also have few values.
    The tables are built on first use, those of birth dates spelling by spelling.
    """
    if not HEX_64.fullmatch(value):
        return None
    value = value.lower()
    origin = _table(key).get(value) if key in DOMAINS else recognize_birthday(value) if key == "db" else None
    origin = origin or _table("").get(value)
    return replace(origin, key=key) if origin else None


def list_hashes_of_nothing() -> Collection[str]:
    """Return the hashes of an empty text and of the null words, including common mistakes."""
    return _table("").keys()


@cache
def _table(key: str) -> Mapping[str, KnownHash]:
    """Build the table hash -> origin of a domain; of two equal hashes the first wins."""
    table: dict[str, KnownHash] = {}
    for origin in DOMAINS[key]():
        table.setdefault(sha256(origin.written), origin)
    for origin in list(table.values()):
        for name, apply in MISTAKES.items():
            form = f"{origin.form}, {name}" if origin.form != RIGHT_FORM else name
            table.setdefault(
                sha256(apply(origin.written)), KnownHash(key, form, origin.written, origin.right)
            )
    return MappingProxyType(table)


#: Mistakes that happen with values of any key: name -> function.
MISTAKES: Mapping[str, Callable[[str], str]] = {
    "hashed twice": sha256,
    "with a trailing newline": lambda text: f"{text}\n",
    "with a trailing space": lambda text: f"{text} ",
    "with a leading space": lambda text: f" {text}",
    "in quotation marks": lambda text: f'"{text}"',
    "with its spaces removed": lambda text: text.replace(" ", ""),
}


def nulls() -> Iterator[KnownHash]:
    """Yield the null words, in lower case, in upper case and capitalized."""
    for word in NULL_LIKE:
        form = "a word for a missing value, such as null" if word.strip() else "an empty text"
        for written in dict.fromkeys((word, *cases(word))):
            yield KnownHash("", form, written, None)


def genders() -> Iterator[KnownHash]:
    """Yield the letters that Pinterest documents, and the words that people write instead."""
    for word, letter in GENDERS.items():
        form = "the word instead of its letter (female, male, non-binary for f, m, n)"
        yield from written_ways("ge", word, letter, form=form)


def states() -> Iterator[KnownHash]:
    """Yield every two-letter code, and the names of the known states."""
    for first, second in product(ascii_lowercase, repeat=2):
        yield from written_ways("st", first + second, first + second)
    for name, code in state_codes().items():
        yield from written_ways("st", name, code, form="not the two-letter code")


def countries() -> Iterator[KnownHash]:
    """Yield every two-letter code, three-letter code and name of a country."""
    for code in sorted(set(country_codes().values())):
        yield from written_ways("country", code, code)
    for name, code in (country_codes() | OTHER_COUNTRY_NAMES).items():
        yield from written_ways("country", name, code, form="not the two-letter code")


def written_ways(key: str, word: str, right: str, *, form: str = "") -> Iterator[KnownHash]:
    """Yield a word in each case, with what is wrong with it."""
    for written, case in cases(word).items():
        wrong = ", ".join(filter(None, ("" if word == right else form, case)))
        yield KnownHash(key, wrong or RIGHT_FORM, written, right)


def cases(word: str) -> Mapping[str, str]:
    """Return a word capitalized, in upper case and in lower case -> name of the case."""
    title = word.title()
    as_people_write = _SMALL_WORD.sub(lambda small: small[0].lower(), title)
    return {
        **dict.fromkeys((as_people_write, title), "capitalized"),
        word.upper(): UPPER_CASE,
        word.lower(): "",
    }


#: Match key -> generator of its values; "" holds the null words of all keys.
DOMAINS: Mapping[str, Callable[[], Iterator[KnownHash]]] = {
    "": nulls,
    "ge": genders,
    "st": states,
    "country": countries,
}


def recognize_birthday(value: str) -> KnownHash | None:
    """Recognize the hash of a birth date, None if it is not one of 1900 or later."""
    if (origin := find_birthday(value)) is None:
        return None
    spelling, written, right = origin
    return KnownHash("db", RIGHT_FORM if written == right else describe(spelling), written, right)
