"""One schema that says at once what the clean schemas of many rules say."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from validator.rule import Rule
from validator.schema import AnySchema

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


def clean_schema(rules: Iterable[Rule]) -> AnySchema:
    """A schema that accepts only events about which none of these rules has anything to say."""
    schema: AnySchema = True
    for fragment in sorted(_distinct(rules), key=_is_coupled):  # these last: they split what follows them
        schema = merged(schema, fragment)
    return schema


def with_events(payload: Mapping[str, Any], events: AnySchema) -> AnySchema:
    """The schema of a payload, asking more of its events."""
    data = payload["properties"]["data"]
    items = {"allOf": [data["items"], events]}
    return {**payload, "properties": {**payload["properties"], "data": {**data, "items": items}}}


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


def merged(one: AnySchema, other: AnySchema) -> AnySchema:
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
