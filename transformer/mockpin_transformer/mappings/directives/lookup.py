"""Directives that read the event: @path, @template, @arrayPath."""

import re
from collections.abc import Callable
from functools import lru_cache

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import JSON, UNDEFINED, from_units, to_string, trim, type_name
from mockpin_transformer.mappings.checks import (
    Path,
    Problems,
    check_list,
    check_text_or_directive,
    check_value,
)
from mockpin_transformer.mappings.paths import Resolver, compile_path, strip_root
from mockpin_transformer.mappings.registry import compile_value, directive, failing

#: The text before a placeholder, and the path in it. Of several openings before one `}` the first counts:
#: to try the others as well would take quadratic time.
_BRACES = tuple(
    re.compile(r"(?:\A|(?<=\}))(?>([^}]*?)" + r"\{" * count + ")([^}]++)" + r"\}" * count) for count in (3, 2)
)
_cached_path = lru_cache(maxsize=1024)(compile_path)


@directive("@path", check_text_or_directive)
def compile_at_path(operand: JSON, *, keep: bool) -> Resolver:
    """The value at a path of the payload."""
    return _compile_operand("@path", operand, lambda text: _cached_path(strip_root(text)), keep=keep)


@directive("@template", check_text_or_directive)
def compile_template(operand: JSON, *, keep: bool) -> Resolver:
    """Text with {{path}} and {{{path}}} filled in; missing and null are empty."""
    return _compile_operand("@template", operand, compile_text, keep=keep)


def _compile_operand(
    name: str, operand: JSON, compile_text: Callable[[str], Resolver], *, keep: bool
) -> Resolver:
    """Compile text at once, and what a directive resolves to once for each payload."""
    if isinstance(operand, str):
        return compile_text(operand)
    resolve = compile_value(operand, keep=keep)

    def read(payload: JSON) -> JSON:
        text = resolve(payload)
        if not isinstance(text, str):
            raise DirectiveFailed(f"{name}: expected string, got {type_name(text)}")
        return compile_text(text)(payload)

    return read


def compile_text(template: str) -> Resolver:
    """Fill in a template: first the placeholders in three braces, then those in two in the result."""
    three, two = _BRACES
    if three.search(template):
        fill_three = _compile_placeholders(three, template)
        return lambda payload: from_units(_compile_placeholders(two, fill_three(payload))(payload))
    fill_two = _compile_placeholders(two, template)
    return lambda payload: from_units(fill_two(payload))


def _compile_placeholders(braces: re.Pattern[str], template: str) -> Callable[[JSON], str]:
    pieces, end = [], 0
    for placeholder in braces.finditer(template):
        text = template[end : placeholder.start()] + placeholder[1]
        pieces.append((text, _cached_path(trim(placeholder[2]))))
        end = placeholder.end()
    rest = template[end:]
    return lambda payload: "".join(text + _print(read(payload)) for text, read in pieces) + rest


def _print(value: JSON) -> str:
    return "" if value is None or value is UNDEFINED else to_string(value)


def placeholders(template: str) -> list[str]:
    """The paths a template reads, those in three braces first."""
    three, two = _BRACES
    rest = three.sub(r"\1", template)
    return [trim(path) for _, path in (*three.findall(template), *two.findall(rest))]


def _check_array_path(operand: JSON, path: Path) -> Problems:
    return (
        check_list(operand, path)
        or check_text_or_directive(operand[0] if operand else UNDEFINED, path)
        or (check_value(operand[1], path) if len(operand) > 1 else ())
    )


@directive("@arrayPath", _check_array_path)
def compile_array_path(operand: JSON, *, keep: bool) -> Resolver:
    """Look up a list and resolve the shape with each item as `$`; an object is a list of one."""
    if not isinstance(operand, list):
        return failing(f"@arrayPath expected array, got {type_name(operand)}")
    root, shape = (*operand, UNDEFINED, UNDEFINED)[:2]
    read = compile_path(strip_root(root)) if isinstance(root, str) else compile_value(root, keep=keep)
    if not isinstance(shape, dict) or not shape:
        return read
    return _shaping(read, compile_value(shape, keep=keep))


def _shaping(read: Resolver, resolve_item: Resolver) -> Resolver:
    def shape(payload: JSON) -> JSON:
        value = read(payload)
        if isinstance(value, list):
            return [resolve_item(item) for item in value]
        return [resolve_item(value)] if isinstance(value, dict) else value

    return shape
