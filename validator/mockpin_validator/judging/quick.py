"""One schema that says at once what the schemas of the gate and of many rules say."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any, Final

from mockpin_validator.contract.gate import AnySchema
from mockpin_validator.judging.rule import Rule

#: Keywords whose meaning hangs on others of the same schema; two schemas with these are not mixed.
_COUPLED: Final = frozenset(
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
#: Keywords that ask nothing.
_SAID: Final = frozenset({"$comment", "$defs", "$schema", "description", "examples", "x-beyond", "x-grade"})


def clean_schema(rules: Iterable[Rule]) -> AnySchema:
    """A schema that accepts only events about which none of these rules has anything to say."""
    asked: list[AnySchema] = [True]
    for rule in rules:
        if rule.clean is not None and rule.clean not in asked:  # several rules may ask the same
            asked.append(rule.clean)
    return reduce(merged, asked)


def sharpened(schema: Mapping[str, Any], more: AnySchema) -> AnySchema:
    """A schema that asks more, its references followed beforehand."""
    return merged(inlined(schema, schema.get("$defs", {})), more)


def inlined(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """A schema with what its references lead to in their place, and nothing that only explains it."""
    if isinstance(schema, list):
        return [inlined(each, definitions) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    own = {
        keyword: {name: inlined(each, definitions) for name, each in value.items()}
        if keyword == "properties"
        else inlined(value, definitions)
        for keyword, value in schema.items()
        if keyword not in _SAID
    }
    if "$ref" not in own:
        return own
    name = str(own.pop("$ref")).removeprefix("#/$defs/")
    return merged(inlined(definitions[name], definitions), own)


def merged(one: AnySchema, other: AnySchema) -> AnySchema:
    """A schema that accepts what both accept, with as few sub-schemas as possible."""
    if isinstance(one, bool):
        return other if one else False
    if isinstance(other, bool):
        return one if other else False
    if _COUPLED & (one.keys() | other.keys()):
        return {"allOf": [one, other]}
    both = {**one, **_fields_of(one, other)}
    for keyword in other.keys() - _OF_FIELDS:
        both = _with_keyword(both, keyword, other[keyword])
    return False if both.get("type") == [] else both


def _fields_of(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What both ask of an object's fields; to one that does not name a field it is any other."""
    fields, others = one.get("properties", {}), other.get("properties", {})
    rest, rest_of_other = one.get("additionalProperties", True), other.get("additionalProperties", True)
    asked = {
        name: merged(fields.get(name, rest), others.get(name, rest_of_other)) for name in {**fields, **others}
    }
    both = {"properties": asked, "additionalProperties": merged(rest, rest_of_other)}
    return {keyword: value for keyword, value in both.items() if value not in ({}, True)}


def _with_keyword(schema: dict[str, Any], keyword: str, value: Any) -> dict[str, Any]:
    old = schema.get(keyword, value)
    if old == value:
        return {**schema, keyword: value}
    if keyword in _MIXED:
        return {**schema, keyword: _MIXED[keyword](old, value)}
    return {**schema, "allOf": [*schema.get("allOf", ()), {keyword: value}]}


def _of_both_types(one: Any, other: Any) -> list[str]:
    return sorted(_types(one) & _types(other))


def _types(named: Any) -> set[str]:
    types = {named} if isinstance(named, str) else {*named}
    return types | {"integer"} if "number" in types else types


_OF_FIELDS: Final = {"properties", "additionalProperties"}
#: Keywords of which two can always be one.
_MIXED: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "allOf": lambda one, other: [*one, *other],
    "items": merged,
    "required": lambda one, other: sorted({*one, *other}),
    "type": _of_both_types,
}
