"""Find the birth date behind a hash: every date in every spelling, hashed in advance.

Each spelling has a sorted array of 64-bit entries, built on first use in about 40 ms (370 KB).
The most frequent spellings are searched first.
"""

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Final

from mockpin_validator.forensics.dates import RIGHT_SPELLING, SPELLINGS, spell

FIRST, LAST = date(1900, 1, 1), date(2029, 12, 31)

#: The low bits of an entry are the index of its day; the high bits are the beginning of its hash.
INDEX_BITS: Final = 16
_INDEX_MASK: Final = (1 << INDEX_BITS) - 1
#: Spelling -> its entries.
_ARRAYS: Final[dict[str, "array[int]"]] = {}


def find_birthday(value: str) -> tuple[str, str, str] | None:
    """Return (spelling, hashed text, text to hash) of the date behind a hash, None if it is not a birth date.

    `value` is 64 hexadecimal digits. A hash that is not of a birth date builds the arrays of all spellings.
    """
    for spelling in SPELLINGS:
        if day := find_day(value, spelling):
            return spelling, spell(spelling, day), spell(RIGHT_SPELLING, day)
    return None


def find_day(value: str, spelling: str) -> date | None:
    """Return the day whose spelling has this hash, None if there is none."""
    entries, wanted = birthdays(spelling), int(value[:16], 16) & ~_INDEX_MASK
    index = bisect_left(entries, wanted)
    while index < len(entries) and entries[index] & ~_INDEX_MASK == wanted:
        day = date.fromordinal(FIRST.toordinal() + (entries[index] & _INDEX_MASK))
        if hashlib.sha256(spell(spelling, day).encode()).hexdigest() == value:
            return day
        index += 1
    return None


def have_all_arrays() -> bool:
    """Whether the arrays of all spellings were made, so that a search only looks a hash up."""
    return len(_ARRAYS) == len(SPELLINGS)


def is_found_at_once(value: str) -> bool:
    """Whether the search for the date behind a hash ends before it has to build an array."""
    for spelling in SPELLINGS:
        if spelling not in _ARRAYS:
            return False
        if find_day(value, spelling):
            return True
    return True


def every_day() -> Iterator[date]:
    """Iterate over all days that are searched, in order."""
    return map(date.fromordinal, range(FIRST.toordinal(), LAST.toordinal() + 1))


def birthdays(spelling: str) -> "array[int]":
    """Return the entries of one spelling, sorted by hash, and build them on first use."""
    if spelling not in _ARRAYS:
        _ARRAYS[spelling] = _build(spelling)
    return _ARRAYS[spelling]


def _build(spelling: str) -> "array[int]":
    write, sha256 = SPELLINGS[spelling], hashlib.sha256
    texts = (write(*day.isoformat().split("-")).encode() for day in every_day())
    beginnings = array("Q", b"".join([sha256(text).digest()[:8] for text in texts]))
    if sys.byteorder == "little":
        beginnings.byteswap()
    return array("Q", sorted(start & ~_INDEX_MASK | index for index, start in enumerate(beginnings)))
