"""Every birth date in every spelling: a sorted array of 64-bit entries for each, in which a hash is bisected.

A spelling's array is built when it is first looked into, about 40 ms and 370 KB; the likely ones come first.
"""

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from mockpin_validator.forensics.dates import RIGHT_SPELLING, SPELLINGS, spell

FIRST, LAST = date(1900, 1, 1), date(2029, 12, 31)

#: The low bits of an entry hold its place in the list of days, the others begin its hash.
PLACE_BITS: Final = 16
_PLACES: Final = (1 << PLACE_BITS) - 1


def find_birthday(value: str) -> tuple[str, str, str] | None:
    """The spelling of the date behind a hash, the text hashed, the text to hash; None if there is none.

    `value` is 64 hexadecimal digits. Only a hash of no birth date has every spelling's array built.
    """
    for spelling in SPELLINGS:
        if day := find_day(value, spelling):
            return spelling, spell(spelling, day), spell(RIGHT_SPELLING, day)
    return None


def find_day(value: str, spelling: str) -> date | None:
    """The day that gives this hash in one spelling, None if none does."""
    entries, wanted = birthdays(spelling), int(value[:16], 16) & ~_PLACES
    at = bisect_left(entries, wanted)
    while at < len(entries) and entries[at] & ~_PLACES == wanted:
        day = date.fromordinal(FIRST.toordinal() + (entries[at] & _PLACES))
        if hashlib.sha256(spell(spelling, day).encode()).hexdigest() == value:
            return day
        at += 1
    return None


def every_day() -> Iterator[date]:
    """Every day that is looked for, from the first on."""
    return map(date.fromordinal, range(FIRST.toordinal(), LAST.toordinal() + 1))


@cache
def birthdays(spelling: str) -> "array[int]":
    """The entries of one spelling in order of their hashes."""
    write, sha256 = SPELLINGS[spelling], hashlib.sha256
    texts = (write(*day.isoformat().split("-")).encode() for day in every_day())
    beginnings = array("Q", b"".join([sha256(text).digest()[:8] for text in texts]))
    if sys.byteorder == "little":
        beginnings.byteswap()
    places = enumerate(beginnings)
    return array("Q", sorted(beginning & ~_PLACES | place for place, beginning in places))
