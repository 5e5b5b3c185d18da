"""A cache of results by text that a long text cannot fill."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

Texts = TypeVarTuple("Texts")
Result = TypeVar("Result")

#: Characters of the arguments together above which a result is not kept: names and ids are shorter.
MAX_CACHED_LENGTH = 512


def cache_short_texts(maxsize: int) -> Callable[[Callable[[*Texts], Result]], Callable[[*Texts], Result]]:
    """Remember a function's latest `maxsize` results for texts of at most `MAX_CACHED_LENGTH` characters.

    A sender can make a name of many megabytes, and of such names a plain `lru_cache` would keep thousands.
    """

    def decorate(function: Callable[[*Texts], Result]) -> Callable[[*Texts], Result]:
        cached = lru_cache(maxsize)(function)

        @wraps(function)
        def call(*texts: *Texts) -> Result:
            is_short = len("".join(texts)) <= MAX_CACHED_LENGTH  # type: ignore[arg-type]  # they are texts
            return (cached if is_short else function)(*texts)

        return call

    return decorate
