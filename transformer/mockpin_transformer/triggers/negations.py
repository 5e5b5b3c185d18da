"""Warnings about `!` and `not` where they negate nothing."""

from mockpin_transformer.triggers.lexer import TriggerToken
from mockpin_transformer.triggers.reading import Reading, Warnings


def find_negated_groups(reading: Reading) -> Warnings:
    """Warn of a negation before parentheses."""
    for level in reading.levels:
        if level.negation:
            message = (
                f"{level.negation.value} does not negate a group: write the opposite of each condition in it,"
                " with and for or, and or for and."
            )
            yield level.negation.start, message, None


def find_ignored_nots(reading: Reading) -> Warnings:
    """Warn of `not` before a condition or a function."""
    for token in reading.skipped:
        if token.value.lower() == "not" and all(token != level.negation for level in reading.levels):
            message = (
                f"{token.value} is ignored: write the opposite operator, or ! directly before contains() or"
                " match()."
            )
            yield token.start, message, _with_exclamation_mark(reading, token)


def _with_exclamation_mark(reading: Reading, token: TriggerToken) -> str | None:
    """The trigger with `!` in place of a `not` that stands before a function."""
    following = (call for level in reading.levels for call in level.calls if call.start > token.end)
    call = min(following, key=lambda name: name.start, default=None)
    if call is None or reading.units[token.end : call.start].strip():
        return None
    return reading.replaced((token.start, call.start, "!"))
