"""Every birth date in every spelling, in one sorted array of 64-bit entries: a hash is found by bisection."""

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cache

from validator.forensics.dates import RIGHT_SPELLING, SPELLINGS, spell

FIRST, LAST = date(1900, 1, 1), date(2039, 12, 31)

#: The low bits of an entry hold its place in the list of dates and spellings, the others begin its hash.
PLACE_BITS = 20
_SPELLINGS = tuple(SPELLINGS)


def find_birthday(value: str) -> tuple[str, str, str] | None:
    """The spelling of the date behind a hash, the text hashed, the text to hash; None if there is none.

    The first call builds the table: about a second, 6 MB.
    """
    wanted = int(value[:16], 16) >> PLACE_BITS
    table = birthdays()
    at = bisect_left(table, wanted << PLACE_BITS)
    while at < len(table) and table[at] >> PLACE_BITS == wanted:
        spelling, written, right = written_at(table[at] & (1 << PLACE_BITS) - 1)
        if hashlib.sha256(written.encode()).hexdigest() == value:
            return spelling, written, right
        at += 1
    return None


@cache
def birthdays() -> "array[int]":
    """The entries in order of their hashes."""
    return array("Q", sorted(entries()))


def entries() -> Iterator[int]:
    """The beginning of each hash, with the place of its text in the low bits."""
    sha256, keep = hashlib.sha256, -1 << PLACE_BITS
    days = map(date.fromordinal, range(FIRST.toordinal(), LAST.toordinal() + 1))
    parts = (day.isoformat().split("-") for day in days)
    texts = (write(*each) for each in parts for write in SPELLINGS.values())
    beginnings = array("Q", b"".join([sha256(text.encode()).digest()[:8] for text in texts]))
    if sys.byteorder == "little":
        beginnings.byteswap()
    return (beginning & keep | place for place, beginning in enumerate(beginnings))


def written_at(place: int) -> tuple[str, str, str]:
    """The spelling, the date in it, and the date as it should be, at a place of the list."""
    days, spelling = divmod(place, len(_SPELLINGS))
    day, name = date.fromordinal(FIRST.toordinal() + days), _SPELLINGS[spelling]
    return name, spell(name, day), spell(RIGHT_SPELLING, day)
