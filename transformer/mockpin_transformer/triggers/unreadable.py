"""Warnings about the place at which a trigger becomes unreadable, and is for no event: what stands there.

Segment says of all of them only "Cannot read properties of undefined".
"""

import re
from typing import Final

from mockpin_transformer.triggers.reading import Reading, Warnings

_NAME: Final = re.compile(r"""(?:[A-Za-z_]|[^\x00-\x7f]|\\.)(?:\\.|[^ \t\n\r.,=!<>()"'&|\\])*+""", re.DOTALL)
_TO_ESCAPE: Final = re.compile(r"(\\.)|[^A-Za-z0-9_-]", re.DOTALL)
_OPERATOR: Final = re.compile("([<>]=?) *")
_JOINER: Final = re.compile(r"(&&|\|\|) *")
_WORDS: Final = {"&&": "and", "||": "or"}


def find_unclosed_quotes(reading: Reading) -> Warnings:
    """A quote without its partner."""
    start = reading.lexed.failed_at
    quote = reading.unread[:1]
    if start is not None and quote in ("'", '"') and quote not in reading.unread[1:]:
        message = "The quote is not closed, so the trigger is for no event: close it."
        yield start, message, reading.written + quote


def find_unclosed_groups(reading: Reading) -> Warnings:
    """A parenthesis without its partner, where all else can be read."""
    for level in reading.levels:
        if level.opening and not level.closing and reading.lexed.failed_at is None:
            message = "The parenthesis is not closed, so the trigger is for no event: close it."
            is_sure = not level.calls and not reading.levels[2:]
            yield level.opening.start, message, f"{reading.written})" if is_sure else None


def find_unreadable_names(reading: Reading) -> Warnings:
    """A name with characters that must be escaped."""
    start, name = reading.lexed.failed_at, _NAME.match(reading.unread)
    if start is None or name is None:
        return
    escaped = _TO_ESCAPE.sub(lambda match: match[1] or f"\\{match[0]}", name[0])
    if escaped != name[0]:
        message = (
            "In a name only a to z, digits, _ and - stand for themselves, so the trigger is for no event:"
            " write a backslash before every other character."
        )
        mended = reading.replaced((start, start + len(name[0]), escaped))
        # Half an emoji behind a backslash of its own is read, but no text that one could write.
        yield start, message, mended if escaped.isprintable() else None


def find_operators_on_names(reading: Reading) -> Warnings:
    """`<` or `>` directly behind a name."""
    start, name = reading.lexed.failed_at, _NAME.match(reading.unread)
    found = _OPERATOR.match(reading.unread, name.end()) if name else None
    if start is not None and found:
        message = f"{found[1]} directly behind a name makes the trigger unreadable: write spaces around it."
        edit = (start + found.start(), start + found.end(), f" {found[1]} ")
        yield edit[0], message, reading.replaced(edit)


def find_foreign_operators(reading: Reading) -> Warnings:
    """`&&` and `||`, which other languages join conditions with."""
    start, found = reading.lexed.failed_at, _JOINER.match(reading.unread)
    if start is not None and found:
        word = _WORDS[found[1]]
        message = f"{found[1]} makes the trigger unreadable: write {word}."
        yield start, message, reading.replaced((start, start + found.end(), f"{word} "))
