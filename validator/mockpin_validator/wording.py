"""Parts of sentences: numbers with their nouns, and texts without characters that a reader cannot see."""

import json

_DELETE = "\x7f"  # the one control character that JSON does not escape


def count(number: int, noun: str) -> str:
    """`1 event`, `1,200 events`, `2 batches`."""
    ending = "es" if noun.endswith("ch") else "s"
    return f"{number:,} {noun}{'' if number == 1 else ending}"


def make_visible(text: str) -> str:
    """Replace each character that is invisible, or that a terminal or browser obeys, by its JSON escape."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escape(character) for character in text)


def make_lines_visible(text: str) -> str:
    """Make a text of several lines visible; line feeds stay. What it means as JSON does not change."""
    return "\n".join(map(make_visible, text.split("\n")))


def _escape(character: str) -> str:
    return "\\u007f" if character == _DELETE else json.dumps(character)[1:-1]
