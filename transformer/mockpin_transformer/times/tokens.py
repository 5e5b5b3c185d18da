"""The pieces of a date in text: numbers, words and punctuation, parentheses left out."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from mockpin_transformer.js import WHITESPACE

# Line separators are white space everywhere else, but letters here.
_SPACE: Final = re.sub("[\u2028\u2029]", "", WHITESPACE)
_WORD_CHARACTER: Final = rf"(?![{_SPACE}])[A-\U0010ffff]"
_TOKEN: Final = re.compile(
    rf"(?P<number>[0-9]+)|(?P<space>[{_SPACE}]+)|(?P<word>(?:{_WORD_CHARACTER})+)|(?P<symbol>.)", re.DOTALL
)
_SIGNIFICANT_DIGITS: Final = 9


class DateToken(NamedTuple):
    """One piece of the text."""

    kind: Literal["number", "space", "word", "symbol"]
    text: str

    @property
    def value(self) -> int:
        """A number's value; more than nine significant digits are cut off."""
        return int(self.text.lstrip("0")[:_SIGNIFICANT_DIGITS] or 0)


class Tokens:
    """The pieces, read from the left with a look at the next."""

    def __init__(self, tokens: Iterator[DateToken]) -> None:
        self._waiting = list(tokens)[::-1]

    def take(self) -> DateToken | None:
        """The next piece; None at the end."""
        return self._waiting.pop() if self._waiting else None

    def take_number(self) -> DateToken | None:
        """The next piece if it is a number."""
        return self.take() if self.at_number() else None

    def skip(self, symbol: str) -> bool:
        """Take the next piece if it is this symbol; whether it was."""
        return self.at(symbol) and self.take() is not None

    def at(self, symbol: str) -> bool:
        """Whether this symbol comes next."""
        return bool(self._waiting) and self._waiting[-1].text == symbol

    def at_number(self) -> bool:
        """Whether a number comes next."""
        return bool(self._waiting) and self._waiting[-1].kind == "number"

    def at_end_of_time(self) -> bool:
        """Whether a time may end here: at the end, a space, Z or a sign."""
        if not self._waiting:
            return True
        kind, text = self._waiting[-1]
        return kind == "space" or text in ("Z", "z", "+", "-")


def read_tokens(text: str) -> Tokens:
    """The pieces of a text, each parenthesis a comma."""
    kinds = _TOKEN.finditer(_without_comments(text))
    return Tokens(DateToken(match.lastgroup, match[0]) for match in kinds)  # type: ignore[arg-type]  # the groups' names


def read_milliseconds(fraction: str) -> int:
    """The first three digits after a decimal point, as many as there are."""
    return int((fraction + "00")[:3])


def _without_comments(text: str) -> str:
    kept, depth = [], 0
    for char in text:
        if char == "(":
            kept.append("," * (depth == 0))
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(char)
    return "".join(kept)
