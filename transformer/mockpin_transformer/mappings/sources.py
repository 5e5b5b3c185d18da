"""Finds which paths of the event feed each field, from the mapping alone. Explaining and masking need it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import JSON
from mockpin_transformer.mappings.directives.liquid import liquid_paths
from mockpin_transformer.mappings.directives.lookup import placeholders
from mockpin_transformer.mappings.paths import split_path, strip_root
from mockpin_transformer.mappings.registry import compile_value, directive_name

EACH: Final = "*"
"""Stands in a path or pointer for every item of a list."""

Sources: TypeAlias = Mapping[str, tuple[str, ...]]
Keys = tuple[str, ...]
Flow = tuple[Keys, Keys]
"""A field of the result and a path of the event that is read for it."""


def find_sources(mapping: JSON) -> Sources:
    """For each field of the result, a JSON pointer, the event's paths that feed it, dotted and in order.

    Items of a list are `*`. Paths that are read only under a condition are included; constant fields are not.
    """
    sources: dict[str, dict[str, None]] = {}
    for pointer, path in _fields(mapping, (), ()):
        sources.setdefault("".join(f"/{escape(key)}" for key in pointer), {})[".".join(path)] = None
    return {pointer: tuple(paths) for pointer, paths in sources.items()}


def find_paths(pointer: str, sources: Sources) -> tuple[str, ...]:
    """The paths that feed a field: those of the nearest directive around it."""
    keys = pointer.split("/")
    while keys[1:]:
        for field, paths in sources.items():
            if _covers(field.split("/"), keys):
                return paths
        keys.pop()
    return ()


def _covers(pattern: list[str], keys: list[str]) -> bool:
    """Whether keys are those of a pointer in which `*` is any index."""
    return len(pattern) == len(keys) and all(
        wanted == key or (wanted == EACH and key.isdecimal())
        for wanted, key in zip(pattern, keys, strict=True)
    )


def take_branches(value: JSON, event: JSON) -> JSON:
    """Replace each @if that reads the event itself by the branch that this event takes.

    If the branch reads nothing, the @if keeps its condition, because the value depends on that alone.
    """
    name = directive_name(value)
    if name == "@if" and isinstance(value[name], dict):
        branch = take_branches(value[name].get(_choose(value[name], event)), event)
        condition = {key: member for key, member in value[name].items() if key not in ("then", "else")}
        return branch if find_sources(branch) else {name: condition}
    if name in ("@arrayPath", "@transform"):
        return value
    if isinstance(value, dict):
        return {key: take_branches(member, event) for key, member in value.items()}
    return [take_branches(item, event) for item in value] if isinstance(value, list) else value


def _choose(operand: dict[str, JSON], event: JSON) -> JSON:
    try:
        return compile_value({"@if": {**operand, "then": "then", "else": "else"}})(event)
    except DirectiveFailed:
        return None


def escape(key: str) -> str:
    """A key as JSON pointers write it."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(key: str) -> str:
    """The key that a piece of a JSON pointer means."""
    return key.replace("~1", "/").replace("~0", "~")


def _fields(value: JSON, pointer: Keys, base: Keys) -> Iterator[Flow]:
    """Each field with each path it reads; `base` is where the payload stands within the event."""
    name = directive_name(value)
    operand: JSON = None if name is None else value[name]
    if name == "@arrayPath" and _has_shape(operand):
        items = (*base, *split_path(strip_root(operand[0])), EACH)
        yield from _fields(operand[1], (*pointer, EACH), items)
    elif name == "@transform" and isinstance(operand, dict):
        yield from _transformed_fields(operand, pointer, base)
    elif name is not None:
        yield from ((pointer, path) for path in _paths(value, base))
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _fields(member, (*pointer, key), base)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _fields(item, (*pointer, str(index)), base)


def _has_shape(operand: JSON) -> bool:
    root, shape = (*operand, None, None)[:2] if isinstance(operand, list) else (None, None)
    return isinstance(root, str) and isinstance(shape, dict) and bool(shape)


def _transformed_fields(operand: dict[str, JSON], pointer: Keys, base: Keys) -> Iterator[Flow]:
    """What `mapping` reads is traced to what `apply` makes it of."""
    made = list(_fields(operand.get("apply"), (), base))
    for field, path in _fields(operand.get("mapping"), pointer, ()):
        yield from ((field, source) for key, source in made if not path or key[:1] in ((), path[:1]))


def _paths(value: JSON, base: Keys) -> Iterator[Keys]:
    """Every path read anywhere in a value."""
    if isinstance(value, list):
        for item in value:
            yield from _paths(item, base)
    elif isinstance(value, dict):
        for key, operand in value.items():
            yield from _operand_paths(key, operand, base)


def _operand_paths(key: str, operand: JSON, base: Keys) -> Iterator[Keys]:
    if key in _READERS and isinstance(operand, str):
        yield from ((*base, *split_path(path)) for path in _READERS[key](operand))
    elif key == "@arrayPath" and isinstance(operand, list) and operand and isinstance(operand[0], str):
        root = (*base, *split_path(strip_root(operand[0])))
        yield root
        yield from _paths(operand[1:], (*root, EACH))
    elif key == "@transform" and isinstance(operand, dict):
        yield from (path for _, path in _fields({key: operand}, (), base))
    else:
        yield from _paths(operand, base)


_READERS: Final[Mapping[str, Callable[[str], Sequence[str]]]] = {
    "@path": lambda text: [strip_root(text)],
    "@template": placeholders,
    "@liquid": liquid_paths,
}
