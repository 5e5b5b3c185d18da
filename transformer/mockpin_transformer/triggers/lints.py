"""Warnings about triggers that do not mean what they say.

A lint never changes what matches. It says where Segment reads a trigger differently from what its author
wrote, and gives a corrected trigger where the meaning is certain.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mockpin_transformer.js import from_units, utf16_length
from mockpin_transformer.triggers.levels import Level
from mockpin_transformer.triggers.lexer import END, TriggerToken
from mockpin_transformer.triggers.operators import OPERATORS, find_written
from mockpin_transformer.triggers.reading import Reading, Warnings, read
from mockpin_transformer.triggers.unreadable import (
    find_foreign_operators,
    find_operators_on_names,
    find_unclosed_groups,
    find_unclosed_quotes,
    find_unreadable_names,
)

_WORDS = ("and", "or")
_CARRIAGE_RETURN = re.compile(r""""[^"]*"|'[^']*'|(\r)""")


@dataclass(frozen=True)
class Lint:
    """One warning: its rule, where (an index into the trigger's text), what is wrong, and a better trigger.

    `corrected` is None where only its author can say what the trigger should be.
    """

    rule: str
    position: int
    message: str
    corrected: str | None


def lint(text: str) -> tuple[Lint, ...]:
    """Every warning about a trigger, in the order of its text."""
    reading = read(text)
    lints = [
        Lint(rule, len(from_units(reading.units[:start])), message, corrected)
        for rule, check in LINTS.items()
        for start, message, corrected in check(reading)
    ]
    return tuple(sorted(lints, key=lambda warning: (warning.position, warning.rule)))


def _find_carriage_returns(reading: Reading) -> Warnings:
    marks = _CARRIAGE_RETURN.finditer(reading.units)
    mark = next((mark for mark in marks if mark[1]), None)
    if mark:
        mended = from_units(reading.units.replace("\r\n", "\n").replace("\r", "\n"))
        yield (
            mark.start(),
            "Segment misreads a trigger with a carriage return: end lines with a line feed.",
            mended,
        )


def _find_doubled_operators(reading: Reading) -> Warnings:
    for written in find_written(reading.units, reading.lexed):
        if not written.is_operator and len(written.text) > 1:
            meant = written.meant or "one of " + ", ".join(OPERATORS)
            message = f"{written.text} is not an operator and is misread: write {meant}."
            mended = written.meant and reading.replaced(
                (written.start, written.end, written.meant + " " * written.unspaced)
            )
            yield written.start, message, mended


def _find_empty_triggers(reading: Reading) -> Warnings:
    if reading.lexed.tokens == (END,):
        yield 0, 'An empty trigger is for no event: write type != "" for all of them.', 'type != ""'


def _find_functions_in_groups(reading: Reading) -> Warnings:
    for level in reading.levels:
        if level.is_group and level.calls:
            message = (
                f"The parenthesis that closes {level.calls[0].value}() ends the group, and the rest joins "
                "the outer level: take the function out of the group."
            )
            yield level.calls[0].start, message, _without_parentheses(reading, level)


def _find_ignored_identifiers(reading: Reading) -> Warnings:
    for token in reading.skipped:
        if token.value.lower() not in (*_WORDS, "not"):
            message = (
                f"{token.value} is ignored: a condition begins with type, event, name, userId, properties, "
                "traits or context, or is contains() or match()."
            )
            yield token.start, message, None


def _find_mixed_joiners(reading: Reading) -> Warnings:
    for level in reading.levels:
        if len({joiner.value for joiner in level.joiners}) > 1:
            message = (
                f"Of several and, or on one level the last, {level.joiners[-1].value}, joins everything: put "
                "parentheses around what belongs together."
            )
            yield level.joiners[0].start, message, None


def _find_negated_groups(reading: Reading) -> Warnings:
    for level in reading.levels:
        if level.negation:
            message = (
                f"{level.negation.value} does not negate a group: write the opposite of each condition in it,"
                " with and for or, and or for and."
            )
            yield level.negation.start, message, None


