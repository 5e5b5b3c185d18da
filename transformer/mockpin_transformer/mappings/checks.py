"""Checks a mapping: lists every problem with its place, in the order in which Segment reports them.

A check takes a value and the keys that lead to it. Checks enter objects and not lists: a mistake
inside a list fails when the list is resolved. After actions-core 3.177.0, `mapping-kit/validate`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mockpin_transformer.js import JSON, ordered_keys, stringify, type_name, utf16_length
from mockpin_transformer.mappings.registry import DIRECTIVES, Check, MappingProblem

Path = tuple[str, ...]
Problems = Sequence[MappingProblem]


def check_value(value: JSON, path: Path = ()) -> Problems:
    """Check any value in a mapping; strings, numbers, booleans and null have no problems."""
    kind = _kind(value)
    if kind == "directive":
        return check_directive(value, path)
    return check_object(value, path) if kind == "object" else ()


def check_directive(value: dict[str, JSON], path: Path) -> Problems:
    """Check an object with @-keys."""
    names = [key for key in value if key.startswith("@")]
    if len(names) > 1:
        return _one_key(len(names), path)
    if any(key not in (names[0], "_metadata") for key in value):
        return _one_key(len(value), path)
    if names[0] not in DIRECTIVES:
        return _problem(path, f"has an invalid directive: {names[0]}")
    return DIRECTIVES[names[0]].check(value[names[0]], (*path, names[0]))


def check_object(value: JSON, path: Path) -> Problems:
    """Check a plain object and everything in it."""
    if _kind(value) != "object":
        return _unexpected(value, path, "an object")
    keys = ordered_keys(value)
    problems = [problem for key in keys for problem in check_value(value[key], (*path, key))]
    return [replace(problem, enclosed=True) for problem in problems]


def check_nested(value: JSON, path: Path) -> Problems:
    """Check an operand that may be any value; only directives can have problems."""
    return check_directive(value, path) if _kind(value) == "directive" else ()


def check_nothing(_value: JSON, _path: Path) -> Problems:
    """Accept any value; its problems are found elsewhere."""
    return ()


def check_text(value: JSON, path: Path) -> Problems:
    """Check that a value is text."""
    return () if isinstance(value, str) else _unexpected(value, path, "a string")


def check_boolean(value: JSON, path: Path) -> Problems:
    """Check that a value is true or false."""
    return () if isinstance(value, bool) else _unexpected(value, path, "a boolean")


def check_list(value: JSON, path: Path) -> Problems:
    """Check that a value is a list."""
    return () if isinstance(value, list) else _wrong_type(path, "an array", type_name(value))


def check_text_or_directive(value: JSON, path: Path) -> Problems:
    """Check that a value is text, or a directive that computes it."""
    if isinstance(value, str):
        return ()
    return check_nested(value, path) if _kind(value) == "directive" else _or_directive(value, path, "string")


def check_object_or_directive(value: JSON, path: Path) -> Problems:
    """Check that a value is an object, or a directive that computes it."""
    if isinstance(value, dict):
        return check_value(value, path)
    return _or_directive(value, path, "object")


def text_between(shortest: int, longest: int) -> Check:
    """A check for text of `shortest` to `longest` UTF-16 units."""

    def check(value: JSON, path: Path) -> Problems:
        if not isinstance(value, str):
            return check_text(value, path)
        if utf16_length(value) < shortest:
            return _problem(path, f"should be a string of length {shortest} or greater")
        if utf16_length(value) > longest:
            return _problem(path, f"should be a string of length {longest} or less")
        return ()

    return check


def one_of(*allowed: str) -> Check:
    """A check for one of a few words, in any case."""

    def check(value: JSON, path: Path) -> Problems:
        if not isinstance(value, str):
            return check_text(value, path)
        if value.lower() in allowed:
            return ()
        return _problem(path, f"should be one of {', '.join(allowed)} but it is {stringify(value)}")

    return check


def fields(checks: Mapping[str, Check], *, required: Sequence[str] = ()) -> Check:
    """A check for an object with these members; each member's check runs if nothing else is wrong."""

    def check(value: JSON, path: Path) -> Problems:
        return check_object(value, path) or [
            replace(problem, enclosed=True)
            for name in checks
            for problem in _check_field(value, (*path, name), checks[name], needed=name in required)
        ]

    return check


def _check_field(value: dict[str, JSON], path: Path, check: Check, *, needed: bool) -> Problems:
    name = path[-1]
    if name in value:
        return check(value[name], path)
    return _problem(path[:-1], f"should have field {stringify(name)} but it doesn't") if needed else ()


def _kind(value: JSON) -> str:
    if isinstance(value, dict) and any(key.startswith("@") for key in value):
        return "directive"
    return type_name(value)


def _problem(path: Path, text: str) -> Problems:
    return (MappingProblem(f"/{'/'.join(path)} {text}."),)


def _one_key(count: int, path: Path) -> Problems:
    return _problem(path, f"should only have one @-prefixed key but it has {count} keys")


def _or_directive(value: JSON, path: Path, wanted: str) -> Problems:
    return _unexpected(value, path, f"a {wanted} or a mapping directive")


def _unexpected(value: JSON, path: Path, wanted: str) -> Problems:
    return _wrong_type(path, wanted, _kind(value))


def _wrong_type(path: Path, wanted: str, kind: str) -> Problems:
    article = "an" if kind[0] in "aeiou" else "a"
    return _problem(path, f"should be {wanted} but it is {article} {kind}")
