"""Values so few that their hashes can be listed: genders, countries, states, birth dates, words for nothing.

A hash from such a domain is no secret, which is why it can be explained without its plain text.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from string import ascii_lowercase
from types import MappingProxyType

from mockpin_validator.forensics.birthdays import find_birthday
from mockpin_validator.forensics.dates import describe
from mockpin_validator.forensics.places import OTHER_NAMES, country_codes, state_codes
from mockpin_validator.forensics.values import GENDERS, sha256

#: What programs write when they know nothing; the hash of such a word matches nobody.
NULL_LIKE = (
    "", " ", "null", "none", "nil", "undefined", "NaN", "n/a", "na", "unknown", "not set", "(not set)",
    "false", "0", "-", "{}", "[]", "[object Object]", '""',
)  # fmt: skip
RIGHT_FORM = "as documented"
UPPER_CASE = "upper case"

#: What stays small in the name of a country or state: District of Columbia, Côte d'Ivoire.
_SMALL_WORD = re.compile(r"\b(?:And|Da|Del?|Of|The|D(?='))\b")
HEX_64 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Known:
    """A hash whose plain text is no secret: how it was written, and the value that belongs there.

    `written` and `right` stay out of repr; `right` is None for a word that means nothing.
    """

    key: str
    form: str
    written: str = field(repr=False)
    right: str | None = field(repr=False)

    @property
    def conforms(self) -> bool:
        """Whether it is the hash that Pinterest's documentation asks for."""
        return self.form == RIGHT_FORM

    def __str__(self) -> str:
        """What a finding may say: a state's or country's name, nothing nearer to a person."""
        named = self.key in {"st", "country"} and self.right is not None
        return f"{self.written}, {self.form}" if named else self.form


def known(key: str, value: str) -> Known | None:
    """What a 64-digit hash of this match key was made of, None if no small domain holds it.

    Any key may hold the hash of a word for nothing; `ge`, `st`, `country` and `db` also have few values.
    The tables are built when first asked for, those of birth dates spelling by spelling.
    """
    if not HEX_64.fullmatch(value):
        return None
    value = value.lower()
    found = _table(key).get(value) if key in DOMAINS else birthday(value) if key == "db" else None
    found = found or _table("").get(value)
    return replace(found, key=key) if found else None


def list_hashes_of_nothing() -> Collection[str]:
    """The hashes of an empty text and of the words for nothing, slips included."""
    return _table("").keys()


@cache
def _table(key: str) -> Mapping[str, Known]:
    """Hash -> what it was made of; where two writings agree, the first of the domain wins."""
    table: dict[str, Known] = {}
    for each in DOMAINS[key]():
        table.setdefault(sha256(each.written), each)
    for each in list(table.values()):
        for form, slip in SLIPS.items():
            slipped = f"{each.form}, {form}" if each.form != RIGHT_FORM else form
            table.setdefault(sha256(slip(each.written)), Known(key, slipped, each.written, each.right))
    return MappingProxyType(table)


#: Slips that happen to any value on its way into the hash function.
SLIPS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "hashed twice": sha256,
        "with a trailing newline": lambda text: f"{text}\n",
        "with a trailing space": lambda text: f"{text} ",
        "with a leading space": lambda text: f" {text}",
        "in quotation marks": lambda text: f'"{text}"',
        "with its spaces removed": lambda text: text.replace(" ", ""),
    }
)


def nulls() -> Iterator[Known]:
    """Words for nothing, in the cases programs write them in."""
    for word in NULL_LIKE:
        form = "a word for a missing value, such as null" if word.strip() else "an empty text"
        for written in dict.fromkeys((word, *cases(word))):
            yield Known("", form, written, None)


def genders() -> Iterator[Known]:
    """The letters Pinterest asks for, and the words people write instead."""
    for word, letter in GENDERS.items():
        form = "the word instead of its letter (female, male, non-binary for f, m, n)"
        yield from written_ways("ge", word, letter, form=form)


def states() -> Iterator[Known]:
    """Every two-letter code, and the states known by name."""
    for first, second in product(ascii_lowercase, repeat=2):
        yield from written_ways("st", first + second, first + second)
    for name, code in state_codes().items():
        yield from written_ways("st", name, code, form="not the two-letter code")


def countries() -> Iterator[Known]:
    """Every two-letter code, the three-letter ones, and the names."""
    for code in sorted(set(country_codes().values())):
        yield from written_ways("country", code, code)
    for name, code in (country_codes() | OTHER_NAMES).items():
        yield from written_ways("country", name, code, form="not the two-letter code")


def written_ways(key: str, word: str, right: str, *, form: str = "") -> Iterator[Known]:
    """A value in its cases, each with what is wrong with it."""
    for written, case in cases(word).items():
        wrong = ", ".join(filter(None, ("" if word == right else form, case)))
        yield Known(key, wrong or RIGHT_FORM, written, right)


def cases(word: str) -> Mapping[str, str]:
    """A word in lower case, in upper case and capitalized, each with what to call that."""
    title = word.title()
    as_people_write = _SMALL_WORD.sub(lambda small: small[0].lower(), title)
    return {
        **dict.fromkeys((as_people_write, title), "capitalized"),
        word.upper(): UPPER_CASE,
        word.lower(): "",
    }


#: Match key -> its few values; "" stands for every key.
DOMAINS: Mapping[str, Callable[[], Iterator[Known]]] = MappingProxyType(
    {"": nulls, "ge": genders, "st": states, "country": countries}
)


def birthday(value: str) -> Known | None:
    """The birth date that was hashed, None if it was not one of 1900 or later."""
    if (found := find_birthday(value)) is None:
        return None
    spelling, written, right = found
    return Known("db", RIGHT_FORM if written == right else describe(spelling), written, right)
