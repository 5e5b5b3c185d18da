"""Merge schemas, so that one check does for all."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from mockpin_validator.contract.gate import AnySchema

#: Keywords whose meaning depends on others of the same schema. Schemas with these are joined by `allOf`.
DEPENDENT_KEYWORDS: Final = frozenset(
    {
        "$defs",
        "$ref",
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
#: Keywords that only describe.
_ANNOTATIONS: Final = frozenset(
    {"$comment", "$defs", "$schema", "description", "examples", "x-beyond", "x-grade"}
)


def inline_references(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """Replace each reference of a schema by its target, and drop keywords that only describe."""
    if isinstance(schema, list):
        return [inline_references(item, definitions) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    own = {
        keyword: {name: inline_references(item, definitions) for name, item in value.items()}
        if keyword == "properties"
        else inline_references(value, definitions)
        for keyword, value in schema.items()
        if keyword not in _ANNOTATIONS
    }
    if "$ref" not in own:
        return own
    name = str(own.pop("$ref")).removeprefix("#/$defs/")
    return merge_schemas(inline_references(definitions[name], definitions), own)


def merge_schemas(one: AnySchema, other: AnySchema) -> AnySchema:
    """Build a schema that accepts what both accept, with as few sub-schemas as possible."""
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    if DEPENDENT_KEYWORDS & (one.keys() | other.keys()):
        return {"allOf": [one, other]}
    both = {**one, **_merge_fields(one, other)}
    for keyword in other.keys() - _FIELD_KEYWORDS:
        both = _add_keyword(both, keyword, other[keyword])
    return False if both.get("type") == [] else both


def _merge_fields(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Merge what both schemas require of fields. An unnamed field is an additional property."""
    fields, others = one.get("properties", {}), other.get("properties", {})
    rest, rest_of_other = one.get("additionalProperties", True), other.get("additionalProperties", True)
    asked = {
        name: merge_schemas(fields.get(name, rest), others.get(name, rest_of_other))
        for name in {**fields, **others}
    }
    both = {"properties": asked, "additionalProperties": merge_schemas(rest, rest_of_other)}
    return {keyword: value for keyword, value in both.items() if value not in ({}, True)}


def _add_keyword(schema: dict[str, Any], keyword: str, value: Any) -> dict[str, Any]:
    old = schema.get(keyword, value)
    if old == value:
        return {**schema, keyword: value}
    if keyword in _MERGE_BY_KEYWORD:
        return {**schema, keyword: _MERGE_BY_KEYWORD[keyword](old, value)}
    return {**schema, "allOf": [*schema.get("allOf", ()), {keyword: value}]}


def _intersect_types(one: Any, other: Any) -> list[str]:
    return sorted(list_types(one) & list_types(other))


def _refuse_both(one: AnySchema, other: AnySchema) -> AnySchema:
    """Merge what two `not` refuse. Two patterns for the same values become one, which takes one search."""
    if isinstance(one, Mapping) and isinstance(other, Mapping) and "pattern" in one.keys() & other.keys():
        either = f"(?:{one['pattern']})|(?:{other['pattern']})"
        if {**one, "pattern": either} == {**other, "pattern": either}:
            return {**one, "pattern": either}
    return {"anyOf": [one, other]}


def list_types(named: Any) -> set[str]:
    """List the types that the value of a `type` keyword allows; every integer is a number."""
    types = {named} if isinstance(named, str) else {*named}
    return types | {"integer"} if "number" in types else types


_FIELD_KEYWORDS: Final = {"properties", "additionalProperties"}
#: Keyword -> function that merges two values of it.
_MERGE_BY_KEYWORD: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "allOf": lambda one, other: [*one, *other],
    "items": merge_schemas,
    "not": _refuse_both,
    "required": lambda one, other: sorted({*one, *other}),
    "type": _intersect_types,
}
