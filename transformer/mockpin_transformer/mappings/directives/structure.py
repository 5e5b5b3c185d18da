"""Directives that rebuild objects: @merge, @flatten, @json."""

from collections.abc import Callable, Iterator
from typing import Final

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import (
    JSON,
    UNDEFINED,
    is_truthy,
    ordered_keys,
    parse_json,
    spread,
    stringify,
    typeof,
)
from mockpin_transformer.mappings.checks import (
    Path,
    Problems,
    check_list,
    check_nested,
    check_object_or_directive,
    check_text,
    fields,
    one_of,
)
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.registry import compile_value, directive, dropping, failing

_MERGE_FIELDS = fields({"direction": one_of("left", "right"), "objects": check_list}, required=("objects",))


def _check_merge(operand: JSON, path: Path) -> Problems:
    """Check the operand, then its objects up to the first wrong one, whose path Segment leaves out."""
    return _MERGE_FIELDS(operand, path) or next(
        (problems for value in operand["objects"] if (problems := check_object_or_directive(value, ()))), ()
    )


@directive("@merge", _check_merge)
def compile_merge(operand: JSON, *, keep: bool) -> Resolver:
    """One object of several, shallow: the last wins, with direction "left" the first."""
    if not isinstance(operand, dict):
        return failing('@merge requires an object with an "objects" key and a "direction" key')
    if not is_truthy(operand.get("direction")):
        return failing('@merge requires a "direction" key')
    direction = compile_value(operand["direction"], keep=True)
    objects = _compile_objects(operand.get("objects"))

    def merge(payload: JSON) -> JSON:
        leftward = direction(payload) == "left"
        resolved = [resolve(payload) for resolve in objects]
        merged: dict[str, JSON] = {}
        for value in reversed(resolved) if leftward else resolved:
            merged |= spread(value)
        return merged

    return dropping(merge, keep=keep)


def _compile_objects(objects: JSON) -> list[Resolver]:
    if not is_truthy(objects):
        return [failing('@merge requires a "objects" key')]
    if not isinstance(objects, list):
        return [failing(f"@merge: expected opts.array, got {typeof(objects)}")]
    return [compile_value(value, keep=True) for value in objects]


@directive("@flatten", fields({"separator": check_text, "value": check_nested}, required=("value",)))
def compile_flatten(operand: JSON, *, keep: bool) -> Resolver:
    """One flat object, its keys joined by the separator; lists by index unless `omitArrays`."""
    if not isinstance(operand, dict):
        return failing('@flatten requires an object with a "separator" key')
    if not is_truthy(operand.get("separator")):
        return failing('@flatten requires a "separator" key')
    separator = compile_value(operand["separator"], keep=keep)
    value = compile_value(operand.get("value", UNDEFINED), keep=keep)
    containers = (dict,) if is_truthy(operand.get("omitArrays")) else (dict, list)

    def flatten(payload: JSON) -> JSON:
        joint = separator(payload)
        if not isinstance(joint, str):
            raise DirectiveFailed("@flatten requires a string separator")
        return dict(_flatten(value(payload), "", joint, containers=containers))

    return dropping(flatten, keep=keep)


def _flatten(
    value: JSON, prefix: str, separator: str, *, containers: tuple[type, ...]
) -> Iterator[tuple[str, JSON]]:
    if not isinstance(value, containers):
        yield prefix, value
        return
    members = spread(value)
    for key in ordered_keys(members):
        path = f"{prefix}{separator}{key}" if prefix else key
        yield from _flatten(members[key], path, separator, containers=containers)


@directive(
    "@json", fields({"value": check_nested, "mode": one_of("encode", "decode")}, required=("value", "mode"))
)
def compile_json(operand: JSON, *, keep: bool) -> Resolver:
    """A value as JSON text, or JSON text as a value; text that is not JSON passes unchanged."""
    if not isinstance(operand, dict):
        return failing('@json requires an object with a "value" key')
    for name in ("mode", "value"):
        if not is_truthy(operand.get(name)):
            return failing(f'@json requires a "{name}" key')
    resolve = compile_value(operand["value"], keep=keep)
    convert = _MODES.get(operand["mode"], _forget) if isinstance(operand["mode"], str) else _forget
    return lambda payload: convert(resolve(payload))


def _encode(value: JSON) -> JSON:
    return UNDEFINED if value is UNDEFINED else stringify(value)


def _decode(value: JSON) -> JSON:
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except ValueError:
        return value


def _forget(_value: JSON) -> JSON:
    return UNDEFINED


_MODES: Final[dict[str, Callable[[JSON], JSON]]] = {"encode": _encode, "decode": _decode}
