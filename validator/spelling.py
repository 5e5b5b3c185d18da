"""What somebody who misspelt a name probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

_QUOTED = 60


def bare(name: str) -> str:
    """A name's letters and digits in lower case, so that AddToCart and add_to_cart are one."""
    return "".join(filter(str.isalnum, name)).lower()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one is nearest to, None when none is near."""
    spellings = {bare(each): each for each in known}
    close = get_close_matches(bare(name)[:100], spellings, n=1, cutoff=0.75)
    return spellings[close[0]] if close else None


def quoted(text: str) -> str:
    """A value short enough for a message, in quotes."""
    return repr(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}...")
