"""What somebody who misspelt a name probably meant."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from mockpin_validator.masking import mask_personal

#: Characters of a value that a message repeats, and of a name that are compared.
_QUOTED = 60
_COMPARED = 100


def bare(name: str) -> str:
    """A name's letters and digits in lower case, so that AddToCart and add_to_cart are one."""
    return "".join(filter(str.isalnum, name)).lower()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one is nearest to, None when none is near."""
    return _nearest(bare(name)[:_COMPARED], tuple(known))


@lru_cache(maxsize=1024)  # a sender misspells the same few names in every event
def _nearest(spelling: str, known: tuple[str, ...]) -> str | None:
    spellings = {bare(each): each for each in known}
    swapped = filter(spellings.__contains__, transposed(spelling))  # of short names too little is left alike
    close = [*swapped, *get_close_matches(spelling, spellings, n=1, cutoff=0.75)]
    return spellings[close[0]] if close else None


def transposed(text: str) -> Iterator[str]:
    """The text with two neighbouring characters swapped, for each such pair."""
    for at in range(len(text) - 1):
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def quoted(text: str) -> str:
    """A value short enough for a message, in quotes; one that may be somebody's data becomes dots."""
    shown = mask_personal(text)
    return repr(shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}...")
