"""Warnings about `!` and `not` where they negate nothing, with the conditions turned round instead."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from mockpin_transformer.triggers.levels import Level
from mockpin_transformer.triggers.lexer import Token, Tokens
from mockpin_transformer.triggers.reading import Reading, Warnings

Edit: TypeAlias = tuple[int, int, str]

_OPPOSITES: Final[Mapping[str, str]] = {
    "=": "!=",
    "!=": "=",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "and": "or",
    "or": "and",
}
#: `!= true` holds for true as well, so `= true` has no opposite.
_WITHOUT_OPPOSITE: Final = ("true", "false")
_VALUES: Final = ("string", "number", "null", "ident")
_LENGTH: Final = 3


def find_negated_groups(reading: Reading) -> Warnings:
    """A negation before parentheses."""
    for level in reading.levels:
        if level.negation:
            message = f"{level.negation.value} does not negate a group: negate each condition in it."
            yield level.negation.start, message, _turn_group_round(reading, level)


def find_ignored_nots(reading: Reading) -> Warnings:
    """`not` before a condition or a function."""
    for token in reading.skipped:
        if token.value.lower() == "not" and all(token != level.negation for level in reading.levels):
            message = (
                f"{token.value} is ignored: write the opposite operator, or ! directly before contains() or"
                " match()."
            )
            mended = _with_exclamation_mark(reading, token) or _turn_condition_round(reading, token)
            yield token.start, message, mended


def _with_exclamation_mark(reading: Reading, token: Token) -> str | None:
    following = (call for level in reading.levels for call in level.calls if call.start > token.end)
    call = min(following, key=lambda each: each.start, default=None)
    if call is None or reading.units[token.end : call.start].strip():
        return None
    return reading.replaced((token.start, call.start, "!"))


def _turn_condition_round(reading: Reading, token: Token) -> str | None:
    places = [(level.tokens, level.tokens.index(token)) for level in reading.levels if token in level.tokens]
    tokens, place = places[0]
    condition = tokens[place + 1 : place + 1 + _LENGTH]
    if not _is_condition(condition) or not _ends(tokens[place + 1 + _LENGTH :]):
        return None
    return reading.replaced((token.start, condition[0].start, ""), *_turn_round(reading, condition))


def _turn_group_round(reading: Reading, level: Level) -> str | None:
    """The conditions' opposites, and `and` for `or`: not (a or b) is neither."""
    if level.negation is None or level.opening is None or not _is_plain(reading, level):
        return None
    negation = (level.negation.start, level.opening.start, "")
    return reading.replaced(negation, *_turn_round(reading, level.tokens))


def _is_plain(reading: Reading, level: Level) -> bool:
    """Whether a group holds conditions that one word joins, and nothing else."""
    conditions = [level.tokens[start : start + _LENGTH] for start in range(0, len(level.tokens), _LENGTH + 1)]
    joiners = level.tokens[_LENGTH :: _LENGTH + 1]
    return (
        all(map(_is_condition, conditions))
        and joiners == level.joiners
        and len(joiners) == len(conditions) - 1
        and len({each.value for each in joiners}) <= 1
        and not any(each.is_group and reading.levels[each.parent] is level for each in reading.levels)
    )


def _turn_round(reading: Reading, tokens: Tokens) -> Iterator[Edit]:
    for token in tokens:
        if token.kind in ("operator", "conditional"):
            gap = "" if reading.units[token.end : token.end + 1].isspace() else " "
            yield token.start, token.end, _OPPOSITES[token.value] + gap


def _is_condition(tokens: Tokens) -> bool:
    if len(tokens) != _LENGTH:
        return False
    name, mark, value = tokens
    kinds = (name.kind, mark.kind) == ("ident", "operator") and value.kind in _VALUES
    return kinds and mark.value in _OPPOSITES and value.value not in _WITHOUT_OPPOSITE


def _ends(rest: Tokens) -> bool:
    return not rest or rest[0].kind in ("conditional", "eos")
