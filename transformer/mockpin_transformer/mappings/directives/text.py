"""Directives that rewrite text: @case, @replace."""

import re
from dataclasses import dataclass

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import JSON, UNDEFINED, from_units, is_truthy, to_string, to_units
from mockpin_transformer.mappings.checks import (
    check_boolean,
    check_text,
    check_text_or_directive,
    fields,
    text_between,
)
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.registry import compile_value, constant, directive, failing

LONGEST = 10
"""The maximum length of a pattern or a replacement in UTF-16 units."""

_CASES = {"lower": str.lower, "upper": str.upper}
_ASCII_END = 128
_DOLLAR = re.compile(r"\$([$&`'])")


@directive("@case", fields({"operator": check_text, "value": check_text_or_directive}))
def compile_case(operand: JSON, *, keep: bool) -> Resolver:
    """Text in lower or upper case; other values pass unchanged."""
    if not isinstance(operand, dict):
        return failing('@case requires an object with a "operator" key')
    if not is_truthy(operand.get("operator")):
        return failing('@case requires a "operator" key')
    if not is_truthy(operand.get("value")):
        return constant(UNDEFINED)
    resolve = compile_value(operand["value"], keep=keep)
    return lambda payload: _change_case(resolve(payload), operand["operator"])


def _change_case(value: JSON, operator: JSON) -> JSON:
    if not isinstance(value, str):
        return value
    if not isinstance(operator, str) or operator not in _CASES:
        raise DirectiveFailed('operator key should have a value of "lower" or "upper"')
    return _CASES[operator](value)


_REPLACE_FIELDS = {
    "pattern": text_between(1, LONGEST),
    "replacement": text_between(0, LONGEST),
    "value": check_text_or_directive,
    "ignorecase": check_boolean,
    "global": check_boolean,
}


@directive("@replace", fields(_REPLACE_FIELDS, required=("pattern", "value")))
def compile_replace(operand: JSON, *, keep: bool) -> Resolver:
    """Replace a pattern, then a second one; numbers and booleans count as text, other values give ""."""
    if not isinstance(operand, dict):
        return failing('@replace requires an object with a "pattern" key')
    if not is_truthy(operand.get("pattern")):
        return failing('@replace requires a "pattern" key')
    if not is_truthy(operand.get("value")):
        return constant(UNDEFINED)
    resolve, steps = compile_value(operand["value"], keep=keep), _replacements(operand)
    return lambda payload: _replace_all(resolve(payload), steps)


@dataclass(frozen=True)
class Replacement:
    """A literal pattern and what stands in its place, with JavaScript's `$$`, `$&`, `` $` `` and `$'`."""

    pattern: str
    replacement: str
    ignore_case: bool
    everywhere: bool

    def apply(self, text: str) -> str:
        """The text with the pattern replaced; DirectiveFailed when pattern or replacement is too long."""
        text, pattern = to_units(text), to_units(self.pattern)
        self._require_short("pattern", pattern)
        self._require_short("replacement", to_units(self.replacement))
        return from_units("".join(self._pieces(text, pattern)))

    def _require_short(self, what: str, units: str) -> None:
        if len(units) > LONGEST:
            raise DirectiveFailed(f'@replace requires a "{what}" less than {LONGEST} characters')

    def _pieces(self, text: str, pattern: str) -> list[str]:
        haystack, needle = (_fold(text), _fold(pattern)) if self.ignore_case else (text, pattern)
        pieces, end, at = [], 0, haystack.find(needle)
        while at >= 0:
            pieces += [text[end:at], self._expand(text, at, at + len(needle))]
            end = at + len(needle)
            at = haystack.find(needle, end) if self.everywhere else -1
        return [*pieces, text[end:]]

    def _expand(self, text: str, start: int, end: int) -> str:
        meanings = {"$": "$", "&": text[start:end], "`": text[:start], "'": text[end:]}
        return _DOLLAR.sub(lambda reference: meanings[reference[1]], to_units(self.replacement))


def _fold(units: str) -> str:
    return units.upper() if units.isascii() else "".join(map(_fold_unit, units))


def _fold_unit(unit: str) -> str:
    """JavaScript's case folding without the u flag: to a single unit, never into ASCII."""
    upper = unit.upper()
    if len(to_units(upper)) != 1 or (ord(unit) >= _ASCII_END > ord(upper)):
        return unit
    return upper


def _replacements(operand: dict[str, JSON]) -> tuple[Replacement, ...] | None:
    """The replacements in the order they are made; None if the result is "" for every value."""
    ignore_case = _given(operand, "ignorecase", default=False)
    everywhere = _given(operand, "global", default=True)
    if not isinstance(ignore_case, bool) or not isinstance(everywhere, bool):
        return None
    pairs = [
        (operand.get("pattern" + number), _given(operand, "replacement" + number, default=""))
        for number in ("", "2")
    ]
    steps = [
        Replacement(pattern, replacement, ignore_case, everywhere)
        for pattern, replacement in pairs
        if isinstance(pattern, str) and isinstance(replacement, str) and pattern
    ]
    return tuple(steps) if all(isinstance(part, str) for part in pairs[0]) else None


def _given(operand: dict[str, JSON], name: str, *, default: JSON) -> JSON:
    value = operand.get(name)
    return default if value is None else value


def _replace_all(value: JSON, steps: tuple[Replacement, ...] | None) -> str:
    text = to_string(value) if isinstance(value, bool | int | float) else value
    if steps is None or not isinstance(text, str):
        return ""
    for step in steps:
        text = step.apply(text)
    return text
