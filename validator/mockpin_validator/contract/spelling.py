"""What somebody who misspelt a name probably meant."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from mockpin_validator.masking import mask_personal

#: Characters of a value that a message repeats, and of a name that are compared.
_QUOTED = 60
_COMPARED = 100
#: Characters of a text that are looked at: a sender may write a name of a megabyte.
_READ = 1_000
#: How alike two names must be, in percent, to be taken for one.
_LEAST_ALIKE = 75


def bare(name: str) -> str:
    """A name's letters and digits in lower case, so that AddToCart and add_to_cart are one."""
    return "".join(filter(str.isalnum, name[:_READ])).lower()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one is nearest to, None when none is near."""
    return _nearest(bare(name)[:_COMPARED], tuple(known))


@lru_cache(maxsize=1024)  # a sender misspells the same few names in every event
def _nearest(spelling: str, known: tuple[str, ...]) -> str | None:
    spellings = {bare(each): each for each in known}
    swapped = filter(spellings.__contains__, transposed(spelling))  # of short names too little is left alike
    near = next(swapped, None) or _most_alike(spelling, [*spellings])
    return spellings[near] if near else None


def _most_alike(spelling: str, spellings: list[str]) -> str | None:
    found = process.extractOne(spelling, spellings, scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE)
    return found[0] if found else None


def transposed(text: str) -> Iterator[str]:
    """The text with two neighbouring characters swapped, for each such pair."""
    for at in range(len(text) - 1):
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def quoted(text: str) -> str:
    """A value short enough for a message, in quotes; one that may be somebody's data becomes dots."""
    shown = mask_personal(text[:_READ])
    return repr(shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}...")
