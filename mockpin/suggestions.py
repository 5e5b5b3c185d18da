"""What to say to somebody who wrote a word that is not known: what was probably meant, or what there is."""

from collections.abc import Iterable

from mockpin_validator.contract.spelling import nearest


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """`did you mean em?` where a known word is near; otherwise what else to say, or all that are known."""
    words = tuple(known)
    near = nearest(word, words)
    return f"did you mean {near}?" if near else otherwise or f"there are {', '.join(words)}."