def _find_ignored_nots(reading: Reading) -> Warnings:
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


def _find_nested_groups(reading: Reading) -> Warnings:
    for level in reading.levels:
        if level.opening and reading.levels[level.parent].is_group:
            message = "A group within a group makes the trigger unreadable: do without one of them."
            yield level.opening.start, message, _without_parentheses(reading, level)


def _find_single_quotes(reading: Reading) -> Warnings:
    for token in reading.lexed.tokens:
        if token.kind == "string" and token.value.startswith("'"):
            inner = token.value[1:-1]
            end = token.start + utf16_length(token.value)
            mended = None if '"' in inner else reading.replaced((token.start, end, f'"{inner}"'))
            yield token.start, "Single quotes become part of the value: use double quotes.", mended


def _find_unspaced_operators(reading: Reading) -> Warnings:
    for written in find_written(reading.units, reading.lexed):
        if written.is_operator and len(written.text) > 1 and written.unspaced:
            message = f"{written.text} without a space behind it is misread: write a space."
            yield written.start, message, reading.replaced((written.end, written.end, " "))


def _find_unspaced_texts(reading: Reading) -> Warnings:
    """The first only, since all that follows is misread on its account."""
    for token in reading.lexed.tokens:
        if token.kind == "string" and token.end - token.start < utf16_length(token.value):
            if reading.units[token.end + 1 : token.end + 2] != "\r":
                message = "The closing quote is read as an opening one, too: write a space behind it."
                yield token.start, message, reading.replaced((token.end + 1, token.end + 1, " "))
            return


def _find_upper_case_words(reading: Reading) -> Warnings:
    """AND says what it does for as long as nothing else joins by or: Segment's own presets write it."""
    misread = _WORDS if any(token.value == "or" for token in reading.lexed.tokens) else ("or",)
    for token in reading.skipped:
        word = token.value.lower()
        if word in misread and word != token.value:
            message = f"{token.value} is ignored: only lower-case words join conditions. Write {word}."
            yield token.start, message, reading.replaced((token.start, token.end, word))


def _find_unspaced_words(reading: Reading) -> Warnings:
    for token in reading.skipped:
        if token.value in _WORDS:
            message = f"{token.value} without a space behind it is ignored: write a space."
            yield token.start, message, reading.replaced((token.end, token.end, " "))


def _without_parentheses(reading: Reading, level: Level) -> str | None:
    """The trigger without a group's parentheses, where one word joins both it and what is around it."""
    words = {joiner.value for joiner in (*level.joiners, *reading.levels[level.parent].joiners)}
    if level.opening is None or level.closing is None or level.negation or len(words) > 1:
        return None
    return reading.replaced(*((mark.start, mark.end, "") for mark in (level.opening, level.closing)))


LINTS: Final[dict[str, Callable[[Reading], Warnings]]] = {
    "carriage-return": _find_carriage_returns,
    "doubled-operator": _find_doubled_operators,
    "empty-trigger": _find_empty_triggers,
    "foreign-joiner": find_foreign_operators,
    "function-in-group": _find_functions_in_groups,
    "ignored-identifier": _find_ignored_identifiers,
    "ignored-not": _find_ignored_nots,
    "mixed-joiners": _find_mixed_joiners,
    "negated-group": _find_negated_groups,
    "nested-groups": _find_nested_groups,
    "operator-on-name": find_operators_on_names,
    "single-quotes": _find_single_quotes,
    "unclosed-group": find_unclosed_groups,
    "unclosed-quote": find_unclosed_quotes,
    "unreadable-name": find_unreadable_names,
    "unspaced-operator": _find_unspaced_operators,
    "unspaced-text": _find_unspaced_texts,
    "unspaced-word": _find_unspaced_words,
    "upper-case-word": _find_upper_case_words,
}
"""The checks by the name of their rule."""
