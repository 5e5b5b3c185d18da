"""One schema that says at once what the clean schemas of many rules say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from validator.rule import Rule

Schema = Mapping[str, Any] | bool

# Keywords whose meaning hangs on others of the same schema; two schemas with these are not mixed.
_COUPLED: Final = frozenset(
    {
        "$defs",
        "$ref",
        "additionalProperties",
        "contains",
        "else",
        "if",
        "maxContains",
        "minContains",
        "patternProperties",
        "prefixItems",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)


def quick_gate(rules: Iterable[Rule]) -> Callable[[Any], bool]:
    """A test that passes only events about which none of these rules has anything to say."""
    import jsonschema_rs  # noqa: PLC0415 - importing the validator must not load it

    schema: Schema = True
    for fragment in sorted(_distinct(rules), key=_is_coupled):  # these last: they split what follows them
        schema = merged(schema, fragment)
    is_valid = jsonschema_rs.Draft202012Validator(
        schema if isinstance(schema, bool) else dict(schema)
    ).is_valid

    def is_clean(event: Any) -> bool:
        try:
            return is_valid(event)
        except ValueError:  # holds what is no JSON value
            return False

    return is_clean


def _distinct(rules: Iterable[Rule]) -> Iterator[Mapping[str, Any]]:
    seen: list[Mapping[str, Any]] = []
    for rule in rules:
        if rule.clean is not None and rule.clean not in seen:
            seen.append(rule.clean)
            yield rule.clean


def _is_coupled(schema: Any) -> bool:
    if not isinstance(schema, Mapping):
        return False
    return not _COUPLED.isdisjoint(schema) or any(map(_is_coupled, schema.get("properties", {}).values()))


def merged(one: Schema, other: Schema) -> Schema:
    """A schema that accepts what both accept, with as few sub-schemas as possible."""
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    if _COUPLED & (one.keys() | other.keys()):
        return {"allOf": [one, other]}
    both = dict(one)
    for keyword, value in other.items():
        both = _with_keyword(both, keyword, value)
    return both


def _with_keyword(schema: dict[str, Any], keyword: str, value: Any) -> dict[str, Any]:
    old = schema.get(keyword, value)
    if keyword == "properties":
        return {
            **schema,
            keyword: {name: merged(old.get(name, True), value.get(name, True)) for name in {**old, **value}},
        }
    if keyword == "items":
        return {**schema, keyword: merged(old, value)}
    if old == value:
        return {**schema, keyword: value}
    return {**schema, "allOf": [*schema.get("allOf", ()), {keyword: value}]}
