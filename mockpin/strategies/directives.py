"""Strategies for Segment mappings: raw values and nested directives."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

from mockpin.strategies.narrowing import check_names

PATHS = (
    "$.properties.email", "$.properties.products", "$.properties.price", "$.context.ip", "$.context.page.url",
    "$.messageId", "$.timestamp", "$.userId", "$.traits", "$.properties.missing", "$.context.app.name",
)  # fmt: skip
FIELDS = ("event_name", "event_id", "event_source_url", "user_data", "custom_data", "language")

Values: TypeAlias = st.SearchStrategy[Any]


def raw_values() -> Values:
    """Generate raw values, which a mapping returns unchanged."""
    return st.one_of(st.sampled_from(("web", "checkout", "")), st.integers(0, 100), st.booleans(), st.none())


def _path() -> Values:
    return st.sampled_from(PATHS)


def _path_directive() -> Values:
    return st.fixed_dictionaries({"@path": _path()})


def _one_of(*words: str) -> Values:
    return st.sampled_from(words)


def _operands(**members: Values) -> Values:
    return st.fixed_dictionaries(members)


def _condition(values: Values) -> Values:
    branches = {"then": values, "else": values}
    asked = ({question: _path_directive(), **branches} for question in ("exists", "blank"))
    return st.one_of(*(st.fixed_dictionaries(members) for members in asked))


def _objects(values: Values) -> Values:
    return st.dictionaries(st.sampled_from(("id", "name", "extra")), values, min_size=1, max_size=2)


def _replacement(_: Values) -> Values:
    return _operands(pattern=_one_of("-", ".", "USD"), replacement=_one_of("", "_"), value=_path_directive())


def _merge(values: Values) -> Values:
    objects = st.lists(_objects(values), min_size=1, max_size=2)
    return _operands(direction=_one_of("left", "right"), objects=objects)


#: Each directive with the strategy of its operand, given the strategy of the values below it.
OPERANDS: Mapping[str, Callable[[Values], Values]] = {
    "@path": lambda _: _path(),
    "@template": lambda _: _path().map(lambda path: f"id-{{{{{path.removeprefix('$.')}}}}}"),
    "@literal": lambda _: raw_values(),
    "@if": _condition,
    "@case": lambda _: _operands(operator=_one_of("lower", "upper"), value=_path_directive()),
    "@replace": _replacement,
    "@arrayPath": lambda values: st.tuples(_path(), _objects(values)).map(list),
    "@merge": _merge,
    "@flatten": lambda _: _operands(value=_path_directive(), separator=_one_of(".", "_")),
    "@json": lambda _: _operands(mode=_one_of("encode", "decode"), value=_path_directive()),
    "@transform": lambda values: _operands(apply=_objects(values), mapping=_objects(values)),
    "@excludeWhenNull": lambda values: values,
}


def _directive(name: str, values: Values) -> Values:
    return OPERANDS[name](values).map(lambda operand: {name: operand})


def _values(names: Sequence[str], depth: int) -> Values:
    if depth == 0:
        return raw_values()
    below = _values(names, depth - 1)
    return st.one_of(raw_values(), *(_directive(name, below) for name in names))


def mappings(
    *, directives: Sequence[str] = tuple(OPERANDS), fields: Sequence[str] = FIELDS, max_depth: int = 3
) -> st.SearchStrategy[dict[str, Any]]:
    """Generate mappings that `mockpin_transformer.parse_mapping` accepts, of these directives and fields.

    `max_depth` is the deepest nesting of directives. Raises NarrowingInvalid when names are not a
    list, or for an unknown directive.
    """
    check_names("directives", directives, OPERANDS)
    check_names("fields", fields)
    return st.dictionaries(st.sampled_from(fields), _values(directives, max_depth), max_size=len(fields))
