"""Parts of sentences: numbers, printable texts, and what an unknown word was probably meant to be."""

from collections.abc import Iterable

from mockpin_validator.contract.spelling import nearest


def count(number: int, noun: str) -> str:
    """`1 event`, `1,200 events`, `2 batches`."""
    ending = "es" if noun.endswith("ch") else "s"
    return f"{number:,} {noun}{'' if number == 1 else ending}"


def printable(text: str) -> str:
    """The text with its escape in place of each character that a terminal would obey or hide."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """`did you mean em?` where a known word is near; otherwise what else to say, or all that are known."""
    words = tuple(known)
    near = nearest(word, words)
    return f"did you mean {near}?" if near else otherwise or f"there are {', '.join(words)}."
