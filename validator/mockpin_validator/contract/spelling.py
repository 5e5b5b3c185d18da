"""Find the known name that a misspelt name probably means."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from mockpin_validator.contract.names import OTHER_NAMES, STANDARD_EVENT_NAMES
from mockpin_validator.masking import mask_personal

#: Characters of a value that a message repeats.
_MAX_QUOTED = 60
#: Characters of a name that are compared.
_MAX_COMPARED = 100
#: Characters of a text that are read: a sender may write a name of a megabyte.
_MAX_READ = 1_000
#: Similarity, from 0 to 1, from which two names count as the same.
_MIN_SIMILARITY = 0.75


def bare(name: str) -> str:
    """Return a name's letters and digits in lower case: AddToCart and add_to_cart give the same."""
    return "".join(filter(str.isalnum, name[:_MAX_READ])).lower()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most similar to a misspelt one, None if none is similar enough."""
    return _nearest(bare(name)[:_MAX_COMPARED], tuple(known))


@lru_cache(maxsize=1024)  # a sender misspells the same few names in every event
def _nearest(spelling: str, known: tuple[str, ...]) -> str | None:
    spellings = _list_spellings(known)
    swapped = filter(
        spellings.__contains__, swap_neighbours(spelling)
    )  # the similarity of short names is too low
    near = next(swapped, None) or next(iter(get_close_matches(spelling, spellings, 1, _MIN_SIMILARITY)), None)
    return spellings[near] if near else None


@lru_cache(maxsize=64)  # the lists of known names are few, and the same for every event
def _list_spellings(known: tuple[str, ...]) -> Mapping[str, str]:
    return {bare(name): name for name in known}


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """`did you mean em?` where a known word is near; otherwise what else to say, or all that are known."""
    words = tuple(known)
    near = nearest(word, words)
    return f"did you mean {near}?" if near else otherwise or f"there are {', '.join(words)}."


def find_meant_event_name(name: str) -> str | None:
    """Return the standard event name that a name probably means, None for a name of the sender's own."""
    return OTHER_NAMES.get(bare(name)) or nearest(name, STANDARD_EVENT_NAMES)


def swap_neighbours(text: str) -> Iterator[str]:
    """Yield the text with two neighbouring characters swapped, for each pair."""
    for index in range(len(text) - 1):
        yield text[:index] + text[index + 1] + text[index] + text[index + 2 :]


def quoted(text: str) -> str:
    """Quote a value for a message: at most 60 characters, and dots if it may be personal data."""
    shown = mask_personal(text[:_MAX_READ])
    return repr(shown if len(shown) <= _MAX_QUOTED else f"{shown[:_MAX_QUOTED]}...")
